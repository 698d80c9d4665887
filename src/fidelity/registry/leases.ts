import { exactly, type Outcome } from "../outcome.ts";
import { has, NotUnderstood, numberOf, numbersOf, type RecordedCase } from "../recorded-case.ts";
import type { SettingValues } from "../../document/topology.ts";
import { bandOf, lengthIn, ofRuns, within, type Band } from "./bands.ts";
import { RegistryRig } from "./registry-rig.ts";

const neverMs = 3_600_000;
const answerMs = 30;
/** Where two clocks beat against each other, the pings and the ticks, the ends are rare. */
const manyPhases = 200;

const isOf = (recorded: RecordedCase, system: RegExp): boolean => recorded.group === "registry" && system.test(recorded.meant);

/** etcd's leases: what is granted, when they end, and what a restart makes of them. */
export function playEtcd(recorded: RecordedCase): Outcome | null {
  if (!isOf(recorded, /^etcd/u)) return null;
  if (has(recorded, "pairs")) return playGranted(recorded);
  if (has(recorded, "runs")) return playRestart(recorded);
  if (has(recorded, "value_after_old_lease_expired")) return playNewLease(recorded);
  if (has(recorded, "ms_put_to_watch")) return playWatch(recorded);
  const ttlMs = lengthIn(recorded.name, "ttl");
  if (ttlMs === null || !has(recorded, "ms")) return null;
  const band = bandOf(ttlMs, (at, seed) => endsAfter({ system: "etcd", ttlMs }, at, seed));
  return within([{ name: "expired", recorded: numbersOf(recorded, "ms"), band, toleranceMs: 20 }]);
}

/** From the last renewal of an instance that hangs until its entry is gone. */
function endsAfter(registry: SettingValues, atMs: number, seed: number, isFromFault = false, act = "hang"): number | null {
  const rig = new RegistryRig({ registry, instances: ["w1"], seed });
  rig.until(60_000 + atMs);
  rig.act(act, "w1");
  const faultMs = rig.nowMs;
  const beatMs = rig.factMs("w1", "renewed");
  rig.until(faultMs + 120_000);
  const at = rig.whenMs("expired", faultMs, "w1");
  return at === null ? null : at - (isFromFault ? faultMs : beatMs);
}

/** Pairs of what was asked for and what was granted, in whole seconds: the end comes less than a second after it. */
function playGranted(recorded: RecordedCase): Outcome {
  const pairs = recorded.fields["pairs"] as readonly (readonly [number, number])[];
  const granted = (asked: number): number => {
    const after = endsAfter({ system: "etcd", ttlMs: asked * 1000 }, 0, 1);
    return after === null ? -1 : Math.floor(after / 1000);
  };
  const told = (list: readonly (readonly [number, number])[]) => list.map((pair) => pair.join("→")).join(" ");
  return exactly(told(pairs), told(pairs.map(([asked]) => [asked, granted(asked)])));
}

/** The key is written again under a new lease: the old lease's end takes nothing away. */
function playNewLease(recorded: RecordedCase): Outcome {
  const rig = new RegistryRig({ registry: { system: "etcd", ttlMs: 3000 }, instances: ["p"], registration: () => ({ identity: "same" }) });
  rig.until(5000);
  rig.act("recreate", "p");
  rig.until(20_000);
  const left = rig.entries.map(({ incarnation }) => `p${incarnation}`).join(" ");
  return exactly(String(recorded.fields["value_after_old_lease_expired"]), left);
}

/** What watches hears of a change as soon as the wire allows. */
function playWatch(recorded: RecordedCase): Outcome {
  const put = recorded.fields["ms_put_to_watch"] as Record<string, number>;
  const revoked = recorded.fields["ms_revoke_to_delete_event"] as Record<string, number> | undefined;
  const told = (act: string, what: string, seen: string): Band =>
    bandOf(1000, (at, seed) => {
      const rig = new RegistryRig({ registry: { system: "etcd" }, instances: ["w1", "w2"], seed });
      rig.until(5000 + at);
      rig.act(act, "w1");
      rig.until(rig.nowMs + 1000);
      const [changedMs, seenMs] = [rig.whenMs(what, 5000), rig.whenMs(seen, 5000)];
      return changedMs === null || seenMs === null ? null : seenMs - changedMs;
    });
  const ends = (times: Record<string, number>) => [times["min"]!, times["p50"]!, times["max"]!];
  const measured = [{ name: "put", recorded: ends(put), band: told("recreate", "registered", "target-added"), toleranceMs: answerMs }];
  if (revoked === undefined) return within(measured);
  const deletion = { name: "revoke", recorded: ends(revoked), band: told("stop", "withdrawn", "target-removed"), toleranceMs: answerMs };
  return within([...measured, deletion]);
}

/** "lease8s_granted_t0_server_killed_t3s_restarted_t4s". */
function playRestart(recorded: RecordedCase): Outcome {
  const { name } = recorded;
  const [ttlMs, killedMs, restartedMs] = [lengthIn(name, "lease"), lengthIn(name, "killed_t"), lengthIn(name, "restarted_t")];
  if (ttlMs === null || killedMs === null || restartedMs === null) throw new NotUnderstood("the case's name tells no times");
  const play = (seed: number, what: "expired" | "registry-found") => {
    const rig = new RegistryRig({ registry: { system: "etcd", ttlMs }, instances: ["w1"], instance: { heartbeatMs: neverMs }, seed });
    rig.act("recreate", "w1");
    rig.until(killedMs);
    rig.act("kill", "registry");
    rig.until(restartedMs);
    rig.act("recreate", "registry");
    rig.until(restartedMs + 2 * ttlMs + 10_000);
    const at = rig.whenMs(what, restartedMs);
    return at === null ? null : at - restartedMs;
  };
  const runs = recorded.fields["runs"];
  return within([
    {
      name: "expired",
      recorded: ofRuns(runs, "restart_to_expiry_ms"),
      band: bandOf(1, (_, seed) => play(seed, "expired")),
      toleranceMs: 250,
    },
  ]);
}

/** ZooKeeper's sessions end on ticks, whether the process was killed or fell silent. */
export function playZooKeeper(recorded: RecordedCase): Outcome | null {
  if (!isOf(recorded, /^zookeeper/u)) return null;
  const tickMs = Number(/tickTime=(\d+)/u.exec(recorded.meant)?.[1] ?? 2000);
  if (has(recorded, "pairs")) return playNegotiated(recorded, tickMs);
  if (!has(recorded, "requested_timeout_ms", "ms_failure_to_node_deleted")) return null;
  const registry = { system: "zookeeper", sessionMs: numberOf(recorded, "requested_timeout_ms"), tickMs };
  const act = /SIGSTOP|silent/u.test(recorded.name) ? "hang" : "kill";
  const band = bandOf(2 * tickMs + registry.sessionMs, (at, seed) => endsAfter(registry, at, seed, true, act), manyPhases);
  return within([{ name: "deleted", recorded: numbersOf(recorded, "ms_failure_to_node_deleted"), band, toleranceMs: tickMs / 10 }]);
}

/** "1000->4000": the shortest time from the last packet to the end is the session's own. */
function playNegotiated(recorded: RecordedCase, tickMs: number): Outcome {
  const pairs = (recorded.fields["pairs"] as readonly string[]).map((pair) => pair.split("->").map(Number) as [number, number]);
  const negotiated = (asked: number): number => {
    const registry = { system: "zookeeper", sessionMs: asked, tickMs };
    const [shortest] = bandOf(2 * tickMs + asked, (at, seed) => endsAfter(registry, at, seed));
    return Math.floor(shortest / tickMs) * tickMs;
  };
  const told = (list: readonly (readonly [number, number])[]) => list.map((pair) => pair.join("→")).join(" ");
  return exactly(told(pairs), told(pairs.map(([asked]) => [asked, negotiated(asked)])));
}
