import type { BalancingPolicy } from "./balancing-policy.ts";
import { Derived } from "./derived.ts";
import { isOpen } from "./nginx-hash.ts";
import { stateless } from "./stateless.ts";
import { isFull, type TargetColumns } from "./target-columns.ts";

/**
 * The schedulers of the kernel's IPVS that kube-proxy offers ([S] ip_vs_rr.c, ip_vs_lc.c, ip_vs_sh.c). A destination that is
 * added goes to the head of the list ([S] ip_vs_ctl.c, __ip_vs_update_dest), so that each begins with the youngest.
 */
export const ipvsRoundRobin: BalancingPolicy = {
  ...stateless,
  pick(targets, sets, set, members, count, avoid) {
    let avoided = -1;
    for (let step = 0; step < count; step++) {
      const row = members[count - 1 - (sets.policyPlace[set]!++ % count)]!;
      if (!isOpen(targets, row)) continue;
      if (row !== avoid) return row;
      avoided = row;
    }
    return avoided;
  },
};

/** Fewest connections; whatever they weigh, and the youngest among equals. */
export const ipvsLeastConnection: BalancingPolicy = {
  ...stateless,
  pick(targets, _sets, _set, members, count, avoid) {
    const { connections } = targets;
    let least = -1;
    for (let index = count - 1; index >= 0; index--) {
      const row = members[index]!;
      if (row === avoid || !isOpen(targets, row)) continue;
      if (least < 0 || connections[row]! < connections[least]!) least = row;
    }
    return least < 0 && avoid >= 0 && isOpen(targets, avoid) ? avoid : least;
  },
};

/** 256 buckets, dealt out by weight; a client's address falls into one of them. Without an address it goes round. */
export const ipvsSourceHash: BalancingPolicy = {
  ...stateless,
  pick(targets, sets, set, members, count, avoid, draw, key) {
    if (key === undefined) return ipvsRoundRobin.pick(targets, sets, set, members, count, avoid, draw);
    const dealt = buckets.of(targets, sets, set, members, count);
    if (dealt.length === 0) return -1;
    const row = dealt[Math.imul(key.source, goldenPrime) & (bucketCount - 1)]!;
    // It knows no other for this address: a connection that cannot be had there is dropped.
    return isFull(targets, row) ? -1 : row;
  },
};

const bucketCount = 256;
/** Knuth's, in ip_vs_sh_hashkey. */
const goldenPrime = 2654435761;

const buckets = new Derived<Int32Array>(bucketsOf, { ofUsable: true });

function bucketsOf({ usable, weight }: TargetColumns, members: Int32Array, count: number): Int32Array {
  const rows = Array.from(members.subarray(0, count))
    .filter((row) => usable[row] === 1)
    .reverse();
  const dealt = rows.flatMap((row) => Array.from({ length: weight[row]! }, () => row));
  return dealt.length === 0 ? new Int32Array(0) : Int32Array.from({ length: bucketCount }, (_, index) => dealt[index % dealt.length]!);
}
