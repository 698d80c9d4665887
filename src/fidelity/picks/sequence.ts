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
  for (let count = Number(before ?? 0); count > 0; count--) set.pick();
  const tokens = tokensOf(picks);
  const rows: number[] = [];
  for (const token of tokens) {
    if ("usable" in token) set.use(token.row, token.usable);
    else rows.push(set.pick());
  }
  const wanted = tokens.filter((token) => !("usable" in token)).map(({ row }) => row);
  return exactly(told(wanted), told(rows));
}

export function told(rows: readonly number[]): string {
  return rows.map((row) => row + 1).join(" ");
}
