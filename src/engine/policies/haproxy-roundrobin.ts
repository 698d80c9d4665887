import type { BalancingPolicy } from "./balancing-policy.ts";
import { first, rank, unrank, type List } from "./ranked-lists.ts";
import { clearTarget, effectiveWeight, isFull, weightScale, type SetColumns, type TargetColumns } from "./target-columns.ts";

/**
 * HAProxy's roundrobin, its "fast weighted round robin" ([S] lb_fwrr.c). Time is a window of as many places as the
 * weights add up to. A server that was chosen is put (all weight) / (its weight) places further on; what falls
 * beyond the window waits for the next one, the heaviest first. Places that nobody claims go to those that have
 * waited since the last window. 5:1:1 gives 1 1 1 2 1 1 3.
 */
export const haproxyRoundrobin: BalancingPolicy = {
  pick(targets, sets, set, _members, _count, avoid) {
    // With no weight nobody is up.
    return sets.policyNextWindow[set] === 0 ? -1 : choose(targets, sets, set, avoid);
  },
  added(targets, sets, set, _members, _count, row) {
    clearTarget(targets, row);
    if (targets.usable[row] === 1) join(targets, sets, set, row);
  },
  removed: (targets, sets, set, _members, _count, row) => leave(targets, sets, set, row),
  wentDown: (targets, sets, set, _members, _count, row) => leave(targets, sets, set, row),
  cameUp: (targets, sets, set, _members, _count, row) => join(targets, sets, set, row),
  reweighted,
};

/** Servers whose place is in the window under way. */
const current = 1;
/** Those that have waited since the last window, and those that wait for the next, change parts with each window. */
const waiting = (sets: SetColumns, set: number): List => (sets.policyFlipped[set] === 0 ? 2 : 3);
const postponed = (sets: SetColumns, set: number): List => (sets.policyFlipped[set] === 0 ? 3 : 2);

const scale = weightScale;
const weightMax = 256;

function choose(targets: TargetColumns, sets: SetColumns, set: number, avoid: number): number {
  let switched = false;
  let avoided = -1;
  // Those that were passed over, chained by policyAside (row + 1), the last first.
  let aside = 0;
  let chosen = -1;
  for (;;) {
    if (sets.policyWindow[set] === 0) openWindow(sets, set);
    let row = nextInLine(targets, sets, set);
    if (row < 0 && !switched) {
      switched = true;
      switchWindows(sets, set);
      row = nextInLine(targets, sets, set);
    }
    if (row < 0) {
      chosen = avoided;
      break;
    }
    advance(targets, sets, set, row);
    unrank(targets, sets, set, row);
    sets.policyPlace[set]!++;
    if (!isFull(targets, row)) {
      if (row !== avoid) {
        chosen = row;
        break;
      }
      avoided = row;
    }
    targets.policyAside[row] = aside;
    aside = row + 1;
  }
  if (chosen >= 0) place(targets, sets, set, chosen);
  putBack(targets, sets, set, aside, chosen, switched);
  return chosen;
}

/** Those that were passed over regain their places; if the window has changed these are lost, and only weight counts. */
function putBack(targets: TargetColumns, sets: SetColumns, set: number, aside: number, chosen: number, switched: boolean): void {
  while (aside !== 0) {
    const row = aside - 1;
    aside = targets.policyAside[row]!;
    if (row === chosen) continue;
    if (switched) rankByWeight(targets, sets, set, waiting(sets, set), row);
    else place(targets, sets, set, row);
  }
}

/** Whoever's place has come; else whoever has waited since the last window; else the first of the window. */
function nextInLine(targets: TargetColumns, sets: SetColumns, set: number): number {
  const ranked = first(sets, set, current);
  if (ranked >= 0 && targets.policyPosition[ranked]! <= sets.policyPlace[set]!) return ranked;
  const waiter = first(sets, set, waiting(sets, set));
  if (waiter < 0) return ranked;
  targets.policyPosition[waiter] = 0;
  targets.policyRemainder[waiter] = 0;
  return waiter;
}

/** Moves a server to its next place; what does not divide is carried along. */
function advance(targets: TargetColumns, sets: SetColumns, set: number, row: number): void {
  const weight = targets.policyWeight[row]!;
  const all = sets.policyNextWindow[set]!;
  const from = targets.policyPosition[row]! === 0 ? sets.policyPlace[set]! : targets.policyPosition[row]!;
  const remainder = targets.policyRemainder[row]! + (all % weight);
  const carried = remainder >= weight ? 1 : 0;
  targets.policyLastPosition[row] = from;
  targets.policyPosition[row] = from + Math.floor(all / weight) + carried;
  targets.policyRemainder[row] = remainder - carried * weight;
}

/** Ranks a server in the window, or postpones it if its place is beyond it. */
function place(targets: TargetColumns, sets: SetColumns, set: number, row: number): void {
  const position = targets.policyPosition[row]!;
  const window = sets.policyWindow[set]!;
  if (position >= window + Math.min(window, sets.policyNextWindow[set]!)) {
    targets.policyPosition[row] = position - window;
    rankByWeight(targets, sets, set, postponed(sets, set), row);
    return;
  }
  // At one place the heavier goes first, the more so the more it has carried along.
  const within = weightMax * scale + targets.policyRemainder[row]! - targets.policyWeight[row]!;
  rank(targets, sets, set, current, row, weightMax * position + Math.floor(within / scale));
}

function rankByWeight(targets: TargetColumns, sets: SetColumns, set: number, list: List, row: number): void {
  rank(targets, sets, set, list, row, weightMax * scale - targets.policyWeight[row]!);
}

/** A server that comes up may wait for up to one round. */
function join(targets: TargetColumns, sets: SetColumns, set: number, row: number): void {
  const weight = effectiveWeight(targets, row);
  targets.policyWeight[row] = weight;
  sets.policyNextWindow[set]! += weight;
  const here = sets.policyPlace[set]!;
  targets.policyPosition[row] = here + Math.floor((sets.policyNextWindow[set]! + sets.policyWindow[set]! - here) / weight);
  place(targets, sets, set, row);
}

/** A server that goes down leaves at once; the others keep their order. */
function leave(targets: TargetColumns, sets: SetColumns, set: number, row: number): void {
  if (targets.policyList[row] === 0) return;
  sets.policyNextWindow[set]! -= targets.policyWeight[row]!;
  unrank(targets, sets, set, row);
}

/** A server that waits is ranked anew; one that has a place is moved, but never further off than it was. */
function reweighted(targets: TargetColumns, sets: SetColumns, set: number, row: number): void {
  const list = targets.policyList[row]!;
  const weight = effectiveWeight(targets, row);
  if (list === 0 || weight === targets.policyWeight[row]) return;
  sets.policyNextWindow[set]! += weight - targets.policyWeight[row]!;
  targets.policyWeight[row] = weight;
  unrank(targets, sets, set, row);
  if (list === waiting(sets, set)) return rankByWeight(targets, sets, set, list as List, row);
  const before = targets.policyPosition[row]! + (list === postponed(sets, set) ? sets.policyWindow[set]! : 0);
  const step = Math.floor(sets.policyNextWindow[set]! / weight);
  const wanted = Math.min(targets.policyLastPosition[row]! + step, before);
  targets.policyPosition[row] = wanted < sets.policyPlace[set]! + 2 ? sets.policyPlace[set]! + step : wanted;
  targets.policyRemainder[row] = 0;
  place(targets, sets, set, row);
}

function openWindow(sets: SetColumns, set: number): void {
  sets.policyWindow[set] = sets.policyNextWindow[set]!;
  sets.policyPlace[set] = sets.policyWindow[set]!;
}

function switchWindows(sets: SetColumns, set: number): void {
  sets.policyFlipped[set] = 1 - sets.policyFlipped[set]!;
  openWindow(sets, set);
}
