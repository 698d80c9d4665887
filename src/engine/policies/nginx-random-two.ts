import type { BalancingPolicy } from "./balancing-policy.ts";
import { atWeight, isOpen, nginxTriesMax, totalWeight } from "./nginx-hash.ts";
import { nginxRoundRobin } from "./nginx-round-robin.ts";
import { stateless } from "./stateless.ts";

/**
 * nginx's `random two least_conn` ([S] ngx_http_upstream_random_module.c): two different peers by chance, as likely as
 * their weights say; the one with the fewer requests for its weight wins, the later among equals.
 */
export const nginxRandomTwo: BalancingPolicy = {
  ...stateless,
  pick(targets, sets, set, members, count, avoid, draw) {
    const { connections, weight } = targets;
    const total = totalWeight(targets, members, count);
    let first = -1;
    for (let tries = 0; tries <= nginxTriesMax && count > 1 && total > 0; tries++) {
      const row = atWeight(targets, members, Math.floor(draw() * total));
      if (row === first || row === avoid || !isOpen(targets, row)) continue;
      if (first >= 0) return connections[row]! * weight[first]! > connections[first]! * weight[row]! ? first : row;
      first = row;
    }
    return nginxRoundRobin.pick(targets, sets, set, members, count, avoid, draw);
  },
};
