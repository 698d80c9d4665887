import type { TargetSet } from "../../engine/policies/target-set.ts";
import { exactly, type Outcome } from "../outcome.ts";
import { has, textOf, type RecordedCase } from "../recorded-case.ts";
import { serversOf } from "./servers.ts";
import { tokensOf } from "./tokens.ts";

/** Picks one after the other, nothing else under way; servers may go and come back between them. */
export function playSequence(recorded: RecordedCase): Outcome | null {
  if (recorded.group !== "pick" || !has(recorded, "picks") || has(recorded, "arrive_every_ms") || has(recorded, "held")) return null;
  if (has(recorded, "keys") || has(recorded, "sources")) return null;
  const picks = textOf(recorded, "picks");
  const set = serversOf(recorded);
  const [, before] = /after_(\d+)_picks/u.exec(recorded.name) ?? [];
  for (let count = Number(before ?? 0); count > 0; count--) pickAlone(set);
  const tokens = tokensOf(picks);
  const rows: number[] = [];
  for (const token of tokens) {
    if ("usable" in token) set.use(token.row, token.usable);
    else if ("weight" in token) set.reweigh(token.row, token.weight);
    else rows.push(pickAlone(set));
  }
  const wanted = tokens.filter((token) => !("usable" in token || "weight" in token)).map(({ row }) => row);
  return exactly(told(wanted), told(rows));
}

/** A request that has ended before the next comes: policies that count what is under way see it come and go. */
export function pickAlone(set: TargetSet): number {
  const row = set.pick();
  if (row < 0) return row;
  set.take(row);
  set.release(row);
  return row;
}

export function told(rows: readonly number[]): string {
  return rows.map((row) => row + 1).join(" ");
}
