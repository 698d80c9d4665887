import type { BalancingPolicy } from "./balancing-policy.ts";
import { Derived } from "./derived.ts";
import { placeOf, sorted, type Ring } from "./haproxy-ring.ts";
import { crc32, crcUpdated } from "./hashes.ts";
import { isOpen, nginxTriesMax } from "./nginx-hash.ts";
import { nginxRoundRobin } from "./nginx-round-robin.ts";
import { stateless } from "./stateless.ts";
import type { TargetColumns } from "./target-columns.ts";
import { nameBytes, nameText } from "./target-names.ts";

/**
 * nginx's `hash $key consistent` ([S] ngx_http_upstream_hash_module.c), compatible with ketama: 160 points for each unit
 * of weight, placed by the peer's host and port; a key belongs to the first point that is not before it, and past a
 * peer that cannot be had to the next.
 */
export const nginxKetama: BalancingPolicy = {
  ...stateless,
  isByName: true,
  pick(targets, sets, set, members, count, avoid, draw, key) {
    const ring = ketama.of(targets, sets, set, members, count);
    if (key !== undefined && key.text.length > 0 && count > 1 && ring.points.length > 0) {
      const place = placeOf(ring, crc32(key.text));
      for (let tries = 0; tries <= nginxTriesMax; tries++) {
        const row = ring.rows[(place + tries) % ring.rows.length]!;
        if (row !== avoid && isOpen(targets, row)) return row;
      }
    }
    return nginxRoundRobin.pick(targets, sets, set, members, count, avoid, draw);
  },
};

const ketama = new Derived<Ring>(ringOf, { ofUsable: false });
const pointsPerWeight = 160;

function ringOf(targets: TargetColumns, members: Int32Array, count: number): Ring {
  const points: [point: number, row: number][] = [];
  const seen = new Set<number>();
  for (const row of members.subarray(0, count)) {
    const base = nameHash(nameText(targets.name[row]!));
    let point = 0;
    for (let index = 0; index < pointsPerWeight * targets.weight[row]!; index++) {
      // Each point is the hash of the one before it.
      point = ~crcUpdated(base, [point & 0xff, (point >>> 8) & 0xff, (point >>> 16) & 0xff, point >>> 24]) >>> 0;
      if (!seen.has(point)) points.push([point, row]);
      seen.add(point);
    }
  }
  return sorted(points);
}

/** The running CRC-32 of its host, a zero byte and its port. */
function nameHash(name: string): number {
  const colon = name.lastIndexOf(":");
  const [host, port] = colon < 0 ? [name, ""] : [name.slice(0, colon), name.slice(colon + 1)];
  return crcUpdated(-1, nameBytes(`${host}\u0000${port}`));
}
