import { cycle, downAfterMs, upAfterMs } from "../checks/transitions.ts";
import type { Outcome } from "../outcome.ts";
import { has, NotUnderstood, numberOf, textOf, type RecordedCase } from "../recorded-case.ts";
import { failureOf } from "../rig/faults.ts";
import { balancerSettings, haproxyOptions, type Failure, type HaproxyOptions } from "../rig/haproxy-options.ts";
import { late } from "../rig/late-timers.ts";
import { playLoad, type LoadPlan, type LoadResult } from "./load-run.ts";
import { agree, rangeOf, told, toldRange, totalsOf, type Totals } from "./totals.ts";

/**
 * SEMANTICS §8: totals ±2, ±2 % for leastconn, whose dead server every request meets; a retry counts once for each attempt. How many keys a consistent
 * hash gives to whom hangs on the keys, which are not recorded.
 */
function toleranceOf(options: HaproxyOptions, recorded: Totals): (name: string) => number {
  const isByKey = options.algorithm === "haproxy-uri" && options.further["hashType"] === "consistent";
  const isLeast = options.algorithm === "least-connections";
  return (name) => {
    const each = name === "retried" ? Math.max(1, options.retries) : 1;
    const count = recorded.get(name) ?? 0;
    return Math.max(2 * each, isLeast ? 0.02 * count : 0, isByKey ? 3 * Math.sqrt(count * each) : 0);
  };
}

/** A load in which a server fails for good: who fails, when, how soon, and what was tried again. */
export function playRequests(recorded: RecordedCase): Outcome | null {
  if (recorded.group !== "hc_requests" || !has(recorded, "config", "load", "total", "status", "haproxy_counters")) return null;
  const { options, servers } = configOf(recorded);
  const load = textOf(recorded, "load");
  const found = /(\d+) rps.*?(b\d+) fails at t=([\d.]+) s: (\w+)/u.exec(load);
  if (found === null) throw new NotUnderstood(`the load "${load}"`);
  const failure = failureOf(found[4]!);
  const downMs = (recorded.fields["ms_fail_to_DOWN"] ?? null) as number | null;
  const isWatched = "observe" in options.further;
  const results = playAll(options, failure, {
    ...plan(options, failure, servers, isWatched ? null : downMs, 0, isWatched),
    requests: numberOf(recorded, "total"),
    everyMs: 1000 / Number(found[1]),
    faultMs: Number(found[3]) * 1000,
    recoveryMs: null,
    server: found[2]!,
  });
  return compared(recorded, options, results, isWatched ? downMs : null);
}

/** @param foundMs when requests alone were to find the fault; null: that is for checks to find, whose phase was chosen to fit */
function compared(recorded: RecordedCase, options: HaproxyOptions, results: readonly LoadResult[], foundMs: number | null): Outcome {
  const result = results[0]!;
  const wanted = recordedTotals(recorded.fields["status"], countersOf(recorded));
  const totals = rangeOf(results.map(totalsOf));
  const latency = (recorded.fields["bad_latency_ms"] ?? null) as readonly [number, number] | null;
  const bad = latency === null ? "" : `, failing after ${latency.join("…")} ms`;
  const predictedBad = result.badMs.length === 0 ? "" : `, failing after ${Math.min(...result.badMs)}…${Math.max(...result.badMs)} ms`;
  const isTimely = latency === null || result.badMs.every((ms) => ms >= latency[0] - latencySlackMs && ms <= latency[1] + latencySlackMs);
  // A request more or less, of those that come one rotation apart.
  const isFound = foundMs === null || (result.downMs !== null && Math.abs(result.downMs - foundMs) <= foundSlackMs);
  return {
    tolerance: "totals ±2, each failure's latency class",
    recorded: told(wanted) + bad + (foundMs === null ? "" : `, DOWN after ${foundMs} ms`),
    predicted: toldRange(totals) + predictedBad + (foundMs === null ? "" : `, DOWN after ${result.downMs?.toFixed(0) ?? "never"} ms`),
    matches: agree(wanted, totals, toleranceOf(options, wanted)) && isTimely && isFound,
  };
}

/** A loaded machine takes some milliseconds more for each; the classes are whole seconds apart. */
const latencySlackMs = 50;
const foundSlackMs = 70;

interface Run {
  readonly total: number;
  readonly err: Readonly<Record<string, number>>;
  readonly wretr: number;
  readonly wredis: number;
  readonly ms_kill_to_DOWN: number;
  readonly ms_restart_to_UP: number;
  readonly kill_at: number;
  readonly restart_at: number;
}

/** A server fails and comes back amid a load, several times over: what is lost each time, and when it is UP again. */
export function playLosses(recorded: RecordedCase): Outcome | null {
  if (recorded.group !== "losses" || !/^haproxy/u.test(recorded.meant) || !has(recorded, "config", "load", "fail", "runs")) return null;
  const { options, servers } = configOf(recorded);
  const [, rate] = /(\d+) rps/u.exec(textOf(recorded, "load")) ?? [];
  const [, server, word] = /^(b\d+) (\w+)/u.exec(textOf(recorded, "fail")) ?? [];
  if (rate === undefined || server === undefined) throw new NotUnderstood("its load or its fault");
  const failure = failureOf(word!);
  const [soonest, latest] = bandOf(options, failure);
  const outcomes = (recorded.fields["runs"] as readonly Run[]).map((run) => {
    const results = playAll(options, failure, {
      ...plan(options, failure, servers, run.ms_kill_to_DOWN, numberOf(recorded, "service_ms")),
      requests: run.total,
      everyMs: 1000 / Number(rate),
      faultMs: run.kill_at,
      recoveryMs: run.restart_at,
      server,
    });
    const wanted = recordedTotals(run.err, run);
    const result = results[0]!;
    const totals = rangeOf(results.map(totalsOf));
    const isBack = result.upMs !== null && run.ms_restart_to_UP >= soonest - slackMs && run.ms_restart_to_UP <= latest + slackMs;
    return {
      recorded: `${told(wanted)}, UP after ${run.ms_restart_to_UP} ms`,
      predicted: `${toldRange(totals)}, UP after ${result.upMs?.toFixed(0) ?? "never"} ms (${soonest.toFixed(0)}…${latest.toFixed(0)})`,
      matches: agree(wanted, totals, toleranceOf(options, wanted)) && isBack,
    };
  });
  return {
    tolerance: `each run: totals ±2${options.algorithm === "least-connections" ? " or 2 %" : ""}, UP within one interval between checks`,
    recorded: outcomes.map((one) => one.recorded).join("; "),
    predicted: outcomes.map((one) => one.predicted).join("; "),
    matches: outcomes.every((one) => one.matches),
  };
}

/**
 * Where timeouts send requests elsewhere, whose turn it is hangs on which of two comes first within milliseconds, which is not
 * recorded: then the load is played with requests a little uneven, too, and what lies between is predicted.
 */
function playAll(options: HaproxyOptions, failure: Failure, load: LoadPlan): LoadResult[] {
  const isTight = options.redispatch !== 0 && (failure === "drop" || (failure === "hang" && options.retryOnTimeout));
  const lucks = isTight ? [1, 2, 3, 4, 5, 6] : [];
  return [playLoad(load), ...lucks.map((luck) => playLoad({ ...load, luck, unevenMs: load.everyMs * 0.8 }))];
}

/** SEMANTICS §8. Ten checks lie between the fault and the return, and their drift hides the phase: then it is the band. */
function bandOf(options: HaproxyOptions, failure: Failure): readonly [number, number] {
  const fault = { options, failure, delayMs: 0 };
  return [upAfterMs(fault, 0.001) ?? Infinity, upAfterMs(fault, cycle(fault) - 0.001) ?? -Infinity];
}

const slackMs = 10;

interface Config {
  readonly backend: string;
  readonly server: string;
  readonly balance?: string;
  readonly timeout_connect?: string;
  readonly timeout_connect_ms?: number;
}

function configOf({ fields }: RecordedCase): { readonly options: HaproxyOptions; readonly servers: number } {
  const config = fields["config"] as Config;
  if (typeof config?.backend !== "string" || typeof config.server !== "string") throw new NotUnderstood("its configuration");
  const connect = config.timeout_connect ?? `${config.timeout_connect_ms ?? 1000}ms`;
  return { options: haproxyOptions(config.server, `${config.backend}; timeout connect ${connect}`, config.balance ?? null), servers: 3 };
}

type Fixed = "rig" | "failure" | "phaseMs" | "intervalMs";

/** The checks' phase is the one that makes the server DOWN when it was recorded to be. */
function plan(
  options: HaproxyOptions,
  failure: Failure,
  servers: number,
  downMs: number | null,
  workMs = 0,
  isWatched = false,
): Pick<LoadPlan, Fixed> {
  const longestMs = downMs === null ? null : downAfterMs({ options, failure, delayMs: 0 }, 0.001);
  return {
    // Every request asks for another path, as the recordings' did, and all come from one address.
    rig: {
      servers,
      balancer: { ...balancerSettings(options, failure), ...late(options.timeoutConnect, options.timeoutServer) },
      workMs,
      caller: { paths: 100_000, popularity: "in-turn", visitors: 1, firstAddress: "127.0.0.1" },
    },
    failure,
    // Where requests find it, no check comes between.
    phaseMs: isWatched
      ? soonMs
      : longestMs === null || downMs === null
        ? null
        : Math.min(Math.max(longestMs - downMs, 0.001), options.inter - 0.001),
    intervalMs: options.inter,
  };
}

const soonMs = 100;

function recordedTotals(statuses: unknown, { wretr, wredis }: Pick<Run, "wretr" | "wredis">): Totals {
  const counts = Object.entries((statuses ?? {}) as Record<string, number>).map(([status, count]) => [Number(status), count] as const);
  return totalsOf({ statuses: new Map(counts), retried: wretr, redispatched: wredis });
}

function countersOf({ fields }: RecordedCase): Pick<Run, "wretr" | "wredis"> {
  const counters = fields["haproxy_counters"] as { readonly BACKEND?: Pick<Run, "wretr" | "wredis"> };
  if (counters.BACKEND === undefined) throw new NotUnderstood("no counters of the backend");
  return counters.BACKEND;
}
