import { useEffect, useLayoutEffect, useRef } from "react";

interface Props {
  /** Calls back whenever the text may have changed, and returns how to stop. */
  readonly follow: (listener: () => void) => () => void;
  readonly text: () => string;
  readonly className?: string;
}

/** A text that moves with the run. It is written straight into the page; React renders nothing for it (DESIGN §6). */
export function Written({ follow, text, className }: Props) {
  const span = useRef<HTMLSpanElement>(null);
  const write = () => {
    const now = text();
    if (span.current !== null && span.current.textContent !== now) span.current.textContent = now;
  };
  const latest = useRef(write);
  useLayoutEffect(() => {
    latest.current = write;
    write();
  });
  useEffect(() => follow(() => latest.current()), [follow]);
  return <span ref={span} className={className} />;
}
