import type { BalancingPolicy } from "./balancing-policy.ts";
import { isOpen } from "./nginx-hash.ts";
import { first, rank, unrank } from "./ranked-lists.ts";
import { clearTarget, type SetColumns, type TargetColumns } from "./target-columns.ts";

const ranked = 1;
type WeightOf = (targets: TargetColumns, row: number) => number;
/** Chooses among hosts of equal weight: `open` holds those that may be chosen, in order, and `count` says how many. */
type AmongEquals = (targets: TargetColumns, sets: SetColumns, set: number, open: Int32Array, count: number, draw: () => number) => number;

/** A request weighs as much as the host does. */
const plainWeight: WeightOf = ({ weight }, row) => weight[row]!;
/** The more requests a host has in hand, the less it weighs (`active_request_bias` 1). */
const relievedWeight: WeightOf = ({ weight, connections }, row) => weight[row]! / (connections[row]! + 1);

/**
 * Envoy's round robin ([S] load_balancer_impl.cc): one after the other, beginning anywhere; of hosts that weigh differently
 * whoever's deadline is first (EDF).
 */
export const envoyRoundRobin = scheduler(plainWeight, (_targets, sets, set, open, count, draw) => {
  const start = seedOf(sets, set, draw);
  return open[(start + sets.policyPlace[set]!++) % count]!;
});

/** Envoy's least request: of two by chance whoever has fewer in hand, the first of equals; of hosts that weigh differently by EDF. */
export const envoyLeastRequest = scheduler(relievedWeight, ({ connections }, _sets, _set, open, count, draw) => {
  const one = open[Math.floor(draw() * count)]!;
  const other = open[Math.floor(draw() * count)]!;
  return connections[one]! > connections[other]! ? other : one;
});

/** Envoy draws where a load balancer begins once, when it is made. */
function seedOf(sets: SetColumns, set: number, draw: () => number): number {
  if (sets.policyNextWindow[set] === 0) sets.policyNextWindow[set] = 1 + Math.floor(draw() * seeds);
  return sets.policyNextWindow[set]! - 1;
}
const seeds = 2 ** 30;

function scheduler(weightOf: WeightOf, amongEquals: AmongEquals): BalancingPolicy {
  return {
    pick(targets, sets, set, members, count, avoid, draw) {
      const isEven = lookAt(targets, members, count, avoid);
      if (opens === 0) return avoid >= 0 && isOpen(targets, avoid) ? avoid : -1;
      if (isEven) return amongEquals(targets, sets, set, open, opens, draw);
      if (sets.policyWindow[set] === 0) refill(targets, sets, set, members, count, seedOf(sets, set, draw), weightOf);
      for (let tries = 0; tries < count; tries++) {
        const row = popped(targets, sets, set, weightOf);
        if (row !== avoid && isOpen(targets, row)) return row;
      }
      return open[0]!;
    },
    added(targets, sets, set, _members, _count, row) {
      clearTarget(targets, row);
      sets.policyWindow[set] = 0;
    },
    removed(targets, sets, set, _members, _count, row) {
      unrank(targets, sets, set, row);
      clearTarget(targets, row);
      sets.policyWindow[set] = 0;
    },
    // Whenever a host's health or weight changes, Envoy makes its schedule anew.
    wentDown: renew,
    cameUp: renew,
    reweighted: renew,
  };
}

function renew(_targets: TargetColumns, sets: SetColumns, set: number): void {
  sets.policyWindow[set] = 0;
}

/** Scratch paper of one pick: who may be chosen. */
let open = new Int32Array(256);
let opens = 0;

/** Notes who may be chosen; whether all that are healthy weigh the same. */
function lookAt(targets: TargetColumns, members: Int32Array, count: number, avoid: number): boolean {
  const { usable, weight } = targets;
  if (open.length < count) open = new Int32Array(2 * count);
  opens = 0;
  let same = 0;
  let isEven = true;
  for (let index = 0; index < count; index++) {
    const row = members[index]!;
    if (usable[row] === 0) continue;
    if (same === 0) same = weight[row]!;
    else if (weight[row] !== same) isEven = false;
    if (row !== avoid && isOpen(targets, row)) open[opens++] = row;
  }
  return isEven;
}

/** All healthy hosts anew, in order, and so many picks ahead as the seed says. */
function refill(
  targets: TargetColumns,
  sets: SetColumns,
  set: number,
  members: Int32Array,
  count: number,
  seed: number,
  weightOf: WeightOf,
): void {
  let healthy = 0;
  for (let index = 0; index < count; index++) unrank(targets, sets, set, members[index]!);
  for (let index = 0; index < count; index++) {
    const row = members[index]!;
    if (targets.usable[row] === 0) continue;
    healthy++;
    rank(targets, sets, set, ranked, row, 1 / weightOf(targets, row));
  }
  sets.policyWindow[set] = 1;
  for (let ahead = seed % healthy; ahead > 0; ahead--) popped(targets, sets, set, weightOf);
}

/** Whoever's deadline is first; its next one is put off by the inverse of its weight, behind equals. */
function popped(targets: TargetColumns, sets: SetColumns, set: number, weightOf: WeightOf): number {
  const row = first(sets, set, ranked);
  const now = targets.policyKey[row]!;
  unrank(targets, sets, set, row);
  rank(targets, sets, set, ranked, row, now + 1 / weightOf(targets, row));
  return row;
}
