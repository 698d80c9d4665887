import type { BalancingPolicy } from "./balancing-policy.ts";
import { slotMap } from "./haproxy-map.ts";
import { stateless } from "./stateless.ts";
import { isFull } from "./target-columns.ts";

/**
 * HAProxy's static-rr ([S] lb_map.c): round and round a map of slots that is made in advance. 3:2:1 gives 1 1 2 1 2 3,
 * where roundrobin gives 1 2 1 3 1 2.
 */
export const haproxyStaticRr: BalancingPolicy = {
  ...stateless,
  pick(targets, sets, set, members, count, avoid) {
    const slots = slotMap.of(targets, sets, set, members, count);
    if (slots.length === 0) return -1;
    const start = sets.policyPlace[set]! < slots.length ? sets.policyPlace[set]! : 0;
    let avoidedAt = -1;
    for (let step = 0; step < slots.length; step++) {
      const at = (start + step) % slots.length;
      const row = slots[at]!;
      if (isFull(targets, row)) continue;
      avoidedAt = at;
      if (row === avoid) continue;
      break;
    }
    if (avoidedAt < 0) return -1;
    // Behind the map's end it stays there: a map that has grown by the next pick goes on from that place.
    sets.policyPlace[set] = avoidedAt + 1;
    return slots[avoidedAt]!;
  },
};
