import type { BalancingPolicy } from "./balancing-policy.ts";
import { isOpen } from "./nginx-hash.ts";
import { stateless } from "./stateless.ts";

/** One after the other, whatever they weigh; `first` is who begins. Caddy's round_robin begins at the second, Varnish's at the first. */
export function rotation(first: number): BalancingPolicy {
  return {
    ...stateless,
    pick(targets, sets, set, members, count, avoid) {
      let avoided = -1;
      for (let step = 0; step < count; step++) {
        const row = members[(first + sets.policyPlace[set]!++) % count]!;
        if (!isOpen(targets, row)) continue;
        if (row !== avoid) return row;
        avoided = row;
      }
      return avoided;
    },
  };
}
