import type { BalancingPolicy } from "./balancing-policy.ts";
import { clearTarget, isFull, type TargetColumns } from "./target-columns.ts";

/**
 * nginx's smooth weighted round robin ([S] ngx_http_upstream_round_robin.c): every peer's current weight grows by
 * its weight, the greatest is chosen (the first of equals) and pays for all. 5:1:1 gives a a b a c a a. A peer that
 * is down or has just been tried takes no part, and keeps its current weight for later.
 */
export const nginxRoundRobin: BalancingPolicy = {
  pick(targets, _sets, _set, members, count, avoid) {
    const { policyCurrent: current, policyLost: lost, weight: weights, usable, limit: limits, connections } = targets;
    let best = -1;
    let greatest = -Infinity;
    let total = 0;
    for (let index = 0; index < count; index++) {
      const row = members[index]!;
      if (row === avoid || usable[row] === 0) continue;
      const limit = limits[row]!;
      if (limit > 0 && connections[row]! >= limit) continue;
      // A peer that has failed counts for less, and grows back by one a pick.
      const weight = weights[row]! - lost[row]!;
      const grown = current[row]! + weight;
      total += weight;
      if (lost[row]! > 0) lost[row]!--;
      current[row] = grown;
      if (grown > greatest) {
        greatest = grown;
        best = row;
      }
    }
    if (best >= 0) current[best]! -= total;
    else if (avoid >= 0 && usable[avoid] === 1 && !isFull(targets, avoid)) return avoid;
    return best;
  },
  added(targets, _sets, _set, _members, _count, row) {
    clearTarget(targets, row);
  },
  removed(targets, _sets, _set, _members, _count, row) {
    clearTarget(targets, row);
  },
  failed: loseWeight,
  wentDown() {
    // It is passed over while `usable` is 0.
  },
  cameUp() {
    // It goes on with the current weight that it had.
  },
};

/** nginx: a failure takes weight / max_fails off the effective weight, which never falls below nothing. */
export function loseWeight(targets: TargetColumns, row: number, maxFails: number): void {
  if (maxFails === 0) return;
  const weight = targets.weight[row]!;
  targets.policyLost[row] = Math.min(weight, targets.policyLost[row]! + Math.floor(weight / maxFails));
}
