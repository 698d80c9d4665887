import type { BalancingPolicy } from "./balancing-policy.ts";
import { firstOpen } from "./first-open.ts";
import { stateless } from "./stateless.ts";

/**
 * Whoever has resolved a name connects to the first address of the answer for as long as it keeps that; where that has just
 * failed, to the next one ([D] RFC 1794, RFC 6724 §2: applications try the addresses of a list in its order; gRPC calls it pick_first).
 */
export const firstOfAnswer: BalancingPolicy = {
  ...stateless,
  pick(targets, sets, set, members, count, avoid) {
    const place = (row: number) => Math.max(0, members.indexOf(row));
    const from = avoid < 0 ? place(sets.lead[set]! - 1) : place(avoid) + 1;
    return firstOpen(targets, members, count, from, avoid);
  },
};
