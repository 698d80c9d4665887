import type { BalancingPolicy } from "./balancing-policy.ts";
import { clearTarget, isFull, type TargetColumns } from "./target-columns.ts";

/** nginx's `random`: a target by chance, each as likely as its weight says. One draw a pick. */
export const random: BalancingPolicy = {
  pick(targets, _sets, _set, members, count, avoid, draw) {
    let total = 0;
    for (let index = 0; index < count; index++) if (isOpen(targets, members[index]!, avoid)) total += targets.weight[members[index]!]!;
    if (total === 0) return avoid >= 0 && isOpen(targets, avoid, -1) ? avoid : -1;
    let left = Math.floor(draw() * total);
    for (let index = 0; index < count; index++) {
      const row = members[index]!;
      if (!isOpen(targets, row, avoid)) continue;
      left -= targets.weight[row]!;
      if (left < 0) return row;
    }
    return -1;
  },
  added(targets, _sets, _set, _members, _count, row) {
    clearTarget(targets, row);
  },
  removed(targets, _sets, _set, _members, _count, row) {
    clearTarget(targets, row);
  },
  wentDown() {
    // Chance remembers nothing.
  },
  cameUp() {
    // Chance remembers nothing.
  },
};

function isOpen(targets: TargetColumns, row: number, avoid: number): boolean {
  return row !== avoid && targets.usable[row] === 1 && !isFull(targets, row);
}
