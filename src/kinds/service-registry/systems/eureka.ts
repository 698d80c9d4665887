import { plain, us, type RegistrySystem } from "./system.ts";

/**
 * Netflix/eureka. Its documents call the lease 90 s: Lease.renew() stores now + duration, and isExpired() adds the
 * duration again, so it is 180 s, and then the eviction task's next minute. Only what was never renewed ends after 90 s.
 * It is all in memory: what registers again after a restart is known again.
 */
export const eureka: RegistrySystem = {
  ...plain,
  remembers: false,
  renewUs: () => 30_000_000,
  // Nothing lapses by itself: the sweep evicts.
  lapseUs: () => Infinity,
  lapseWindowUs: ({ leaseMs, evictionMs }) => [2 * us(leaseMs), 2 * us(leaseMs) + us(evictionMs)],
  sweep: ({ leaseMs, evictionMs, selfPreservation, renewalThreshold }) => ({
    everyUs: us(evictionMs),
    afterUs: 2 * us(leaseMs),
    neverRenewedAfterUs: us(leaseMs),
    keepsBelow: selfPreservation ? renewalThreshold / 100 : null,
    keepsPart: renewalThreshold / 100,
  }),
  // PeerEurekaNode: batches wait 500 ms at most; peerNodeReadTimeoutMs is 200 ms.
  members: ({ replicationMs }) => ({ by: "peers", batchUs: us(replicationMs), patienceUs: 200_000 }),
  cacheUs: ({ responseCacheMs }) => us(responseCacheMs),
  lookup: ({ fetchMs }) => ({ way: "poll", everyUs: us(fetchMs) }),
};

/** Renewals that a minute must bring, for so many instances at two a minute each (updateRenewsPerMinThreshold). */
export function renewalsWanted(instances: number, part: number): number {
  return Math.floor(instances * 2 * part);
}

/** At most so many are evicted at once (AbstractInstanceRegistry.evict). */
export function evictedAtMost(instances: number, part: number): number {
  return instances - Math.floor(instances * part);
}
