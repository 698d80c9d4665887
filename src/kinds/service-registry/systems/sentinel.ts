import { plain, us, type RegistrySystem } from "./system.ts";

/** sentinel.c: SENTINEL_INFO_PERIOD, which is also about how often an instance that starts asks who is master until it is told. */
const infoUs = 10_000_000;

/**
 * Redis Sentinel 7.0: instances do not register. The sentinels are told of the first master, ask it who its replicas are, look at
 * all of them by themselves, and answer a name with the one master (https://redis.io: High availability with Redis Sentinel).
 */
export const sentinel: RegistrySystem = {
  ...plain,
  entry: "status",
  renewUs: () => infoUs,
  lapseUs: () => Infinity,
  lapseWindowUs: () => [Infinity, Infinity],
  members: () => null,
  watches: ({ downAfterMs, quorum, failoverTimeoutMs }) => ({
    downAfterUs: us(downAfterMs),
    quorum,
    failoverTimeoutUs: us(failoverTimeoutMs),
  }),
};
