import type { BalancingPolicy } from "./balancing-policy.ts";
import { first, following, rank, unrank } from "./ranked-lists.ts";
import { clearTarget, effectiveWeight, isFull, type SetColumns, type TargetColumns } from "./target-columns.ts";

const ranked = 1;

/**
 * HAProxy's leastconn ([S] lb_fwlc.c): servers ranked by load per weight, first come first served among equals; a
 * server goes last among its equals each time its key changes. An idle one comes first, whatever its weight.
 */
export const leastConnections: BalancingPolicy = {
  pick(targets, sets, set, _members, _count, avoid) {
    let avoided = -1;
    for (let row = first(sets, set, ranked); row >= 0; row = following(targets, row)) {
      if (isFull(targets, row)) continue;
      if (row !== avoid) return row;
      avoided = row;
    }
    return avoided;
  },
  added(targets, sets, set, _members, _count, row) {
    clearTarget(targets, row);
    if (targets.usable[row] === 1) join(targets, sets, set, row);
  },
  removed(targets, sets, set, _members, _count, row) {
    unrank(targets, sets, set, row);
  },
  wentDown(targets, sets, set, _members, _count, row) {
    unrank(targets, sets, set, row);
  },
  cameUp(targets, sets, set, _members, _count, row) {
    join(targets, sets, set, row);
  },
  // Whoever's weight changes goes last among its equals, even where its key stays the same ([S] fwlc_update_server_weight).
  reweighted(targets, sets, set, row) {
    if (targets.policyList[row] === 0 || targets.policyWeight[row] === effectiveWeight(targets, row)) return;
    unrank(targets, sets, set, row);
    join(targets, sets, set, row);
  },
  taken: reposition,
  released: reposition,
};

function join(targets: TargetColumns, sets: SetColumns, set: number, row: number): void {
  targets.policyWeight[row] = effectiveWeight(targets, row);
  rank(targets, sets, set, ranked, row, keyOf(targets, row));
}

function reposition(targets: TargetColumns, sets: SetColumns, set: number, row: number): void {
  // It may be down, or removed with its last requests still under way.
  if (targets.policyList[row] === 0) return;
  const key = keyOf(targets, row);
  if (key === targets.policyKey[row]) return;
  unrank(targets, sets, set, row);
  rank(targets, sets, set, ranked, row, key);
}

function keyOf(targets: TargetColumns, row: number): number {
  const connections = targets.connections[row]!;
  return connections === 0 ? 0 : Math.floor(((connections + 1) * 4096) / effectiveWeight(targets, row));
}
