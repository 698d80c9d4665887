import { expect, test } from "vitest";
import { play } from "../play.ts";
import type { RecordedCase } from "../recorded-case.ts";

const caseOf = (group: string, system: string, name: string, fields: Record<string, unknown>): RecordedCase => ({
  file: "x.json",
  group,
  system,
  meant: system,
  name,
  fields: { ...fields, group, system, case: name },
});
const verdictOf = (...told: Parameters<typeof caseOf>) => play(caseOf(...told)).verdict;

const redis = "redis 7.0.15 sentinel x3, quorum 2 (events as seen by sentinel 1)";
const run = (sdown: number, odown: number, switch_master: number, first_write_ok_on_replica: number) => ({
  sdown,
  odown,
  try_failover_local: null,
  switch_master,
  first_write_ok_on_replica,
});

test.each([
  ["another down-after", "master_SIGKILL_down_after_2000", redis, [run(2080, 2170, 2600, 2420)]],
  ["in seconds", "master_SIGKILL_down_after_30s", redis, [run(30_080, 31_160, 31_250, 30_400)]],
  ["another quorum", "master_SIGKILL_down_after_5000", "redis 7.0.15 sentinel x5, quorum 4", [run(5070, 6170, 6300, 5450)]],
  ["any one sentinel", "master_SIGKILL_down_after_5000", "redis 7.0.15 sentinel x3, quorum 1", [run(5070, 5070, 6100, 5300)]],
  ["a master that is frozen", "master_SIGSTOP_down_after_5000", redis, [run(5600, 5700, 6700, 5900)]],
])("Sentinel's failover is understood: %s", (_, name, system, runs) => {
  expect(verdictOf("failover", system, name, { runs })).toBe("match");
});

test.each([
  ["too soon", [run(4000, 4100, 4600, 4300)]],
  ["half a minute late", [run(5070, 5170, 36_000, 35_400)]],
  ["a switch before anybody was sure", [run(5070, 5170, 5100, 5080)]],
])("what no failover does is a miss: %s", (_, runs) => {
  expect(verdictOf("failover", redis, "master_SIGKILL_down_after_5000", { runs })).toBe("miss");
});

const consul = "consul 1.8.7 (Debian 11 package), single dev agent";
const agents = "consul 1.8.7: 1 server + 3 clients, default LAN gossip";

test.each([
  ["match", "ttl10s_expiry", { ms_last_heartbeat_to_critical_seen_by_long_poll: [10_003, 10_002] }],
  ["match", "ttl500ms_expiry", { ms_last_heartbeat_to_critical_seen_by_long_poll: [502] }],
  ["miss", "ttl10s_expiry", { ms_last_heartbeat_to_critical_seen_by_long_poll: [9000] }],
  ["match", "blocking_query_timeout_wait5s", { ms: [5040, 5290] }],
  ["miss", "blocking_query_timeout_wait5s", { ms: [5600] }],
  ["match", "http_check_fbc3_sbp1", { interval: "1s", ms_fail_to_critical: [2500], ms_lastcheck_to_critical: [3003] }],
  ["match", "deregister_after_60s", { ms_critical_to_deregistered: [61_700, 88_000, 75_100] }],
  ["match", "deregister_critical_service_after_75s", { ms_critical_to_gone: [99_400] }],
  ["match", "deregister_after_10s", { ms_critical_to_gone: [61_700] }],
  ["miss", "deregister_after_75s", { ms_critical_to_gone: [61_700] }],
] as const)("Consul, a %s: %s", (verdict, name, fields) => {
  expect(verdictOf("registry", consul, name, { interval: "2s", ...fields })).toBe(verdict);
});

test("an agent's leave, among more of them", () => {
  expect(verdictOf("registry", agents, "graceful_leave", { ms_leave_to_gone: 450, catalog: ["s2", "s3"] })).toBe("match");
  expect(verdictOf("registry", agents, "graceful_leave", { ms_leave_to_gone: 5000, catalog: ["s2", "s3"] })).toBe("miss");
  expect(verdictOf("registry", agents, "graceful_leave", { ms_leave_to_gone: 450, catalog: ["s2", "s3", "s4"] })).toBe("miss");
  const five = "consul 1.8.7: 1 server + 4 clients";
  expect(verdictOf("registry", five, "graceful_leave", { ms_leave_to_gone: [480, 590], catalog: ["s2", "s4", "s5"] })).toBe("match");
});

test.each([
  ["etcd 3.4.23", "lease_ttl7_expiry_after_last_keepalive", { ms: [7010, 7490] }],
  ["etcd 3.4.23", "granted_ttl_for_requested", { pairs: [[4, 4]] }],
  ["zookeeper 3.8.0, standalone, tickTime=1000", "negotiated_session_timeouts", { pairs: ["1000->2000", "5000->5000"] }],
  [
    "zookeeper 3.8.0, standalone, tickTime=2000",
    "ephemeral_6000ms_client_SIGKILL",
    { requested_timeout_ms: 6000, ms_failure_to_node_deleted: [5500, 7000] },
  ],
] as const)("%s, %s: understood", (system, name, fields) => {
  expect(verdictOf("registry", system, name, fields as Record<string, unknown>)).toBe("match");
});
