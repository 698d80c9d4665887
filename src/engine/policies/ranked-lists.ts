import type { SetColumns, TargetColumns } from "./target-columns.ts";

/**
 * HAProxy ranks servers in trees: by key, first come first served among equal keys. Here they are doubly linked
 * lists in columns, three to a set. A server that has just been chosen mostly belongs last, and the search for its
 * place begins there.
 */
export type List = 1 | 2 | 3;

/** The first row of a list; −1 if it is empty. */
export function first(sets: SetColumns, set: number, list: List): number {
  return heads(sets, list)[set]! - 1;
}

/** The row behind this one; −1 at the end. */
export function following(targets: TargetColumns, row: number): number {
  return targets.policyAfter[row]! - 1;
}

export function rank(targets: TargetColumns, sets: SetColumns, set: number, list: List, row: number, key: number): void {
  const { policyBefore: before, policyAfter: after, policyKey: keys } = targets;
  let previous = tails(sets, list)[set]!;
  while (previous !== 0 && keys[previous - 1]! > key) previous = before[previous - 1]!;
  const next = previous === 0 ? heads(sets, list)[set]! : after[previous - 1]!;
  keys[row] = key;
  targets.policyList[row] = list;
  before[row] = previous;
  after[row] = next;
  if (previous === 0) heads(sets, list)[set] = row + 1;
  else after[previous - 1] = row + 1;
  if (next === 0) tails(sets, list)[set] = row + 1;
  else before[next - 1] = row + 1;
}

/** Takes a row out of the list that it stands in; nothing if it stands in none. */
export function unrank(targets: TargetColumns, sets: SetColumns, set: number, row: number): void {
  const list = targets.policyList[row] as List | 0;
  if (list === 0) return;
  const previous = targets.policyBefore[row]!;
  const next = targets.policyAfter[row]!;
  if (previous === 0) heads(sets, list)[set] = next;
  else targets.policyAfter[previous - 1] = next;
  if (next === 0) tails(sets, list)[set] = previous;
  else targets.policyBefore[next - 1] = previous;
  targets.policyList[row] = 0;
}

function heads(sets: SetColumns, list: List): Int32Array {
  return list === 1 ? sets.policyHead1 : list === 2 ? sets.policyHead2 : sets.policyHead3;
}

function tails(sets: SetColumns, list: List): Int32Array {
  return list === 1 ? sets.policyTail1 : list === 2 ? sets.policyTail2 : sets.policyTail3;
}
