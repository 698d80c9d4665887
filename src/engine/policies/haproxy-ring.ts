import { Derived } from "./derived.ts";
import { avalanche } from "./hashes.ts";
import { effectiveWeight, type TargetColumns } from "./target-columns.ts";

/** Points on a circle of 2³², in order, and whose each of them is. */
export interface Ring {
  readonly points: Uint32Array;
  readonly rows: Int32Array;
}

/** HAProxy's ring ([S] lb_chash.c): 16 points for each unit of weight of a usable server, placed by the server's number. */
export const haproxyRing = new Derived<Ring>(ringOf, { ofUsable: true });

const pointsPerServer = 4096;

function ringOf(targets: TargetColumns, members: Int32Array, count: number): Ring {
  const points: [point: number, row: number][] = [];
  for (const row of members.subarray(0, count)) {
    if (targets.usable[row] === 0) continue;
    for (let index = 0; index < effectiveWeight(targets, row); index++)
      points.push([avalanche(targets.identity[row]! * pointsPerServer + index), row]);
  }
  return sorted(points);
}

export function sorted(points: [point: number, row: number][]): Ring {
  points.sort(([a], [b]) => a - b);
  return { points: Uint32Array.from(points, ([point]) => point), rows: Int32Array.from(points, ([, row]) => row) };
}

/** The place of the first point that is not before a hash; past the last one it is the first. */
export function placeOf({ points }: Ring, hash: number): number {
  let low = 0;
  let high = points.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    if (points[middle]! < hash) low = middle + 1;
    else high = middle;
  }
  return low === points.length ? 0 : low;
}

/** Whoever's point is nearest, on either side; where that is to be avoided, the next one clockwise that is not its. */
export function nearest(ring: Ring, hash: number, avoid: number): number {
  const { points, rows } = ring;
  if (points.length === 0) return -1;
  const after = placeOf(ring, hash);
  const before = after === 0 ? points.length - 1 : after - 1;
  const isBefore = (hash - points[before]!) >>> 0 <= (points[after]! - hash) >>> 0;
  const chosen = isBefore ? before : after;
  for (let step = 0; step < points.length; step++) {
    const row = rows[(chosen + step) % points.length]!;
    if (row !== avoid) return row;
  }
  return rows[chosen]!;
}
