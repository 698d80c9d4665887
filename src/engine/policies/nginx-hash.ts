import type { BalancingPolicy } from "./balancing-policy.ts";
import { crc32, crcUpdated } from "./hashes.ts";
import { nginxRoundRobin } from "./nginx-round-robin.ts";
import { stateless } from "./stateless.ts";
import { isFull, type TargetColumns } from "./target-columns.ts";

/** nginx gives up hashing after so many peers that cannot be had, and goes round. */
export const nginxTriesMax = 20;

/**
 * nginx's `hash $key` ([S] ngx_http_upstream_hash_module.c): over all weights, down or not, so that a peer that is down
 * moves only its own keys; they are hashed anew with 1, 2, … before them.
 */
export const nginxHash: BalancingPolicy = {
  ...stateless,
  pick(targets, sets, set, members, count, avoid, draw, key) {
    const total = totalWeight(targets, members, count);
    if (key === undefined || key.text.length === 0 || count === 1 || total === 0)
      return nginxRoundRobin.pick(targets, sets, set, members, count, avoid, draw);
    let hash = 0;
    for (let tries = 0; tries <= nginxTriesMax; tries++) {
      const crc = tries === 0 ? crc32(key.text) : ~crcUpdated(crcUpdated(-1, digitsOf(tries)), key.text) >>> 0;
      hash += (crc >>> 16) & 0x7fff;
      const row = atWeight(targets, members, hash % total);
      if (row !== avoid && isOpen(targets, row)) return row;
    }
    return nginxRoundRobin.pick(targets, sets, set, members, count, avoid, draw);
  },
};

export function totalWeight({ weight }: TargetColumns, members: Int32Array, count: number): number {
  let total = 0;
  for (let index = 0; index < count; index++) total += weight[members[index]!]!;
  return total;
}

/** Whose weight it is that covers this place, when all are laid end to end. */
export function atWeight({ weight }: TargetColumns, members: Int32Array, place: number): number {
  let left = place;
  let index = 0;
  while (left >= weight[members[index]!]!) left -= weight[members[index++]!]!;
  return members[index]!;
}

export function isOpen(targets: TargetColumns, row: number): boolean {
  return targets.usable[row] === 1 && !isFull(targets, row);
}

function digitsOf(count: number): number[] {
  return Array.from(String(count), (digit) => digit.charCodeAt(0));
}
