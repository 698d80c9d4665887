import type { KindDeclaration } from "../../document/kind-declaration.ts";
import { choice, defineSettings, flag, quantity } from "../../document/settings.ts";

const of = (...is: readonly string[]) => ({ when: { setting: "system", is } });
const consul = { source: "Consul 1.8.7, measured: c_consul" };
const eureka = { ...of("eureka"), source: "Netflix/eureka: DefaultEurekaServerConfig, DefaultEurekaClientConfig, Lease.java" };
const nacos = { source: "alibaba/nacos 3.0: Constants.java, UnhealthyInstanceChecker.java, ServiceUtil.java" };
const sentinel = { ...of("sentinel"), source: "sentinel.conf of Redis 7.0" };
const kubernetes = { ...of("kubernetes"), source: "kubernetes.io: probes; architecture/nodes" };

const byMajority = ["lease", "consul-ttl", "consul-check", "etcd", "zookeeper", "nacos-persistent", "kubernetes"] as const;

const systems = [
  ...["lease", "consul-ttl", "consul-check", "etcd", "zookeeper", "eureka"],
  ...["nacos-beat", "nacos-grpc", "nacos-persistent", "kubernetes", "dns", "sentinel"],
];

export const settings = defineSettings({
  /** Whose rules it goes by. A lease alone: gone when it was not renewed in time. */
  system: choice(systems, "lease"),
  /** A lease ends this long after its last renewal. */
  ttlMs: quantity("ms", [100, 3_600_000], 15_000, {
    ...of("lease", "consul-ttl", "etcd"),
    source: {
      by: "system",
      are: {
        "consul-ttl": "Consul: a TTL check turns critical exactly its TTL after the last update",
        etcd: "etcd: a lease ends up to half a second after its TTL, measured: c_etcd",
      },
    },
  }),
  checkBy: choice(["http", "tcp"], "http", {
    ...of("consul-check", "nacos-persistent"),
    source: { by: "system", are: { "consul-check": consul.source, "nacos-persistent": nacos.source } },
  }),
  checkIntervalMs: quantity("ms", [10, 3_600_000], 10_000, { ...consul, ...of("consul-check") }),
  checkTimeoutMs: quantity("ms", [1, 3_600_000], 10_000, { ...consul, ...of("consul-check") }),
  failuresBeforeCritical: quantity("count", [1, 100], 1, { ...consul, ...of("consul-check") }),
  successBeforePassing: quantity("count", [1, 100], 1, { ...consul, ...of("consul-check") }),
  initialStatus: choice(["critical", "passing"], "critical", { ...consul, ...of("consul-ttl", "consul-check") }),
  /** 0: never. */
  deregisterMs: quantity("ms", [0, 86_400_000], 0, { ...consul, ...of("consul-ttl", "consul-check") }),
  electionMs: quantity("ms", [10, 50_000], 1000, { ...of("etcd"), source: "etcd: --election-timeout; a lease lasts at least 1.5 of it" }),
  sessionMs: quantity("ms", [100, 3_600_000], 10_000, { ...of("zookeeper"), source: "ZooKeeper 3.8, measured: c_zookeeper" }),
  tickMs: quantity("ms", [10, 60_000], 2000, { ...of("zookeeper"), source: "ZooKeeper: tickTime; sessions last 2 to 20 of them" }),
  leaseMs: quantity("ms", [1000, 3_600_000], 90_000, eureka),
  evictionMs: quantity("ms", [100, 3_600_000], 60_000, eureka),
  selfPreservation: flag(true, eureka),
  renewalThreshold: quantity("%", [0, 100], 85, eureka),
  responseCacheMs: quantity("ms", [0, 3_600_000], 30_000, eureka),
  fetchMs: quantity("ms", [100, 3_600_000], 30_000, eureka),
  unhealthyMs: quantity("ms", [100, 3_600_000], 15_000, { ...nacos, ...of("nacos-beat") }),
  removeMs: quantity("ms", [100, 3_600_000], 30_000, { ...nacos, ...of("nacos-beat") }),
  silentMs: quantity("ms", [100, 3_600_000], 20_000, { ...of("nacos-grpc"), source: "alibaba/nacos: NacosRuntimeConnectionEjector.java" }),
  // What hangs on a connection is gone with it, and no share of what is left is ill.
  protectThreshold: quantity("%", [0, 100], 0, { ...nacos, ...of("nacos-beat", "nacos-persistent") }),
  probePeriodMs: quantity("ms", [10, 3_600_000], 10_000, kubernetes),
  probeTimeoutMs: quantity("ms", [1, 3_600_000], 1000, kubernetes),
  probeFailures: quantity("count", [1, 100], 3, kubernetes),
  probeSuccesses: quantity("count", [1, 100], 1, kubernetes),
  nodeGraceMs: quantity("ms", [1000, 3_600_000], 40_000, kubernetes),
  downAfterMs: quantity("ms", [100, 3_600_000], 30_000, sentinel),
  quorum: quantity("count", [1, 100], 2, sentinel),
  failoverTimeoutMs: quantity("ms", [1000, 3_600_000], 180_000, sentinel),
  // Several members.
  raftMultiplier: quantity("count", [1, 10], 5, {
    ...of("consul-ttl", "consul-check"),
    source: "Consul: performance.raft_multiplier; hashicorp/raft DefaultConfig",
  }),
  syncLimit: quantity("count", [1, 1000], 5, { ...of("zookeeper"), source: "ZooKeeper: zoo_sample.cfg" }),
  replicationMs: quantity("ms", [0, 60_000], 500, { ...of("eureka"), source: "Netflix/eureka: PeerEurekaNode.java" }),
  staleReads: flag(false, {
    ...of(...byMajority),
    source: {
      by: "system",
      are: { "consul-ttl": "Consul: ?stale", "consul-check": "Consul: ?stale", etcd: "etcd: serializable reads" },
    },
  }),
  /** How consumers learn of changes: told at once, or asking again. */
  consumers: choice(["own", "watch", "poll", "long-poll", "dns"], "own"),
  pollMs: quantity("ms", [10, 3_600_000], 5000, { when: { setting: "consumers", is: ["poll"] } }),
  waitMs: quantity("ms", [100, 600_000], 300_000, {
    when: { setting: "consumers", is: ["own", "long-poll"] },
    source: "Consul: blocking queries wait 5 minutes, and up to a sixteenth more",
  }),
  /** How long a name's answer may be kept. */
  recordTtlMs: quantity("ms", [0, 86_400_000], 30_000),
  /** Of several addresses: sentinels give one, the master's. */
  answerOrder: choice(["cyclic", "random", "fixed"], "cyclic", {
    source: "BIND 9: rrset-order; RFC 1794",
    ...of(...systems.filter((system) => system !== "sentinel")),
  }),
});

export type RegistrySettings = (typeof settings)["defaults"];

export const declaration = {
  id: "service-registry",
  settings,
  calls: ["peer"],
  accepts: ["registration", "lookup", "membership"],
  places: [],
  placedIn: ["canvas", "site"],
  registry: {
    rules: "system",
    patience: {
      lease: "ttlMs",
      "consul-ttl": "ttlMs",
      etcd: "ttlMs",
      zookeeper: "sessionMs",
      "nacos-beat": "unhealthyMs",
      "nacos-grpc": "silentMs",
    },
    setsPace: ["etcd", "zookeeper", "eureka", "nacos-beat", "nacos-grpc"],
    byMajority,
    watched: { rules: ["sentinel"], quorum: "quorum", mark: "master" },
  },
  acts: ["kill", "recreate"],
  size: { width: 264, height: 108 },
  palette: { group: "network", key: "s", order: 1 },
  stem: "registry",
} as const satisfies KindDeclaration;
