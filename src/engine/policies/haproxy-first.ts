import type { BalancingPolicy } from "./balancing-policy.ts";
import { firstOpen } from "./first-open.ts";
import { stateless } from "./stateless.ts";

/** HAProxy's `first` ([S] lb_fas.c): the first server in order that has room; the next ones only see what overflows. */
export const haproxyFirst: BalancingPolicy = {
  ...stateless,
  pick(targets, _sets, _set, members, count, avoid) {
    return firstOpen(targets, members, count, 0, avoid);
  },
};
