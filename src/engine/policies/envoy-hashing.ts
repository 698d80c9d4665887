import type { BalancingPolicy, RequestKey } from "./balancing-policy.ts";
import { Derived } from "./derived.ts";
import { stateless } from "./stateless.ts";
import { isFull, type TargetColumns } from "./target-columns.ts";
import { nameBytes, nameText } from "./target-names.ts";
import { lowerHalf, xxHash64 } from "./xxhash64.ts";

/** Points of 64 bits on a circle, in order, and whose each of them is. */
interface WideRing {
  readonly upper: Uint32Array;
  readonly lower: Uint32Array;
  readonly rows: Int32Array;
}

/** Envoy's default `minimum_ring_size`, and the `maximum_ring_size`. */
const ringMin = 1024;
const ringMax = 8 * 1024 * 1024;

const ring = new Derived<WideRing>(ringOf, { ofUsable: true });
const table = new Derived<Int32Array>(tableOf, { ofUsable: true });

/**
 * Envoy's ring hash ([S] ring_hash_lb.cc): each healthy host has points in the measure of its weight, placed by XXH64 of
 * "address_0", "address_1" and so on; a key belongs to the first point that is not before it.
 */
export const envoyRingHash: BalancingPolicy = {
  ...stateless,
  isByName: true,
  pick(targets, sets, set, members, count, avoid, draw, key) {
    const circle = ring.of(targets, sets, set, members, count);
    const size = circle.rows.length;
    if (size === 0) return -1;
    const upper = hashOf(key, draw);
    const place = placeOf(circle, upper, key === undefined ? 0 : lowerHalf());
    return firstOpen(targets, avoid, circle.rows, place);
  },
};

/**
 * Envoy's Maglev ([S] maglev_lb.cc): the healthy hosts take turns to claim the places of a table, each in an order of its own,
 * those of less weight not every time. A key belongs to whoever has its place.
 */
export const envoyMaglev: BalancingPolicy = {
  ...stateless,
  isByName: true,
  pick(targets, sets, set, members, count, avoid, draw, key) {
    const rows = table.of(targets, sets, set, members, count);
    if (rows.length === 0) return -1;
    const upper = hashOf(key, draw);
    const place = modulo(upper, key === undefined ? 0 : lowerHalf(), tableSize);
    return firstOpen(targets, avoid, rows, place);
  },
};

/** Without a hash policy that gives a hash, Envoy takes one by chance ([S] thread_aware_lb_impl.cc). */
function hashOf(key: RequestKey | undefined, draw: () => number): number {
  return key === undefined ? Math.floor(draw() * 2 ** 32) : xxHash64(key.text);
}

/** A host that was just tried, or is full, is passed over for the next place's. */
function firstOpen(targets: TargetColumns, avoid: number, rows: Int32Array, place: number): number {
  let avoided = -1;
  for (let step = 0; step < rows.length; step++) {
    const row = rows[(place + step) % rows.length]!;
    if (isFull(targets, row)) continue;
    if (row !== avoid) return row;
    avoided = row;
  }
  return avoided;
}

function ringOf(targets: TargetColumns, members: Int32Array, count: number): WideRing {
  const { rows, shares } = healthy(targets, members, count);
  const least = Math.min(...shares);
  const scale = Math.min(Math.ceil(least * ringMin) / least, ringMax);
  const points: [upper: number, lower: number, row: number][] = [];
  let wanted = 0;
  rows.forEach((row, index) => {
    const name = nameText(targets.name[row]!);
    wanted += scale * shares[index]!;
    for (let own = 0; points.length < wanted; own++) points.push([xxHash64(nameBytes(`${name}_${own}`)), lowerHalf(), row]);
  });
  points.sort(([a, c], [b, d]) => a - b || c - d);
  return {
    upper: Uint32Array.from(points, ([upper]) => upper),
    lower: Uint32Array.from(points, ([, lower]) => lower),
    rows: Int32Array.from(points, ([, , row]) => row),
  };
}

/** The place of the first point that is not before a hash; past the last one it is the first. */
function placeOf({ upper, lower }: WideRing, hashUpper: number, hashLower: number): number {
  let low = 0;
  let high = upper.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    const isBefore = upper[middle] === hashUpper ? lower[middle]! < hashLower : upper[middle]! < hashUpper;
    if (isBefore) low = middle + 1;
    else high = middle;
  }
  return low === upper.length ? 0 : low;
}

/** Envoy's default `table_size`, a prime. */
const tableSize = 65_537;

interface Claimant {
  readonly row: number;
  readonly share: number;
  readonly offset: number;
  readonly skip: number;
  next: number;
  target: number;
}

function tableOf(targets: TargetColumns, members: Int32Array, count: number): Int32Array {
  const { rows, shares } = healthy(targets, members, count);
  if (rows.length === 0) return new Int32Array(0);
  const claimants = rows.map((row, index) => claimant(row, shares[index]!, nameBytes(nameText(targets.name[row]!))));
  const heaviest = Math.max(...shares);
  const claimed = new Int32Array(tableSize).fill(-1);
  let left = tableSize;
  for (let round = 1; left > 0; round++)
    for (const one of claimants) {
      if (left === 0) break;
      if (round * one.share < one.target) continue;
      one.target += heaviest;
      claimed[nextFree(one, claimed)] = one.row;
      left--;
    }
  return claimed;
}

function claimant(row: number, share: number, name: Uint8Array): Claimant {
  const first = xxHash64(name);
  const offset = modulo(first, lowerHalf(), tableSize);
  const second = xxHash64(name, 1);
  return { row, share, offset, skip: modulo(second, lowerHalf(), tableSize - 1) + 1, next: 0, target: 0 };
}

function nextFree(one: Claimant, claimed: Int32Array): number {
  for (;;) {
    const place = (one.offset + one.skip * one.next++) % tableSize;
    if (claimed[place] === -1) return place;
  }
}

/** A word of 64 bits modulo a number below 2¹⁷, of which no step loses a bit. */
function modulo(upper: number, lower: number, by: number): number {
  return ((((upper % by) * (2 ** 32 % by)) % by) + (lower % by)) % by;
}

function healthy({ usable, weight }: TargetColumns, members: Int32Array, count: number): { rows: number[]; shares: number[] } {
  const rows = Array.from(members.subarray(0, count)).filter((row) => usable[row] === 1 && weight[row]! > 0);
  const total = rows.reduce((sum, row) => sum + weight[row]!, 0);
  return { rows, shares: rows.map((row) => weight[row]! / total) };
}
