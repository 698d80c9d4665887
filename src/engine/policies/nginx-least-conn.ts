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
    if (tied.length < count) tied = new Int32Array(count);
    let ties = 0;
    let fewest = 0;
    let ofWeight = 0;
    for (let index = 0; index < count; index++) {
      const row = members[index]!;
      if (row === avoid || !isOpen(targets, row)) continue;
      const difference = ties === 0 ? -1 : connections[row]! * ofWeight - fewest * weight[row]!;
      if (difference > 0) continue;
      if (difference < 0) {
        ties = 0;
        fewest = connections[row]!;
        ofWeight = weight[row]!;
      }
      tied[ties++] = row;
    }
    if (ties === 1) return tied[0]!;
    // Of none, only the one just tried is left, or nobody.
    return ties === 0
      ? nginxRoundRobin.pick(targets, sets, set, members, count, avoid, draw)
      : nginxRoundRobin.pick(targets, sets, set, tied, ties, avoid, draw);
  },
};

/** Scratch paper of one pick: those that tie so far. */
let tied = new Int32Array(16);
