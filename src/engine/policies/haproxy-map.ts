import { Derived } from "./derived.ts";
import type { TargetColumns } from "./target-columns.ts";

/**
 * HAProxy's map of slots ([S] lb_map.c), made anew whenever a server goes down or comes up: as many slots as the usable
 * weights add up to, divided by what all weights have in common. For each slot every server's score grows by its
 * weight, and the first of the highest has it.
 */
export const slotMap = new Derived<Int32Array>(slotsOf, { ofUsable: true });

function slotsOf(targets: TargetColumns, members: Int32Array, count: number): Int32Array {
  const all = members.subarray(0, count);
  const common = all.reduce((divisor, row) => greatestCommonDivisor(divisor, targets.weight[row]!), 0) || 1;
  const rows = all.filter((row) => targets.usable[row] === 1 && targets.weight[row]! > 0);
  const weights = rows.map((row) => targets.weight[row]! / common);
  const total = weights.reduce((sum, weight) => sum + weight, 0);
  const scores = new Int32Array(rows.length);
  return Int32Array.from({ length: total }, () => rows[bestOf(scores, weights, total)]!);
}

function bestOf(scores: Int32Array, weights: Int32Array, total: number): number {
  let best = 0;
  let highest = -1;
  for (let index = 0; index < scores.length; index++) {
    const score = (scores[index]! += weights[index]!);
    const height = Math.trunc((score + total) / total);
    if (height > highest) {
      highest = height;
      best = index;
    }
  }
  scores[best]! -= total;
  return best;
}

function greatestCommonDivisor(a: number, b: number): number {
  return b === 0 ? a : greatestCommonDivisor(b, a % b);
}
