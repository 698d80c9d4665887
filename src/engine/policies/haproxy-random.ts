import type { BalancingPolicy } from "./balancing-policy.ts";
import { haproxyRing, nearest } from "./haproxy-ring.ts";
import { stateless } from "./stateless.ts";
import { isFull } from "./target-columns.ts";

/**
 * HAProxy's random(n) ([S] backend.c): n draws on the ring of consistent hashing, of which the one with the fewest
 * requests for its weight wins, the later among equals. The ring is lumpy, and so are the shares.
 */
export function haproxyRandom(draws: number): BalancingPolicy {
  return {
    ...stateless,
    pick(targets, sets, set, members, count, avoid, draw) {
      const { connections, weight } = targets;
      const ring = haproxyRing.of(targets, sets, set, members, count);
      let best = -1;
      for (let index = 0; index < draws; index++) {
        const row = nearest(ring, Math.floor(draw() * 2 ** 32), avoid);
        if (row < 0) return -1;
        if (best < 0 || connections[row]! * weight[best]! <= connections[best]! * weight[row]!) best = row;
      }
      return isFull(targets, best) ? -1 : best;
    },
  };
}
