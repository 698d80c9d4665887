import type { LogRow } from "../engine/status.ts";
import { vocabulary, type What } from "../engine/vocabulary.ts";
import { befalls, type Fault, type Faults } from "./faults.ts";

/** Something that the director slows the clock for (TIME.md 4). */
export interface Moment {
  readonly row: number;
  readonly atUs: number;
  /** The row of the fault it belongs to: one fault has 12 s of slowness. */
  readonly fault: number;
  readonly first: First;
  /** Whether a message's flight leads up to it, worth watching. A fault itself comes out of the blue. */
  readonly flies: boolean;
}

export const firsts = ["fault", "lost", "missed", "down", "expired", "registered", "first-request"] as const;
export type First = (typeof firsts)[number];

const firstOf: Partial<Record<What, First>> = {
  "target-down": "down",
  "passed-over": "down",
  expired: "expired",
  withdrawn: "expired",
  critical: "expired",
  registered: "registered",
  "first-request": "first-request",
};
/** The moment that a row makes, if it is the first of its kind for its fault. */
export function momentOf(row: LogRow, fault: Fault, faults: Faults): Moment | null {
  const what = row.what as What;
  const make = (first: First): Moment => ({ row: row.row, atUs: row.atUs, fault: fault.row, first, flies: first !== "fault" });
  if (befalls.has(what)) return faults.isFirst(fault, "fault") ? make("fault") : null;
  // An attempt that a retry saves is no lost request yet, but it is what a class sees first: the ✕.
  if (vocabulary[what] === "loss") return faults.isFirst(fault, "lost") ? make("lost") : null;
  if (what === "missed") return isWatched(row, fault, faults) ? make("missed") : null;
  const first = firstOf[what];
  return first !== undefined && faults.isFirst(fault, first) ? make(first) : null;
}

/** Only the target that missed first is watched, by the observer that noticed first; each of its misses counts. */
function isWatched(row: LogRow, fault: Fault, faults: Faults): boolean {
  const pair = `watched ${row.who} ${row.whom}`;
  if (faults.isFirst(fault, "watched")) return faults.isFirst(fault, pair);
  return faults.get(fault.row)?.seen.includes(pair) ?? false;
}
