import { useEffect, useLayoutEffect, useRef, useState, type KeyboardEvent, type ReactNode } from "react";
import { useFocusBack } from "../shell/focus.ts";
import type { Point } from "./geometry.ts";
import { itemFor } from "../shell/menu-walk.ts";

export interface Choice {
  readonly label: string;
  readonly icon?: ReactNode;
  readonly note?: string;
  readonly keys?: string | undefined;
  /** It cannot be done, and `note` says why: it is shown all the same, and run says so aloud. */
  readonly refused?: boolean;
  readonly run: () => void;
}

/** A rule between choices. */
export interface Rule {
  readonly heading: string | null;
}

interface Props {
  readonly at: Point;
  readonly label: string;
  readonly choices: readonly (Choice | Rule)[];
  /** Shown when there is nothing to choose. */
  readonly empty?: string;
  readonly close: () => void;
}

/** A menu at a point of the window, kept inside it. Arrows, Home, End, first letters and Escape work as in any menu. */
export function FloatingMenu({ at, label, choices, empty = "", close }: Props) {
  const root = useRef<HTMLDivElement>(null);
  const [place, setPlace] = useState(at);
  useLayoutEffect(() => {
    const box = root.current!.getBoundingClientRect();
    setPlace({ x: Math.max(4, Math.min(at.x, innerWidth - box.width - 4)), y: Math.max(4, Math.min(at.y, innerHeight - box.height - 4)) });
    (root.current!.querySelector<HTMLElement>("[role=menuitem]") ?? root.current!).focus();
  }, [at]);
  useEffect(() => {
    const outside = (event: Event) => !root.current?.contains(event.target as Node) && close();
    window.addEventListener("pointerdown", outside, true);
    window.addEventListener("blur", close);
    return () => {
      window.removeEventListener("pointerdown", outside, true);
      window.removeEventListener("blur", close);
    };
  }, [close]);
  const focusBack = useFocusBack();
  const leave = () => {
    close();
    focusBack();
  };
  return (
    <div
      ref={root}
      role="menu"
      aria-label={label}
      tabIndex={-1}
      className="menu floating"
      style={{ left: place.x, top: place.y }}
      onKeyDown={(event) => walk(event, leave)}
    >
      {choices.map((choice, index) =>
        "heading" in choice ? <RuleRow key={index} rule={choice} /> : <Row key={index} choice={choice} leave={leave} />,
      )}
      {choices.length === 0 && <div className="menu-heading">{empty}</div>}
    </div>
  );
}

function RuleRow({ rule }: { readonly rule: Rule }) {
  return rule.heading === null ? <div role="separator" className="menu-rule" /> : <div className="menu-heading">{rule.heading}</div>;
}

function Row({ choice, leave }: { readonly choice: Choice; readonly leave: () => void }) {
  return (
    <button
      type="button"
      role="menuitem"
      tabIndex={-1}
      className="menu-item"
      aria-disabled={choice.refused}
      onClick={() => {
        leave();
        choice.run();
      }}
    >
      {choice.icon !== undefined && <span className="flex-none">{choice.icon}</span>}
      <span className="min-w-0 flex-1">
        {choice.label}
        {choice.note !== undefined && <span className="block max-w-80 text-12 whitespace-normal text-ink2">{choice.note}</span>}
      </span>
      {choice.keys !== undefined && <kbd>{choice.keys}</kbd>}
    </button>
  );
}

function walk(event: KeyboardEvent<HTMLDivElement>, leave: () => void): void {
  event.stopPropagation();
  if (event.key === "Escape" || event.key === "Tab") {
    event.preventDefault();
    return leave();
  }
  const items = [...event.currentTarget.querySelectorAll<HTMLElement>("[role=menuitem]")];
  const next = itemFor(items, event.key);
  if (next === undefined) return;
  event.preventDefault();
  next.focus();
}
