import { plain, raftOf, syncUs, untilTick, us, type RegistrySystem } from "./system.ts";

/** The beat check runs every 5 s for each client, from its registration on. */
const taskUs = 5_000_000;

/** PushConstants: changes are pushed half a second later, all at once. */
const nacos: RegistrySystem = {
  ...plain,
  entry: "status",
  remembers: false,
  mergeUs: 500_000,
  protectAt: ({ protectThreshold }) => protectThreshold,
  // DistroConfig: what is ephemeral is synchronised a second later, and given up after 3 s.
  members: () => ({ by: "peers", batchUs: 1_000_000, patienceUs: 3_000_000 }),
};

/** Nacos 1.x, ephemeral: unhealthy when no beat came for more than 15 s, gone after more than 30 s, as the task finds it. */
export const nacosBeat: RegistrySystem = {
  ...nacos,
  renewUs: () => 5_000_000,
  lapseUs: ({ unhealthyMs }, { nowUs, registeredUs }) => untilTick(nowUs + us(unhealthyMs), taskUs, registeredUs, nowUs, true),
  lapseWindowUs: ({ unhealthyMs }) => [us(unhealthyMs), us(unhealthyMs) + taskUs],
  // It was silent for `unhealthyMs` already when it became unhealthy.
  reapUs: ({ unhealthyMs, removeMs }, { nowUs }) => untilTick(nowUs + us(Math.max(0, removeMs - unhealthyMs)), taskUs, nowUs, nowUs),
};

const ejectorUs = 3_000_000;
const answerUs = 5_000_000;

/** Nacos 2.x: the connection is the lease. Closed, its instances are gone at once; silent, the ejector asks, waits 5 s, and unregisters. */
export const nacosGrpc: RegistrySystem = {
  ...nacos,
  entry: "lease",
  hearsClosing: true,
  renewUs: () => 5_000_000,
  lapseUs: ({ silentMs }, { nowUs, bornUs, phase }) =>
    untilTick(nowUs + us(silentMs), ejectorUs, bornUs - phase * ejectorUs, nowUs) + answerUs,
  lapseWindowUs: ({ silentMs }) => [us(silentMs) + answerUs, us(silentMs) + ejectorUs + answerUs],
};

/** Persistent instances: the server asks, three times before it believes; never deleted. */
export const nacosPersistent: RegistrySystem = {
  ...nacos,
  remembers: true,
  // JRaft: election_timeout_ms is 5000, heartbeats come ten times as often (RaftOptions.electionHeartbeatFactor); it asks first (NodeImpl.preVote).
  members: () => ({ ...raftOf(500, 5000), asksFirst: true }),
  renewUs: () => syncUs,
  lapseUs: () => Infinity,
  lapseWindowUs: () => [Infinity, Infinity],
  checks: ({ checkBy }) => ({
    from: "registry",
    by: checkBy as "http" | "tcp",
    firstUs: [2_000_000, 7_000_000],
    intervalUs: 5_000_000,
    counts: "from-end",
    timeoutUs: 500_000,
    failures: 3,
    successes: 3,
    firstCounts: false,
    glanceUs: 0,
  }),
};
