import type { Outcome } from "../outcome.ts";
import { exactly } from "../outcome.ts";
import { has, NotUnderstood, numbersOf, textOf, type RecordedCase } from "../recorded-case.ts";
import { bandOf, lengthIn, lengthMs, patienceMs, within, type Measured } from "./bands.ts";
import { RegistryRig } from "./registry-rig.ts";

const isConsul = ({ group, meant }: RecordedCase): boolean => group === "registry" && /^consul/u.test(meant);
/** An answer on the loopback takes a few milliseconds, and once in a while some more. */
const answerMs = 30;
/** Nobody beats unless it is told to. */
const neverMs = 3_600_000;

/** A TTL check turns critical exactly its TTL after the last update, and passes at once when a late one comes. */
export function playTtl(recorded: RecordedCase): Outcome | null {
  const ending = "ms_last_heartbeat_to_critical_seen_by_long_poll";
  if (!isConsul(recorded) || !has(recorded, ending)) return null;
  const ttlMs = lengthIn(recorded.name, "ttl");
  if (ttlMs === null) throw new NotUnderstood("the case's name tells no TTL");
  const measured: Measured[] = [
    { name: "critical", recorded: numbersOf(recorded, ending), band: bandOf(1000, (at, seed) => lapse(ttlMs, at, seed)), toleranceMs: 10 },
  ];
  const late = "ms_late_heartbeat_to_passing_seen";
  if (has(recorded, late))
    measured.push({
      name: "passing",
      recorded: numbersOf(recorded, late),
      band: bandOf(1000, (at, seed) => revival(ttlMs, at, seed)),
      toleranceMs: 10,
    });
  return within(measured);
}

function ttlRig(ttlMs: number, seed: number): RegistryRig {
  const registry = { system: "consul-ttl", ttlMs, initialStatus: "passing" };
  return new RegistryRig({ registry, instances: ["w1"], instance: { heartbeatMs: Math.min(1000, ttlMs / 3) }, seed });
}

/** From the last heartbeat until the one who watches has heard of it. */
function lapse(ttlMs: number, atMs: number, seed: number): number | null {
  const rig = ttlRig(ttlMs, seed);
  rig.until(10_000 + atMs);
  rig.act("hang", "w1");
  const beatMs = rig.factMs("w1", "renewed");
  rig.until(rig.nowMs + ttlMs + 10);
  const seenMs = rig.whenMs("target-removed", beatMs, "w1");
  return seenMs === null ? null : seenMs - beatMs;
}

function revival(ttlMs: number, atMs: number, seed: number): number | null {
  const rig = ttlRig(ttlMs, seed);
  rig.until(10_000 + atMs);
  rig.act("hang", "w1");
  rig.until(rig.nowMs + 2 * ttlMs);
  const wokenMs = rig.nowMs;
  rig.act("resume", "w1");
  rig.until(wokenMs + ttlMs);
  // It beats the moment it is awake.
  const seenMs = rig.whenMs("target-added", wokenMs, "w1");
  return seenMs === null ? null : Math.floor(seenMs - wokenMs);
}

/** An HTTP check: when the first is run, when it turns critical after a fault, and passes again. */
export function playChecks(recorded: RecordedCase): Outcome | null {
  if (!isConsul(recorded) || !has(recorded, "interval", "ms_fail_to_critical", "ms_lastcheck_to_critical")) return null;
  const check = checkOf(recorded);
  const first = bandOf(1, (_, seed) => firstCheck(check, seed));
  const phases = numbersOf(recorded, "ms_lastcheck_to_critical").map(
    (ms, index) => ms - numbersOf(recorded, "ms_fail_to_critical")[index]!,
  );
  const critical = phases.map((phaseMs) => criticalAfter(check, phaseMs));
  const measured: Measured[] = [
    {
      name: "critical",
      recorded: numbersOf(recorded, "ms_lastcheck_to_critical"),
      band: [Math.min(...critical), Math.max(...critical)],
      toleranceMs: 10,
    },
  ];
  if (has(recorded, "ms_register_to_passing"))
    measured.push({
      name: "first",
      recorded: numbersOf(recorded, "ms_register_to_passing"),
      band: first,
      toleranceMs: check.intervalMs / 10,
    });
  if (has(recorded, "ms_up_to_passing")) {
    const pacedMs = check.intervalMs + (check.isHanging ? check.timeoutMs : 0);
    const band = bandOf(pacedMs, (at) => passingAfter(check, at));
    measured.push({ name: "passing", recorded: numbersOf(recorded, "ms_up_to_passing"), band, toleranceMs: 100 });
  }
  return within(measured);
}

interface Check {
  readonly intervalMs: number;
  readonly timeoutMs: number;
  readonly failures: number;
  readonly successes: number;
  readonly isHanging: boolean;
  readonly by: string;
}

function checkOf(recorded: RecordedCase): Check {
  const { name } = recorded;
  return {
    intervalMs: lengthMs(textOf(recorded, "interval")),
    timeoutMs: lengthIn(name, "timeout") ?? 10_000,
    failures: countIn(name, "fbc"),
    successes: countIn(name, "sbp"),
    isHanging: /hang/u.test(name),
    by: /^tcp/u.test(name) ? "tcp" : "http",
  };
}

const countIn = (name: string, word: string): number => Math.max(1, Number(new RegExp(`${word}(\\d+)`, "u").exec(name)?.[1] ?? 1));

function checkRig({ intervalMs, timeoutMs, failures, successes, by }: Check, seed: number): RegistryRig {
  const registry = {
    system: "consul-check",
    checkBy: by,
    checkIntervalMs: intervalMs,
    checkTimeoutMs: timeoutMs,
    failuresBeforeCritical: failures,
    successBeforePassing: successes,
  };
  return new RegistryRig({ registry, instances: ["w1"], seed });
}

function firstCheck(check: Check, seed: number): number | null {
  const rig = checkRig(check, seed);
  rig.until(1000);
  rig.act("recreate", "w1");
  rig.until(1000 + check.intervalMs + 100);
  const at = rig.whenMs("registered", 1000);
  const passing = rig.whenMs("passing", 1000);
  return at === null || passing === null ? null : passing - at;
}

/** From the last good check, for a fault so long after it. */
function criticalAfter(check: Check, phaseMs: number): number {
  const rig = checkRig(check, 1);
  rig.until(10 * check.intervalMs);
  const lastMs = rig.factMs("w1", "checked");
  rig.until(lastMs + check.intervalMs);
  const checkedMs = rig.factMs("w1", "checked");
  rig.until(checkedMs + Math.max(0.001, phaseMs));
  rig.act(check.isHanging ? "hang" : "kill", "w1");
  rig.until(checkedMs + (check.failures + 1) * (check.intervalMs + check.timeoutMs));
  const at = rig.whenMs("critical", checkedMs);
  if (at === null) throw new NotUnderstood("the fault is never noticed");
  return at - checkedMs;
}

function passingAfter(check: Check, phaseMs: number): number | null {
  const rig = checkRig(check, 1);
  rig.until(10 * check.intervalMs);
  rig.act(check.isHanging ? "hang" : "kill", "w1");
  rig.until(rig.nowMs + (check.failures + 2) * (check.intervalMs + check.timeoutMs) + phaseMs);
  const upMs = rig.nowMs;
  rig.act(check.isHanging ? "resume" : "start", "w1");
  rig.until(upMs + (check.successes + 2) * (check.intervalMs + check.timeoutMs));
  const at = rig.whenMs("passing", upMs);
  return at === null ? null : at - upMs;
}

/** What four ways of asking show: the whole catalogue, all with their health, ?passing, and DNS. */
export function playViews(recorded: RecordedCase): Outcome | null {
  if (!isConsul(recorded)) return null;
  if (has(recorded, "registered", "at0")) return playStages(recorded, textOf(recorded, "registered"));
  if (!has(recorded, "view")) return null;
  const rig = viewRig(new Map([["w1", 3000]]));
  rig.until(1000);
  rig.act("stop", "w1");
  rig.until(1200);
  return exactly(told(recorded.fields["view"]), told(viewOf(rig)));
}

function viewRig(ttls: ReadonlyMap<string, number>): RegistryRig {
  return new RegistryRig({
    registry: { system: "consul-ttl", initialStatus: "passing", recordTtlMs: 10 },
    instances: [...ttls.keys()],
    instance: { heartbeatMs: neverMs },
    registration: (name) => ({ asksTtlMs: ttls.get(name)! }),
  });
}

/** "w1 TTL3s, w3 TTL60s all initially passing", and then stage after stage. */
function playStages(recorded: RecordedCase, registered: string): Outcome {
  const ttls = new Map([...registered.matchAll(/(\w+) TTL(\d+)s/gu)].map(([, name, seconds]) => [name!, Number(seconds) * 1000]));
  const rig = viewRig(ttls);
  const stages = Object.entries(recorded.fields).filter(([, value]) => typeof value === "object" && value !== null && "catalog" in value);
  const shown: [string, string][] = stages.map(([stage]) => {
    enact(rig, stage);
    rig.until(rig.nowMs + 50);
    return [stage, told(viewOf(rig))];
  });
  const lines = (views: readonly (readonly [string, string])[]) => views.map(([stage, view]) => `${stage}: ${view}`).join(" · ");
  return exactly(lines(stages.map(([stage, view]) => [stage, told(view)])), lines(shown));
}

/** "w2_warning", "after_4500ms_no_heartbeat", "w1_heartbeats_again". */
function enact(rig: RegistryRig, stage: string): void {
  const [, warned] = /^(\w+)_warning$/u.exec(stage) ?? [];
  const [, beating] = /^(\w+)_heartbeats_again$/u.exec(stage) ?? [];
  const [, quiet] = /^after_(\d+)ms_no_heartbeat$/u.exec(stage) ?? [];
  if (warned !== undefined) rig.set(`${warned}-registry`, { says: "warning" });
  else if (beating !== undefined) rig.set(`${beating}-registry`, { says: "passing", tags: `since ${rig.nowMs}` });
  else if (quiet !== undefined) rig.until(rig.nowMs + Number(quiet));
  else if (stage !== "at0") throw new NotUnderstood(`the stage "${stage}"`);
}

function viewOf(rig: RegistryRig): Readonly<Record<string, string>> {
  const names = rig.entries.map(({ node }) => node!);
  const ports = rig.known("dns").map(({ address }) => address.split(":").at(-1)!);
  return {
    catalog: names.join(","),
    health: rig.entries.map(({ node, state }) => `${node!}:${state === "overdue" ? "passing" : state}`).join(","),
    passing: rig
      .known("api")
      .map(({ node }) => node!)
      .sort()
      .join(","),
    dns: ports.sort().join(" "),
  };
}

const told = (view: unknown): string => {
  const { catalog, health, passing, dns } = view as Record<string, string>;
  return JSON.stringify({ catalog, health, passing, dns });
};

/** The same id again, elsewhere: one entry, with the status that it had. */
export function playReregistration(recorded: RecordedCase): Outcome | null {
  if (!isConsul(recorded) || !has(recorded, "instances_after", "port_after")) return null;
  const rig = new RegistryRig({
    registry: { system: "consul-ttl", ttlMs: 60_000 },
    instances: ["w1"],
    registration: () => ({ identity: "same" }),
  });
  rig.until(1000);
  rig.set("w1", { port: recorded.fields["port_after"] as number });
  rig.act("recreate", "w1");
  rig.until(1300);
  const [entry, ...others] = rig.entries;
  const predicted = `${1 + others.length} at ${entry?.address.split(":").at(-1)}, ${entry?.state}`;
  const [, [, last] = ["", ""]] = (recorded.fields["events_ms"] ?? []) as readonly (readonly [number, string])[];
  return exactly(`${String(recorded.fields["instances_after"])} at ${String(last).replace(":", ", ")}`, predicted);
}

/** A long poll returns at once when something changes, and after its wait (and up to a sixteenth more) when nothing does. */
export function playLongPoll(recorded: RecordedCase): Outcome | null {
  if (!isConsul(recorded)) return null;
  const waitMs = lengthIn(recorded.name, "wait");
  if (waitMs !== null && has(recorded, "ms"))
    return within([
      {
        name: "returns",
        recorded: numbersOf(recorded, "ms"),
        band: bandOf(1, (_, seed) => waited(waitMs, seed)),
        toleranceMs: waitMs / 100,
      },
    ]);
  const { ms_register_call_to_long_poll_return: returned } = recorded.fields as Record<string, Record<string, number> | undefined>;
  if (returned === undefined) return null;
  const band = bandOf(1, (_, seed) => noticed(seed));
  return within([{ name: "returns", recorded: [returned["min"]!, returned["p50"]!, returned["max"]!], band, toleranceMs: answerMs }]);
}

function pollRig(waitMs: number, seed: number): RegistryRig {
  const rig = new RegistryRig({ registry: { system: "consul-check", waitMs }, instances: ["w1", "w2"], seed });
  rig.set("api-registry", { reads: "long-poll" });
  return rig;
}

function learntMs(rig: RegistryRig): number {
  return (rig.known("api")[0]!.facts.find(({ key }) => key === "learnt")!.value as number) / 1000;
}

function waited(waitMs: number, seed: number): number | null {
  const rig = pollRig(waitMs, seed);
  rig.until(waitMs * 2);
  const before = learntMs(rig);
  for (let at = rig.nowMs; at < waitMs * 6; at += waitMs / 4) {
    rig.until(at);
    if (learntMs(rig) > before) return learntMs(rig) - before;
  }
  return null;
}

function noticed(seed: number): number | null {
  const rig = pollRig(patienceMs, seed);
  rig.until(1000 + seed);
  rig.act("stop", "w1");
  rig.until(1500);
  const at = rig.whenMs("withdrawn", 1000);
  const seen = rig.whenMs("target-removed", 1000);
  return at === null || seen === null ? null : seen - at;
}
