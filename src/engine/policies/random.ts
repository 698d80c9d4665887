import type { BalancingPolicy } from "./balancing-policy.ts";
import { clearTarget, isFull } from "./target-columns.ts";

/** nginx's `random`: a target by chance, each as likely as its weight says. One draw a pick. */
export const random: BalancingPolicy = {
  pick(targets, _sets, _set, members, count, avoid, draw) {
    const { usable, weight, limit, connections } = targets;
    let total = 0;
    for (let index = 0; index < count; index++) {
      const row = members[index]!;
      const open = row !== avoid && usable[row] === 1 && (limit[row] === 0 || connections[row]! < limit[row]!);
      if (index === cumulated.length) cumulated = longer();
      cumulated[index] = total += open ? weight[row]! : 0;
    }
    if (total === 0) return avoid >= 0 && usable[avoid] === 1 && !isFull(targets, avoid) ? avoid : -1;
    return members[firstAbove(Math.floor(draw() * total), count)]!;
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

/** Weights up to each member, in one pick; it is scratch paper, not state. */
let cumulated = new Float64Array(256);

function longer(): Float64Array<ArrayBuffer> {
  const wider = new Float64Array(cumulated.length * 2);
  wider.set(cumulated);
  return wider;
}

/** The place of the first cumulated weight above `wanted`, which is below the last. */
function firstAbove(wanted: number, count: number): number {
  let low = 0;
  let high = count - 1;
  while (low < high) {
    const middle = (low + high) >> 1;
    if (cumulated[middle]! > wanted) high = middle;
    else low = middle + 1;
  }
  return low;
}
