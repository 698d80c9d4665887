import type { PartStatus } from "../../runtime/protocol.ts";

/** The most rows that a card shows (LOOK.md: a longer list shows those that are not well, and "+9 UP"). */
export const rowsMost = 8;

export interface PartRows {
  readonly shown: readonly PartStatus[];
  /** How many well ones are folded away, and how many others find no room. */
  readonly folded: number;
  readonly more: number;
}

/**
 * Parts in the order in which what they speak of stands. A list longer than any card shows only the unwell; one that
 * is short of room leaves out well ones first.
 */
export function partRows(parts: readonly PartStatus[], room: number, placeOf: (part: PartStatus) => { x: number; y: number }): PartRows {
  const placed = parts.map((part) => ({ part, at: placeOf(part) }));
  placed.sort((a, b) => a.at.y - b.at.y || a.at.x - b.at.x || (a.part.key < b.part.key ? -1 : 1));
  const all = placed.map(({ part }) => part);
  if (all.length <= room) return { shown: all, folded: 0, more: 0 };
  const rows = Math.max(0, room - 1);
  const unwell = all.filter(({ tone }) => tone !== "running").slice(0, rows);
  const well = all.length > rowsMost ? [] : all.filter(({ tone }) => tone === "running").slice(0, rows - unwell.length);
  const shown = all.filter((part) => unwell.includes(part) || well.includes(part));
  const folded = all.filter((part) => part.tone === "running" && !shown.includes(part)).length;
  return { shown, folded, more: all.length - shown.length - folded };
}
