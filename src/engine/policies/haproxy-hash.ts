import type { BalancingPolicy, RequestKey } from "./balancing-policy.ts";
import { avalanche, crc32, djb2, sdbm, wt6, type Bytes } from "./hashes.ts";
import { slotMap } from "./haproxy-map.ts";
import { haproxyRing, nearest, nextOnRing } from "./haproxy-ring.ts";
import { haproxyStaticRr } from "./haproxy-static-rr.ts";
import { stateless } from "./stateless.ts";
import { isFull } from "./target-columns.ts";

const functions = { sdbm, djb2, wt6, crc32 } as const satisfies Record<string, (bytes: Bytes) => number>;

export interface HaproxyHashing {
  /** The client's address, or a text such as the URI. */
  readonly of: "source" | "text";
  readonly type: "map-based" | "consistent";
  /** Of a text; an address is a number already. */
  readonly function: keyof typeof functions;
  /** HAProxy avalanches a consistent hash by itself only where no function is named. */
  readonly avalanche: boolean;
}

/**
 * HAProxy's `balance source`, `balance uri` and the like with any `hash-type` ([S] backend.c). A request without
 * the key goes round the map, or round the ring. A full server is not passed over: the request waits for it.
 */
export function haproxyHash(hashing: HaproxyHashing): BalancingPolicy {
  return {
    ...stateless,
    pick(targets, sets, set, members, count, avoid, draw, key) {
      if (key === undefined) return keyless();
      const row = rowFor(hashOf(hashing, key));
      return row >= 0 && isFull(targets, row) ? -1 : row;

      function rowFor(hash: number): number {
        if (hashing.type === "consistent") return nearest(haproxyRing.of(targets, sets, set, members, count), hash, avoid);
        const slots = slotMap.of(targets, sets, set, members, count);
        return slots.length === 0 ? -1 : slots[hash % slots.length]!;
      }

      function keyless(): number {
        if (hashing.type === "map-based") return haproxyStaticRr.pick(targets, sets, set, members, count, avoid, draw);
        return nextOnRing({ targets, sets, set, ring: haproxyRing.of(targets, sets, set, members, count), avoid });
      }
    },
  };
}

function hashOf(hashing: HaproxyHashing, key: RequestKey): number {
  const hash = hashing.of === "source" ? key.source >>> 0 : functions[hashing.function](key.text);
  return hashing.avalanche ? avalanche(hash) : hash;
}
