import type { TargetSet } from "../../engine/policies/target-set.ts";
import type { Outcome } from "../outcome.ts";
import { countsOf, has, NotUnderstood, numberOf, type RecordedCase } from "../recorded-case.ts";
import { rowOf, serversOf } from "./servers.ts";
import { UnderWay } from "./under-way.ts";

/** So many picks tell a policy's shares well enough that only the recording's own chance is left. */
const manyPicks = 60_000;

/** How often each server was picked by chance: within three standard deviations of what the policy's own shares say. */
export function playShares(recorded: RecordedCase): Outcome | null {
  if (recorded.group !== "pick" || !has(recorded, "n", "counts")) return null;
  const counts = countsOf(recorded, "counts");
  const n = numberOf(recorded, "n");
  const names = Object.keys(counts).sort();
  // Requests that share a connection stay on one endpoint; the engine's connections carry one request each.
  if (names.length < 2) throw new NotUnderstood("the engine has no connection that several requests share");
  const shares = sharesOf(recorded);
  const isWithin = names.every((name) => {
    const share = shares[rowOf(name)] ?? 0;
    return Math.abs(counts[name]! - n * share) <= 3 * Math.sqrt(n * share * (1 - share));
  });
  const expected = (row: number): string => (n * (shares[row] ?? 0)).toFixed(0);
  return {
    tolerance: "±3 σ",
    recorded: names.map((name) => `${name} ${counts[name]}`).join(", "),
    predicted: shares.map((_, row) => `b${row + 1} ${expected(row)}`).join(", "),
    matches: isWithin && total(Object.values(counts)) === n,
  };
}

/** "100 rps, 400 ms held each": then requests are under way while others are picked for. */
function sharesOf(recorded: RecordedCase): number[] {
  const set = serversOf(recorded);
  const algorithm = typeof recorded.fields["alg"] === "string" ? recorded.fields["alg"] : "";
  const held = /(\d+) rps, (\d+) ms held/u.exec(algorithm);
  const rows = held === null ? undisturbed(set) : heldFor(set, 1000 / Number(held[1]), Number(held[2]));
  const counts: number[] = [];
  for (const row of rows) counts[row] = (counts[row] ?? 0) + 1;
  return Array.from(counts, (count) => (count ?? 0) / rows.length);
}

function undisturbed(set: TargetSet): number[] {
  return Array.from({ length: manyPicks }, () => set.pick());
}

function heldFor(set: TargetSet, everyMs: number, heldMs: number): number[] {
  const underWay = new UnderWay(set);
  return Array.from({ length: manyPicks / 10 }, (_, index) => {
    underWay.endedBy(index * everyMs);
    return underWay.begin(index * everyMs + heldMs);
  });
}

function total(counts: readonly number[]): number {
  return counts.reduce((sum, count) => sum + count, 0);
}
