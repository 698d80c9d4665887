import { streamKey, uniform } from "../../base/random.ts";
import type { BalancingPolicy } from "../../engine/policies/balancing-policy.ts";
import { TargetSet } from "../../engine/policies/target-set.ts";
import { has, numbersOf, textOf, textsOf, type RecordedCase } from "../recorded-case.ts";
import { policyOf } from "./algorithm.ts";

/** The servers of a case, "b1" being row 0, under the policy that is recorded; those that are down are down. */
export function serversOf(recorded: RecordedCase, policy: BalancingPolicy = policyOf(recorded)): TargetSet {
  const key = streamKey(1, 0, 0);
  let draws = 0;
  const weights = weightsOf(recorded);
  const set = new TargetSet(
    policy,
    weights.map((weight) => Math.max(1, weight)),
    () => uniform(key, draws++),
  );
  const limit = limitOf(recorded);
  weights.forEach((_, row) => (set.targets.limit[row] = limit));
  // A server without weight gets nothing, as one that is out.
  weights.forEach((weight, row) => weight === 0 && set.use(row, false));
  textsOf(recorded, "servers").forEach((name, row) => set.name(row, name));
  const extra = has(recorded, "extra") ? textOf(recorded, "extra") : "";
  for (const name of [...textsOf(recorded, "down"), ...markedIn(extra, "down")]) set.use(rowOf(name), false);
  // Backups are left alone while any other can be had.
  const backups = markedIn(extra, "backup").map(rowOf);
  const hasOther = weights.some((_, row) => set.targets.usable[row] === 1 && !backups.includes(row));
  for (const row of hasOther ? backups : []) set.use(row, false);
  return set;
}

/** "b2 down, b4 down": whom a word is said of. */
function markedIn(text: string, word: string): string[] {
  return Array.from(text.matchAll(new RegExp(`(b\\d+) ${word}\\b`, "gu")), ([, name]) => name!);
}

/** How many requests each server may hold at once; 0: no limit. */
function limitOf({ name, fields }: RecordedCase): number {
  return Number(fields["maxconn"] ?? /max_?conn[ =]?(\d+)/u.exec(`${String(fields["alg"])} ${name}`)?.[1] ?? 0);
}

/** Where no weights are recorded they are equal; how many servers there are then shows in what was picked. */
function weightsOf(recorded: RecordedCase): readonly number[] {
  if (has(recorded, "weights")) return numbersOf(recorded, "weights");
  const named = recorded.fields["counts"] ?? recorded.fields["picks"];
  const text = typeof named === "string" ? named : Object.keys(named ?? {}).join(" ");
  const highest = Math.max(1, ...Array.from(text.matchAll(/b(\d+)/gu), ([, digits]) => Number(digits)), ...digitsIn(text));
  return Array.from({ length: highest }, () => 1);
}

function digitsIn(text: string): number[] {
  return text.includes("b") ? [] : Array.from(text.matchAll(/\d/gu), ([digit]) => Number(digit));
}

export function rowOf(name: string): number {
  return Number(name.replace(/^b/u, "")) - 1;
}

export function bytesOf(text: string): Uint8Array {
  return new TextEncoder().encode(text);
}
