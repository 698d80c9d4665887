import type { SetColumns, TargetColumns } from "./target-columns.ts";

/** What a policy may take a hash of. */
export interface RequestKey {
  /** The UTF-8 bytes of the URI, or of whatever else is hashed. */
  readonly text: Uint8Array;
  /** The client's IPv4 address as a number. */
  readonly source: number;
}

/**
 * Who of a set gets the next request. `members` are the rows of the set's targets in the order in which they were
 * declared, the first `count` of them in use; `row` is one of them. All state is in the columns.
 */
export interface BalancingPolicy {
  /** It places targets by their host and port, which are to be in the column `name`. */
  readonly isByName?: true;
  /**
   * The chosen row; −1 if no target is usable and has room. `avoid` (−1: none) was just tried in vain and is chosen
   * only where there is no other. `draw` gives a uniform number in [0, 1), and is asked only by policies of chance; `key` is
   * what policies that hash take the hash of.
   */
  pick(
    targets: TargetColumns,
    sets: SetColumns,
    set: number,
    members: Int32Array,
    count: number,
    avoid: number,
    draw: () => number,
    key?: RequestKey,
  ): number;
  /** A target joins; its weight is set, and whether it is usable. It may have been a stranger's before. */
  added(targets: TargetColumns, sets: SetColumns, set: number, members: Int32Array, count: number, row: number): void;
  /** A target leaves for good; it may still hold connections. */
  removed(targets: TargetColumns, sets: SetColumns, set: number, members: Int32Array, count: number, row: number): void;
  /** `usable` has just become 0, or 1. */
  wentDown(targets: TargetColumns, sets: SetColumns, set: number, members: Int32Array, count: number, row: number): void;
  cameUp(targets: TargetColumns, sets: SetColumns, set: number, members: Int32Array, count: number, row: number): void;
  /** `weight` has just been changed. */
  reweighted?(targets: TargetColumns, sets: SetColumns, set: number, row: number): void;
  /** `connections` has just been counted up, or down. */
  taken?(targets: TargetColumns, sets: SetColumns, set: number, row: number): void;
  /** A request has failed on it; of `maxFails` (0: no limit) that are allowed. */
  failed?(targets: TargetColumns, row: number, maxFails: number): void;
  released?(targets: TargetColumns, sets: SetColumns, set: number, row: number): void;
}
