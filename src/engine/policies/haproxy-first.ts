import type { BalancingPolicy } from "./balancing-policy.ts";
import { stateless } from "./stateless.ts";
import { isFull } from "./target-columns.ts";

/** HAProxy's `first` ([S] lb_fas.c): the first server in order that has room; the next ones only see what overflows. */
export const haproxyFirst: BalancingPolicy = {
  ...stateless,
  pick(targets, _sets, _set, members, count, avoid) {
    let avoided = -1;
    for (let index = 0; index < count; index++) {
      const row = members[index]!;
      if (targets.usable[row] === 0 || isFull(targets, row)) continue;
      if (row !== avoid) return row;
      avoided = row;
    }
    return avoided;
  },
};
