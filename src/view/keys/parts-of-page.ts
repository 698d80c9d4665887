/** The parts of the page in the order in which they are read; those that are folded away are left out. */
const parts = [".header", ".palette", ".canvas", ".drawer", ".journey", ".inspector", ".footer"];
const stops = "a[href], button:not(:disabled), input, select, textarea, [tabindex]";

/** Moves the focus to the next part of the page, so that nobody must press Tab through all that lies between. */
export function goToPart(step: 1 | -1): void {
  const present = parts.flatMap((part) => document.querySelector<HTMLElement>(part) ?? []).filter((part) => stopIn(part) !== null);
  const at = present.findIndex((part) => part.contains(document.activeElement));
  const next = at < 0 && step < 0 ? present.at(-1) : present[(at + step + present.length) % present.length];
  if (next !== undefined) stopIn(next)?.focus();
}

/** The one that Tab reaches first. */
const stopIn = (part: HTMLElement): HTMLElement | null =>
  [...part.querySelectorAll<HTMLElement>(stops)].find((stop) => stop.tabIndex >= 0 && stop.checkVisibility()) ?? null;
