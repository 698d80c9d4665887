import type { BalancingPolicy } from "./balancing-policy.ts";
import { isOpen } from "./nginx-hash.ts";
import { loseWeight, nginxRoundRobin } from "./nginx-round-robin.ts";
import { stateless } from "./stateless.ts";

/**
 * nginx's `least_conn` ([S] ngx_http_upstream_least_conn_module.c): the fewest requests for its weight. Those that tie
 * go round smoothly among themselves; the others' current weights rest.
 */
export const nginxLeastConn: BalancingPolicy = {
  ...stateless,
  failed: loseWeight,
  pick(targets, sets, set, members, count, avoid, draw) {
    const { connections, weight } = targets;
    let least = -1;
    tied.length = 0;
    for (let index = 0; index < count; index++) {
      const row = members[index]!;
      if (row === avoid || !isOpen(targets, row)) continue;
      const difference = least < 0 ? -1 : connections[row]! * weight[least]! - connections[least]! * weight[row]!;
      if (difference > 0) continue;
      if (difference < 0) tied.length = 0;
      least = row;
      tied.push(row);
    }
    // Only the one just tried is left, or nobody.
    if (tied.length === 0) return nginxRoundRobin.pick(targets, sets, set, members, count, avoid, draw);
    if (tied.length === 1) return least;
    return nginxRoundRobin.pick(targets, sets, set, Int32Array.from(tied), tied.length, avoid, draw);
  },
};

/** Scratch paper of one pick. */
const tied: number[] = [];
