import { Derived } from "./derived.ts";
import { avalanche } from "./hashes.ts";
import { effectiveWeight, isFull, type SetColumns, type TargetColumns } from "./target-columns.ts";

/** Points on a circle of 2³², in order, and whose each of them is. */
export interface Ring {
  readonly points: Uint32Array;
  readonly rows: Int32Array;
  /** The circle in equal parts, about one for each point: which point is the first of each part or after it. */
  readonly parts: Int32Array;
  /** How many of a hash's bits say where in its part it lies. */
  readonly within: number;
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
  const places = Uint32Array.from(points, ([point]) => point);
  return { points: places, rows: Int32Array.from(points, ([, row]) => row), ...partsOf(places) };
}

/** A hash begins its search in its part, where hardly more than one point is. */
function partsOf(points: Uint32Array): Pick<Ring, "parts" | "within"> {
  let bits = 1;
  while (1 << bits < points.length) bits++;
  const within = 32 - bits;
  const parts = new Int32Array((1 << bits) + 1).fill(points.length);
  for (let place = points.length - 1; place >= 0; place--) parts[points[place]! >>> within] = place;
  for (let part = parts.length - 2; part >= 0; part--) parts[part] = Math.min(parts[part]!, parts[part + 1]!);
  return { parts, within };
}

/** The place of the first point that is not before a hash; past the last one it is the first. */
export function placeOf({ points, parts, within }: Ring, hash: number): number {
  let place = parts[hash >>> within]!;
  while (place < points.length && points[place]! < hash) place++;
  return place === points.length ? 0 : place;
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

/**
 * Whoever's point comes next on a walk round the ring ([S] chash_get_next_server), past those that are full and, while there is another, past
 * the one to be avoided; −1 if all are full. Where the walk is, is kept as its last point: servers may have come and gone since.
 */
export function nextOnRing({ targets, sets, set, ring, avoid }: Walk): number {
  const { points, rows } = ring;
  const isUnderWay = sets.policyWindow[set] === 1;
  const last = isUnderWay ? placeOf(ring, sets.policyPlace[set]! >>> 0) : points.length - 1;
  let avoidedAt = -1;
  for (let step = 1; step <= points.length; step++) {
    const place = (last + step) % points.length;
    const row = rows[place]!;
    if (isFull(targets, row)) continue;
    if (row !== avoid) return stoppedAt(place);
    avoidedAt = place;
  }
  return avoidedAt < 0 ? -1 : stoppedAt(avoidedAt);

  function stoppedAt(place: number): number {
    sets.policyWindow[set] = 1;
    sets.policyPlace[set] = points[place]! | 0;
    return rows[place]!;
  }
}

interface Walk {
  readonly targets: TargetColumns;
  readonly sets: SetColumns;
  readonly set: number;
  readonly ring: Ring;
  readonly avoid: number;
}
