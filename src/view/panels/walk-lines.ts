import type { KeyboardEvent } from "react";

/** Up and down go from line to line of a log, so that one press of Tab leads in and one out. */
export function walkLines(event: KeyboardEvent<HTMLElement>): void {
  const step = event.key === "ArrowDown" ? 1 : event.key === "ArrowUp" ? -1 : 0;
  if (step === 0) return;
  const lines = [...event.currentTarget.querySelectorAll<HTMLElement>(".log-line")];
  const at = lines.indexOf(document.activeElement as HTMLElement);
  const next = at < 0 ? lines.at(step > 0 ? 0 : -1) : lines[at + step];
  if (next === undefined) return;
  event.preventDefault();
  next.focus();
}
