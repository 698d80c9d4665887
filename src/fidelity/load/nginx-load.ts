import type { Outcome } from "../outcome.ts";
import { has, NotUnderstood, numberOf, textOf, type RecordedCase } from "../recorded-case.ts";
import { failureOf } from "../rig/faults.ts";
import { nginxOptions } from "../rig/nginx-options.ts";
import { playLoad } from "./load-run.ts";
import { agree, rangeOf, told, toldRange, totalsOf } from "./totals.ts";

interface Config {
  readonly server: string;
  readonly lb: string;
  readonly loc: string;
}

interface Run {
  readonly total: number;
  readonly err: Readonly<Record<string, number>>;
  readonly retried: number;
  readonly kill_mod_1000: number;
  readonly kill_at: number;
  readonly restart_at: number;
  readonly ms_restart_to_first_b2_answer: number;
}

const servers = 3;

/** A server fails and comes back amid a load on nginx: what is lost, what is passed on, and when it is asked again. */
export function playNginxLosses(recorded: RecordedCase): Outcome | null {
  if (recorded.group !== "losses" || !/^nginx/u.test(recorded.meant) || !has(recorded, "config", "load", "fail", "runs")) return null;
  const [, rate, method] = /(\d+) rps.*?, (GET|POST)/u.exec(textOf(recorded, "load")) ?? [];
  const [, server, word] = /^(b\d+) (\w+)/u.exec(textOf(recorded, "fail")) ?? [];
  if (rate === undefined || server === undefined) throw new NotUnderstood("its load or its fault");
  const everyMs = 1000 / Number(rate);
  const { balancer, weights, links } = optionsOf(recorded, method!);
  const outcomes = (recorded.fields["runs"] as readonly Run[]).map((run) => {
    const result = playLoad({
      rig: { servers, balancer, weights, links, workMs: numberOf(recorded, "service_ms") },
      requests: run.total,
      everyMs,
      faultMs: run.kill_at,
      recoveryMs: run.restart_at,
      failure: failureOf(word!),
      server,
      phaseMs: null,
      intervalMs: 0,
      millisecond: run.kill_mod_1000,
    });
    const recordedStatuses = new Map(Object.entries(run.err).map(([status, count]) => [Number(status), count]));
    const wanted = totalsOf({ statuses: recordedStatuses, retried: 0, redispatched: run.retried });
    const totals = rangeOf([totalsOf(result)]);
    const backMs = run.ms_restart_to_first_b2_answer;
    return {
      recorded: `${told(wanted)}, back after ${backMs} ms`,
      predicted: `${toldRange(totals)}, back after ${result.askedMs?.toFixed(0) ?? "never"} ms`,
      matches: agree(wanted, totals, () => 2) && result.askedMs !== null && Math.abs(result.askedMs - backMs) <= rotationMs(everyMs),
    };
  });
  return {
    tolerance: `each run: totals ±2, back in the same second ±${rotationMs(everyMs)} ms`,
    recorded: outcomes.map((one) => one.recorded).join("; "),
    predicted: outcomes.map((one) => one.predicted).join("; "),
    matches: outcomes.every((one) => one.matches),
  };
}

/** SEMANTICS §8: the exact second, and at most one rotation; the real answer takes some milliseconds. */
function rotationMs(everyMs: number): number {
  return servers * everyMs + 10;
}

function optionsOf(recorded: RecordedCase, method: string) {
  const { server, lb, loc } = recorded.fields["config"] as Config;
  if (typeof server !== "string" || typeof lb !== "string" || typeof loc !== "string") throw new NotUnderstood("its configuration");
  // The connect timeout stands only in the case's name: "ct1" is one second.
  const [, connectS] = /_ct(\d+)/u.exec(recorded.name) ?? [];
  const location = connectS === undefined ? loc : `${loc} proxy_connect_timeout ${connectS}s;`;
  const lines = Array.from({ length: servers }, () => server);
  return nginxOptions(lines, lb, location, method);
}
