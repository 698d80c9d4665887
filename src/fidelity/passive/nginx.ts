import type { Outcome } from "../outcome.ts";
import { has, NotUnderstood, numberOf, textOf, type RecordedCase } from "../recorded-case.ts";
import { breakServer, failureOf, mendLeadMs, mendServer } from "../rig/faults.ts";
import type { Failure } from "../rig/haproxy-options.ts";
import { late } from "../rig/late-timers.ts";
import { nginxOptions } from "../rig/nginx-options.ts";
import { Rig } from "../rig/rig.ts";
import { attemptsOf, type Attempted } from "./attempts.ts";

interface Config {
  readonly servers: readonly string[];
  readonly location: string;
  readonly lb: string;
}

interface Fault {
  readonly servers: readonly string[];
  readonly mode: string;
  readonly at_ms: number;
  /** How much slower a slow server is. */
  readonly delay_ms?: number;
}

interface Plan {
  readonly config: Config;
  readonly fault: Fault;
  readonly failure: Failure;
  readonly method: string;
  readonly everyMs: number;
  readonly isTight: boolean;
}

/**
 * nginx's passive checks: the same requests at the same milliseconds of the wall clock's second. What the rotation had
 * served before is not recorded; it is as many requests as bring the first attempts about.
 */
export function playPassive(recorded: RecordedCase): Outcome | null {
  if (recorded.group !== "passive" || !has(recorded, "config", "fail", "failing_server_attempts", "kill_epoch_ms_mod_1000")) return null;
  if (/^(?:hash|random)\b/u.test((recorded.fields["config"] as Config).lb)) return null;
  const plan = planOf(recorded);
  const wanted = wantedOf(recorded);
  const starts = Math.min(longestRound, roundOf(plan.config.servers));
  let best: Outcome | null = null;
  for (const race of races) {
    for (let before = 0; before < starts; before++) {
      const outcome = compared(recorded, plan, wanted, before, race);
      if (outcome.matches) return outcome;
      best ??= outcome;
    }
  }
  return best;
}

/** After so many requests a smooth rotation is where it began; those with a greater round are tried for a part of it. */
function roundOf(servers: readonly string[]): number {
  return servers.reduce((sum, line) => sum + Number(/weight=(\d+)/u.exec(line)?.[1] ?? 1), 0);
}

const longestRound = 60;

function planOf(recorded: RecordedCase): Plan {
  const config = recorded.fields["config"] as Config;
  const fault = recorded.fields["fail"] as Fault;
  const [, method, every] = /^(\w+) every (\d+) ms/u.exec(textOf(recorded, "load")) ?? [];
  if (method === undefined || !Array.isArray(config?.servers) || !Array.isArray(fault?.servers))
    throw new NotUnderstood("its load or its fault");
  const failure = failureOf(fault.mode);
  if (has(recorded, "workers") && numberOf(recorded, "workers") !== 1) throw new NotUnderstood("a balancer of the engine has one worker");
  const everyMs = Number(every);
  const { connectTimeoutMs, readTimeoutMs } = nginxOptions(config.servers, config.lb, config.location, method);
  const isTight = (failure === "hang" && readTimeoutMs % everyMs === 0) || (failure === "drop" && connectTimeoutMs % everyMs === 0);
  return { config, fault, failure, method, everyMs, isTight };
}

/**
 * Fault and first request come at one instant: which was first is not recorded, nor whether that one is listed. Nor is it where a timeout and a
 * request do.
 */
interface Race {
  readonly lateMs: number;
  readonly isListed: boolean;
  readonly hasLateTimers: boolean;
}

const races: readonly Race[] = [false, true].flatMap((hasLateTimers) => [
  { lateMs: 0.5, isListed: true, hasLateTimers },
  { lateMs: -0.5, isListed: true, hasLateTimers },
  { lateMs: -0.5, isListed: false, hasLateTimers },
]);

type Attempt = readonly [atMs: number, way: string, ...rest: readonly unknown[]];

/** Attempts on servers that fail, and failures: [ms since the fault, way, status]. */
interface Wanted {
  readonly attempts: readonly Attempt[];
  readonly statuses: Readonly<Record<string, number>>;
}

function wantedOf({ fields }: RecordedCase): Wanted {
  return { attempts: fields["failing_server_attempts"] as readonly Attempt[], statuses: fields["status"] as Record<string, number> };
}

function compared(recorded: RecordedCase, plan: Plan, wanted: Wanted, before: number, race: Race): Outcome {
  const all = played(recorded, plan, before, race);
  const { servers } = plan.fault;
  // A recording may leave out attempts after some number of them.
  const tried = all
    .filter(({ way, atMs }) => servers.some((server) => way.split(">").includes(server)) && (race.isListed || atMs >= 0))
    .slice(0, wanted.attempts.length);
  const statuses: Record<string, number> = {};
  for (const { status } of all) statuses[status] = (statuses[status] ?? 0) + 1;
  const isAsTried =
    tried.length === wanted.attempts.length &&
    tried.every(({ way, atMs }, index) => {
      const [wantedMs, wantedWay] = wanted.attempts[index]!;
      return wayOf(plan, way) === wayOf(plan, wantedWay) && Math.abs(atMs - wantedMs) <= slackMs;
    });
  const unsure = unsureOf(recorded, plan);
  const sums = (of: Readonly<Record<string, number>>) =>
    Object.entries(of)
      .map(([status, count]) => `${status}: ${count}`)
      .join(", ");
  const told = (one: Attempt) => `${one[0]} ${one[1]}`;
  return {
    tolerance: `each attempt exactly, ±${slackMs} ms, given the second${unsure === 0 ? "" : `; totals ±${unsure}`}`,
    recorded: `${sums(wanted.statuses)}; ${wanted.attempts.map(told).join(", ")}`,
    predicted: `${sums(statuses)}; ${tried.map(({ atMs, way }) => told([Math.round(atMs), way])).join(", ")}`,
    matches: isAsTried && isNear(statuses, wanted.statuses, unsure),
  };
}

/** Where a request and the recovery come at one instant, which was first is not recorded. */
function unsureOf(recorded: RecordedCase, { everyMs }: Plan): number {
  const beyondMs = numberOf(recorded, "restore_at_ms") % everyMs;
  return Math.min(beyondMs, everyMs - beyondMs) <= slackMs ? 1 : 0;
}

function isNear(found: Readonly<Record<string, number>>, wanted: Readonly<Record<string, number>>, unsure: number): boolean {
  return Object.keys({ ...found, ...wanted }).every((status) => Math.abs((found[status] ?? 0) - (wanted[status] ?? 0)) <= unsure);
}

/**
 * Where a timeout comes just when a request does, each time anew it hangs on less than a millisecond which of the two has its turn first, and so whom
 * a retry goes to: then only where it went first, and how often on.
 */
function wayOf({ isTight }: Plan, way: string): string {
  const hops = way.split(">");
  return isTight ? `${hops[0]}, ${hops.length} in all` : way;
}

/** The recorded instants are of a real clock; requests are far further apart. */
const slackMs = 10;

function played(recorded: RecordedCase, plan: Plan, before: number, { lateMs, hasLateTimers }: Race): Attempted[] {
  const { config, fault, failure, method, everyMs } = plan;
  const [[, patienceMs], ...changes] = patienceOf(recorded);
  const caller = { visitors: 1, firstAddress: "127.0.0.1", paths: 100_000, popularity: "in-turn", timeoutMs: patienceMs };
  const options = nginxOptions(config.servers, config.lb, config.location, method);
  const rig = new Rig({
    servers: config.servers.length,
    balancer: { ...options.balancer, ...(hasLateTimers ? late(options.connectTimeoutMs, options.readTimeoutMs) : {}) },
    weights: options.weights,
    links: options.links,
    caller,
    ...(has(recorded, "service_ms") ? { workMs: numberOf(recorded, "service_ms") } : {}),
  });
  for (const row of options.out) rig.at(1, "drain", `b${row + 1}`);
  // Long before the fault, so that every server has been asked and none of it is remembered.
  for (let count = 0; count < before + warming * config.servers.length; count++) rig.send(1000 + count);
  const beginMs = settledMs + numberOf(recorded, "kill_epoch_ms_mod_1000");
  const restoreMs = beginMs + numberOf(recorded, "restore_at_ms");
  const happenings = Array.from({ length: numberOf(recorded, "total") }, (_, index) => ({
    atMs: beginMs + index * everyMs + lateMs,
    happen: (atMs: number) => rig.send(atMs),
  }));
  for (const server of fault.servers) {
    happenings.push({ atMs: beginMs, happen: (atMs) => breakServer(rig, atMs, server, failure, fault.delay_ms) });
    const leadMs = mendLeadMs(failure);
    happenings.push({ atMs: restoreMs - leadMs, happen: (atMs) => mendServer(rig, atMs + leadMs, server, failure) });
  }
  for (const [fromMs, timeoutMs] of changes)
    happenings.push({ atMs: beginMs + fromMs, happen: (atMs) => rig.set(atMs, "caller", { timeoutMs }) });
  for (const { atMs, happen } of happenings.sort((a, b) => a.atMs - b.atMs)) happen(atMs);
  rig.until(beginMs + numberOf(recorded, "total") * everyMs + 200_000);
  return attemptsOf(rig, beginMs).filter(({ atMs }) => atMs >= -1);
}

/** For how long clients wait for an answer, from which instant on; where nothing is recorded, for as long as it takes. */
function patienceOf({ fields }: RecordedCase): readonly [readonly [number, number], ...(readonly (readonly [number, number])[])] {
  const told = fields["client_timeout_ms"] ?? endless;
  if (typeof told === "number") return [[0, told]];
  if (!Array.isArray(told) || !told.every((one) => Array.isArray(one) && one.length === 2 && one.every((each) => typeof each === "number")))
    throw new NotUnderstood("how long its clients wait");
  return told as [[number, number]];
}

const endless = 3_600_000;

const warming = 4;
const settledMs = 60_000;
