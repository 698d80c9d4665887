import type { RegistrySettings } from "../declaration.ts";
import { plain, raftOf, syncUs, untilTick, us, type Clock, type MachineRules, type RegistrySystem } from "./system.ts";

/** DeregisterCriticalServiceAfter: at least a minute, and then on the agent's next 30 s tick ([M] c_consul: 61.7–88.0 s for 60 s). */
const reapFloorUs = 60_000_000;
const reapTickUs = 30_000_000;

function reapUs({ deregisterMs }: RegistrySettings, clock: Clock): number {
  if (deregisterMs === 0) return Infinity;
  const dueUs = clock.nowUs + Math.max(reapFloorUs, us(deregisterMs));
  return untilTick(dueUs, reapTickUs, clock.bornUs - clock.phase * reapTickUs, clock.nowUs);
}

/**
 * serf, with the gossip of a LAN: a probe reaches the dead agent within 0.7 s, fails after 1 s, and 4 s later nobody has
 * refuted the suspicion ([M] c_consul_serf: 5.0–5.7 s with four nodes).
 */
const serf: MachineRules = { heardEveryUs: 700_000, silentUs: 5_700_000, tickUs: 0 };

const consul: RegistrySystem = {
  ...plain,
  entry: "status",
  reapUs,
  begins: ({ initialStatus }) => initialStatus as "passing" | "critical",
  machine: () => serf,
  // udp_answer_limit: at most three records in an answer.
  dnsAnswers: 3,
  // hashicorp/raft DefaultConfig (1 s, heartbeats in a tenth of it, leader lease 0.5 s) times raft_multiplier, which is 5.
  members: ({ raftMultiplier }) => raftOf(100 * raftMultiplier, 1000 * raftMultiplier, 500 * raftMultiplier),
  lookup: ({ waitMs }) => ({ way: "long-poll", everyUs: us(waitMs) }),
};

/** The instance says of itself that it is well; critical exactly its TTL after it last said so ([M] 3002–3008 ms of 3 s). */
export const consulTtl: RegistrySystem = consul;

/** Its agent asks. Nobody renews; the very first result after the registration applies at once ([M] http_check_fbc2_sbp2). */
export const consulCheck: RegistrySystem = {
  ...consul,
  renewUs: () => syncUs,
  lapseUs: () => Infinity,
  lapseWindowUs: () => [Infinity, Infinity],
  checks: (settings) => ({
    from: "machine",
    by: settings.checkBy as "http" | "tcp",
    firstUs: [0, us(settings.checkIntervalMs)],
    intervalUs: us(settings.checkIntervalMs),
    // check.go: the next pause begins when the check has ended.
    counts: "from-end",
    timeoutUs: us(settings.checkTimeoutMs),
    failures: settings.failuresBeforeCritical,
    successes: settings.successBeforePassing,
    firstCounts: true,
    glanceUs: 0,
  }),
};
