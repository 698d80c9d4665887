import type { BalancingPolicy } from "./balancing-policy.ts";
import { isOpen } from "./nginx-hash.ts";
import { stateless } from "./stateless.ts";
import { orAvoided } from "./target-columns.ts";

/**
 * Apache's lbmethod_bybusyness ([S] mod_lbmethod_bybusyness.c): the fewest requests under way, whatever they weigh; of those that tie whoever
 * has waited longest for its weight, as byrequests counts it, the first among equals.
 */
export const apacheByBusyness: BalancingPolicy = {
  ...stateless,
  pick(targets, _sets, _set, members, count, avoid) {
    const { connections, weight, policyCurrent: status } = targets;
    let best = -1;
    let total = 0;
    for (let index = 0; index < count; index++) {
      const row = members[index]!;
      if (row === avoid || !isOpen(targets, row)) continue;
      status[row]! += weight[row]!;
      total += weight[row]!;
      const isBetter =
        best < 0 || connections[row]! < connections[best]! || (connections[row] === connections[best] && status[row]! > status[best]!);
      if (isBetter) best = row;
    }
    if (best >= 0) status[best]! -= total;
    return orAvoided(targets, best, avoid);
  },
};
