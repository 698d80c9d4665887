import type { BalancingPolicy } from "./balancing-policy.ts";
import { clearTarget } from "./target-columns.ts";

/** What the policies have in common that keep nothing of a target: it is enough for them to look at it when they pick. */
export const stateless = {
  added(targets, _sets, _set, members, count, row) {
    clearTarget(targets, row);
    targets.identity[row] = freeIdentity(targets.identity, members, count, row);
  },
  removed(targets, _sets, _set, _members, _count, row) {
    clearTarget(targets, row);
  },
  wentDown() {
    // They see it when they pick.
  },
  cameUp() {
    // They see it when they pick.
  },
} as const satisfies Omit<BalancingPolicy, "pick">;

/** HAProxy numbers servers from 1 in the order of their declaration; a new one takes the lowest number that is free. */
function freeIdentity(identity: Int32Array, members: Int32Array, count: number, row: number): number {
  const taken = new Set<number>();
  for (let index = 0; index < count; index++) if (members[index] !== row) taken.add(identity[members[index]!]!);
  let free = 1;
  while (taken.has(free)) free++;
  return free;
}
