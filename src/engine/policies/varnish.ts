import { sha256 } from "@noble/hashes/sha2.js";
import type { BalancingPolicy } from "./balancing-policy.ts";
import { Derived } from "./derived.ts";
import { placeOf, sorted, type Ring } from "./haproxy-ring.ts";
import { isOpen } from "./nginx-hash.ts";
import { random } from "./random.ts";
import { stateless } from "./stateless.ts";
import { orAvoided, type TargetColumns } from "./target-columns.ts";
import { nameBytes, nameText } from "./target-names.ts";

/** The last four bytes of the SHA-256, the first of them the least ([S] cache_vrt.c, VRT_HashStrands32). */
export function varnishHash32(text: Uint8Array): number {
  const bytes = sha256(text);
  return (bytes[28]! | (bytes[29]! << 8) | (bytes[30]! << 16) | (bytes[31]! << 24)) >>> 0;
}

/** It is taken once of each text. */
const hashes = new WeakMap<Uint8Array, number>();

function hashOf(text: Uint8Array): number {
  let hash = hashes.get(text);
  if (hash === undefined) hashes.set(text, (hash = varnishHash32(text)));
  return hash;
}

/**
 * Varnish's hash director ([S] vmod_directors_hash.c, vmod_directors.c): the key's place among the weights of the healthy laid end to end, so that
 * one that goes down moves others' keys too.
 */
export const varnishHash: BalancingPolicy = {
  ...stateless,
  pick(targets, sets, set, members, count, avoid, draw, key) {
    if (key === undefined) return random.pick(targets, sets, set, members, count, avoid, draw);
    const { weight } = targets;
    let total = 0;
    for (let index = 0; index < count; index++) if (mayHave(targets, members[index]!, avoid)) total += weight[members[index]!]!;
    if (total === 0) return orAvoided(targets, -1, avoid);
    let left = (hashOf(key.text) / 2 ** 32) * total;
    for (let index = 0; ; index++) {
      const row = members[index]!;
      if (!mayHave(targets, row, avoid)) continue;
      left -= weight[row]!;
      if (left < 0) return row;
    }
  },
};

/** The default `replicas` of `.reconfigure()`. */
const replicas = 67;
const circle = new Derived<Ring>(circleOf, { ofUsable: false });

/**
 * Varnish's shard director ([S] vmod_directors_shard_dir.c, _cfg.c), as with `by=URL` and each backend's address for its `ident`: 67 points for each
 * unit of weight, healthy or not; a key belongs to the first point that is not before it, past the last to the last, and where that one's
 * backend is sick to the next on the circle.
 */
export const varnishShard: BalancingPolicy = {
  ...stateless,
  isByName: true,
  pick(targets, sets, set, members, count, avoid, draw, key) {
    if (key === undefined) return random.pick(targets, sets, set, members, count, avoid, draw);
    const ring = circle.of(targets, sets, set, members, count);
    const { points, rows } = ring;
    if (points.length === 0) return -1;
    const hash = hashOf(key.text);
    const from = hash > points[points.length - 1]! ? points.length - 1 : placeOf(ring, hash);
    for (let step = 0; step < rows.length; step++) {
      const row = rows[(from + step) % rows.length]!;
      if (mayHave(targets, row, avoid)) return row;
    }
    return orAvoided(targets, -1, avoid);
  },
};

function circleOf(targets: TargetColumns, members: Int32Array, count: number): Ring {
  const points: [point: number, row: number][] = [];
  for (const row of members.subarray(0, count)) {
    const ident = nameText(targets.name[row]!);
    for (let index = 0; index < replicas * targets.weight[row]!; index++) points.push([varnishHash32(nameBytes(`${ident}${index}`)), row]);
  }
  return sorted(points);
}

function mayHave(targets: TargetColumns, row: number, avoid: number): boolean {
  return row !== avoid && targets.weight[row]! > 0 && isOpen(targets, row);
}
