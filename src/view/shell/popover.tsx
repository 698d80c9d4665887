import { useRef, useState, type ReactNode } from "react";
import { useCloseOutside } from "./close-outside.ts";

interface Props {
  readonly label: string;
  readonly face: ReactNode;
  readonly className: string;
  readonly children: ReactNode;
}

/** A button that opens a small panel above it. */
export function Popover({ label, face, className, children }: Props) {
  const [open, setOpen] = useState(false);
  const root = useRef<HTMLDivElement>(null);
  useCloseOutside(root, open, () => setOpen(false));
  const close = () => {
    setOpen(false);
    root.current?.querySelector("button")?.focus();
  };
  return (
    <div
      ref={root}
      className="relative"
      onKeyDown={(event) => {
        if (event.key !== "Escape" || !open) return;
        event.preventDefault();
        close();
      }}
    >
      <button type="button" className={className} title={label} aria-haspopup="dialog" aria-expanded={open} onClick={() => setOpen(!open)}>
        {face}
      </button>
      {open && (
        <div role="dialog" aria-label={label} className="menu bottom-full left-0 mb-1">
          {children}
        </div>
      )}
    </div>
  );
}
