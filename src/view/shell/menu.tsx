import { useEffect, useRef, useState, type KeyboardEvent, type ReactNode } from "react";
import { useCloseOutside } from "./close-outside.ts";
import { keyText } from "../keys/key-map.ts";
import { itemFor } from "./menu-walk.ts";

export interface MenuItem {
  readonly label: string;
  readonly note?: string;
  readonly keys?: string | undefined;
  readonly checked?: boolean;
  readonly disabled?: boolean;
  readonly run: () => void;
}

/** A rule between items, with or without a heading. */
export interface MenuRule {
  readonly heading: string | null;
}

interface Props {
  readonly label: string;
  readonly title?: string;
  readonly children: ReactNode;
  readonly items: readonly (MenuItem | MenuRule)[];
  readonly up?: boolean;
  readonly end?: boolean;
  readonly className?: string;
  /** Fetches items before it opens: those that came later would push the others from under the pointer. */
  readonly prepare?: () => Promise<unknown>;
}

/** A button that opens a list of commands; arrows, Home, End, Escape and the first letter work as in any menu. */
export function Menu({ label, title, children, items, up = false, end = false, className = "chip", prepare }: Props) {
  const [open, setOpen] = useState(false);
  const root = useRef<HTMLDivElement>(null);
  useCloseOutside(root, open, () => setOpen(false));
  useEffect(() => {
    if (open) root.current?.querySelector<HTMLElement>("[role^=menuitem]:not(:disabled)")?.focus();
  }, [open]);
  // Chosen by key, the focus goes back to the button; chosen with the mouse, keys are the canvas's again.
  const close = (byKey: boolean) => {
    setOpen(false);
    if (byKey) root.current?.querySelector("button")?.focus();
  };
  const openIt = async () => {
    await prepare?.();
    setOpen(true);
  };
  return (
    <div ref={root} className="relative">
      <button
        type="button"
        className={className}
        aria-label={label}
        title={title ?? label}
        aria-haspopup="menu"
        aria-expanded={open}
        onClick={() => (open ? setOpen(false) : void openIt())}
      >
        {children}
      </button>
      {open && (
        <div
          role="menu"
          aria-label={label}
          className={`menu ${up ? "bottom-full mb-1" : "top-full mt-1"} ${end ? "right-0" : "left-0"}`}
          onKeyDown={(event) => walk(event, () => close(true))}
        >
          {items.map((item, index) =>
            "heading" in item ? <Rule key={index} rule={item} /> : <Item key={index} item={item} close={close} />,
          )}
        </div>
      )}
    </div>
  );
}

function Rule({ rule }: { readonly rule: MenuRule }) {
  if (rule.heading === null) return <div role="separator" className="menu-rule" />;
  return (
    <div role="presentation" className="menu-heading">
      {rule.heading}
    </div>
  );
}

function Item({ item, close }: { readonly item: MenuItem; readonly close: (byKey: boolean) => void }) {
  const checkable = item.checked !== undefined;
  return (
    <button
      type="button"
      tabIndex={-1}
      className="menu-item"
      role={checkable ? "menuitemcheckbox" : "menuitem"}
      aria-checked={checkable ? item.checked : undefined}
      disabled={item.disabled === true}
      onClick={(event) => {
        close(event.detail === 0);
        item.run();
      }}
    >
      {checkable && <span className="w-4">{item.checked === true ? "✓" : ""}</span>}
      <span className="min-w-0 flex-1">
        {item.label}
        {item.note !== undefined && <span className="block text-12 text-ink2">{item.note}</span>}
      </span>
      {item.keys !== undefined && <kbd>{keyText(item.keys)}</kbd>}
    </button>
  );
}

function walk(event: KeyboardEvent<HTMLDivElement>, close: () => void): void {
  event.stopPropagation();
  if (event.key === "Escape" || event.key === "Tab") {
    if (event.key === "Escape") event.preventDefault();
    return close();
  }
  const items = [...event.currentTarget.querySelectorAll<HTMLElement>("[role^=menuitem]:not(:disabled)")];
  const next = itemFor(items, event.key);
  if (next === undefined) return;
  event.preventDefault();
  next.focus();
}
