import type { BalancingPolicy } from "./balancing-policy.ts";
import { atWeight, isOpen, nginxTriesMax, totalWeight } from "./nginx-hash.ts";
import { nginxRoundRobin } from "./nginx-round-robin.ts";
import { stateless } from "./stateless.ts";

/** nginx's `ip_hash` ([S] ngx_http_upstream_ip_hash_module.c): of the first three octets of the client's address. */
export const nginxIpHash: BalancingPolicy = {
  ...stateless,
  pick(targets, sets, set, members, count, avoid, draw, key) {
    const total = totalWeight(targets, members, count);
    if (key === undefined || count === 1 || total === 0) return nginxRoundRobin.pick(targets, sets, set, members, count, avoid, draw);
    let hash = 89;
    // A peer that cannot be had: the octets are hashed once more, upon the hash so far.
    for (let tries = 0; tries <= nginxTriesMax; tries++) {
      for (let shift = 24; shift > 0; shift -= 8) hash = (hash * 113 + ((key.source >>> shift) & 0xff)) % 6271;
      const row = atWeight(targets, members, hash % total);
      if (row !== avoid && isOpen(targets, row)) return row;
    }
    return nginxRoundRobin.pick(targets, sets, set, members, count, avoid, draw);
  },
};
