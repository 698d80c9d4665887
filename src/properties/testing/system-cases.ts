import { balanced, dies, parted, registered, several, type Cases, type SettingCase } from "./setting-sketches.ts";

const staleReads = (system: string): SettingCase => [true, several(`system=${system}`), parted, 30];

/** Three sentinels, which look after `db` and its replica. */
const watching = (settings = "") =>
  several(`system=sentinel downAfterMs=5000 ${settings}`).replace("db -> it: register", "db -> it: register tags=master");
const hurt: SettingCase = ["poll", watching(), dies, 30];

/** By kind and system: where a setting's own case shows nothing by that system's rules, another that does. */
export const systemCases: Readonly<Record<string, Readonly<Record<string, Cases>>>> = {
  "load-balancer": {
    caddy: { resend: [false, balanced("checks=none serverTimeoutMs=200 tryDurationMs=1000"), [[2, "hang db"]]] },
  },
  "service-registry": {
    "consul-ttl": { staleReads: staleReads("consul-ttl") },
    "consul-check": { staleReads: staleReads("consul-check"), raftMultiplier: [1, several("system=consul-check"), parted, 30] },
    etcd: { staleReads: staleReads("etcd") },
    zookeeper: { staleReads: staleReads("zookeeper") },
    "nacos-persistent": { staleReads: staleReads("nacos-persistent"), protectThreshold: [60, registered(""), dies, 60] },
    kubernetes: { staleReads: staleReads("kubernetes") },
    sentinel: {
      consumers: hurt,
      pollMs: [500, watching("consumers=poll"), dies, 30],
      recordTtlMs: [1000, watching("consumers=dns"), dies, 30],
    },
  },
};
