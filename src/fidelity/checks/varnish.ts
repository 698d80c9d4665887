import type { Outcome } from "../outcome.ts";
import { has, NotUnderstood, textOf, type RecordedCase } from "../recorded-case.ts";
import { attemptsOf } from "../passive/attempts.ts";
import { breakServer, failureOf, mendServer } from "../rig/faults.ts";
import { Rig } from "../rig/rig.ts";

interface Run {
  readonly bad: number;
  readonly codes: readonly number[];
  readonly last_bad_ms: number;
  readonly lastcheck_to_last_bad: number;
  readonly restart_to_first_b2: number;
}

interface Plan {
  readonly servers: number;
  readonly server: string;
  readonly everyMs: number;
  readonly intervalMs: number;
  readonly window: number;
  readonly threshold: number;
  readonly failure: ReturnType<typeof failureOf>;
}

/** Varnish's probe: how long a dead backend gets requests, what they end with, and when it gets some again. */
export function playVarnishProbe(recorded: RecordedCase): Outcome | null {
  if (recorded.group !== "hc" || !/^varnish/u.test(recorded.meant) || !has(recorded, "load", "runs")) return null;
  const plan = planOf(recorded);
  const outcomes = (recorded.fields["runs"] as readonly Run[]).map((run) => compared(plan, run));
  return {
    tolerance: `each run: failures ±2, the last of them ±${slackMs} ms; back within one interval between probes`,
    recorded: outcomes.map((one) => one.recorded).join("; "),
    predicted: outcomes.map((one) => one.predicted).join("; "),
    matches: outcomes.every((one) => one.matches),
  };
}

/** Only the name has the settings: "varnish_probe_interval1s_window5_threshold3". */
function planOf({ name, fields }: RecordedCase): Plan {
  const load = textOf({ fields } as RecordedCase, "load");
  const [, amount, unit] = /interval_?([\d.]+)(ms|s)/u.exec(name) ?? [];
  const [, window] = /window_?(\d+)/u.exec(name) ?? [];
  const [, threshold] = /threshold_?(\d+)/u.exec(name) ?? [];
  const [, rate] = /(\d+) rps/u.exec(load) ?? [];
  const [, servers] = /(\d+) backends/u.exec(load) ?? [];
  const [, server, failure] = /(b\d+) (\w+)/u.exec(load) ?? [];
  if (rate === undefined || servers === undefined || server === undefined) throw new NotUnderstood("its load or its fault");
  return {
    ...{ servers: Number(servers), server, everyMs: 1000 / Number(rate), failure: failureOf(failure!) },
    // vcl-probe: .interval 5s, .window 8, .threshold 3.
    intervalMs: amount === undefined ? 5000 : Number(amount) * (unit === "s" ? 1000 : 1),
    window: Number(window ?? 8),
    threshold: Number(threshold ?? 3),
  };
}

const slackMs = 70;

function compared(plan: Plan, run: Run): { readonly recorded: string; readonly predicted: string; readonly matches: boolean } {
  const phaseMs = run.lastcheck_to_last_bad - run.last_bad_ms;
  const found = played(plan, Math.max(0.001, Math.min(phaseMs, plan.intervalMs - 0.001)));
  const [soonest, latest] = [plan.threshold - 1, plan.threshold].map((count) => count * plan.intervalMs) as [number, number];
  const codes = (statuses: readonly number[]) => [...new Set(statuses)].sort((a, b) => a - b).join(" ");
  const isBack = (ms: number) => ms >= soonest - slackMs && ms <= latest + slackMs;
  return {
    recorded: `${run.bad} × ${codes(run.codes)}, the last after ${run.last_bad_ms} ms, back after ${run.restart_to_first_b2} ms`,
    predicted: `${found.bad.length} × ${codes(found.bad.map(({ status }) => status))}, the last after ${found.lastMs.toFixed(0)} ms, back after ${found.backMs.toFixed(0)} ms (${soonest}…${latest})`,
    matches:
      Math.abs(found.bad.length - run.bad) <= 2 &&
      codes(found.bad.map(({ status }) => status)) === codes(run.codes) &&
      Math.abs(found.lastMs - run.last_bad_ms) <= slackMs &&
      isBack(found.backMs) &&
      isBack(run.restart_to_first_b2),
  };
}

/** The backend dies so long after its last good probe began, and is started anew when it has long been found out. */
function played(plan: Plan, phaseMs: number) {
  const { servers, server, everyMs, intervalMs, window, threshold, failure } = plan;
  const balancer = {
    ...{ rules: "varnish", algorithm: "varnish-round-robin", checks: "http", counting: "window", checkTimeoutMs: 0 },
    ...{ intervalMs, probeWindow: window, probeThreshold: threshold },
  };
  const rig = new Rig({ servers, balancer });
  const outMs = (window + 2) * intervalMs;
  rig.until(3 * intervalMs);
  const faultMs = rig.lastGoodCheckMs(server) + intervalMs + phaseMs;
  const restartMs = faultMs + outMs;
  breakServer(rig, faultMs, server, failure);
  let isMended = false;
  for (let atMs = faultMs + 0.5; atMs < restartMs + outMs; atMs += everyMs) {
    if (!isMended && atMs >= restartMs - 1000) {
      mendServer(rig, restartMs, server, failure);
      isMended = true;
    }
    if (atMs >= rig.nowMs) rig.send(atMs);
  }
  rig.until(restartMs + outMs + 1000);
  const all = attemptsOf(rig, faultMs);
  const bad = all.filter(({ status }) => status !== 200);
  const back = all.find(({ way, status, atMs }) => way.endsWith(server) && status === 200 && atMs >= outMs);
  return { bad, lastMs: bad.at(-1)?.atMs ?? 0, backMs: (back?.atMs ?? Infinity) - outMs };
}
