import type { PartStatus } from "../../runtime/protocol.ts";

/** The most rows that a card shows (LOOK.md: a longer list shows those that are not well, and "+9 UP"). */
export const rowsMost = 8;

export interface PartRows {
  readonly shown: readonly PartStatus[];
  /** How many well ones are folded away, and how many others find no room. */
  readonly folded: number;
  readonly more: number;
}

/** Parts in the order in which what they speak of stands; where there is not room for all, the unwell first. */
export function partRows(parts: readonly PartStatus[], room: number, placeOf: (part: PartStatus) => { x: number; y: number }): PartRows {
  const placed = parts.map((part) => ({ part, at: placeOf(part) }));
  placed.sort((a, b) => a.at.y - b.at.y || a.at.x - b.at.x || (a.part.key < b.part.key ? -1 : 1));
  const all = placed.map(({ part }) => part);
  if (all.length <= room) return { shown: all, folded: 0, more: 0 };
  const unwell = all.filter((part) => part.tone !== "running");
  const shown = unwell.slice(0, Math.max(0, room - 1));
  return { shown, folded: all.length - unwell.length, more: unwell.length - shown.length };
}
