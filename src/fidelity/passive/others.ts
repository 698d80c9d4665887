import type { SettingValues } from "../../document/topology.ts";
import type { Outcome } from "../outcome.ts";
import { countsOf, has, NotUnderstood, textOf, type RecordedCase } from "../recorded-case.ts";
import { breakServer, mendLeadMs, mendServer } from "../rig/faults.ts";
import { Rig } from "../rig/rig.ts";
import { attemptsOf, type Attempted } from "./attempts.ts";

/** A load on one of three servers that is refused for a while. */
interface Load {
  readonly balancer: SettingValues;
  readonly everyMs: number;
  readonly outMs: number;
  readonly total: number;
}

const servers = 3;
const beginMs = 10_000;

function played({ balancer, everyMs, outMs, total }: Load, before: number): Attempted[] {
  const rig = new Rig({ servers, balancer });
  for (let index = 0; index < before; index++) rig.send(1000 + index);
  breakServer(rig, beginMs, "b2", "down");
  const leadMs = mendLeadMs("down");
  const times = Array.from({ length: total }, (_, index) => beginMs + 1 + index * everyMs);
  for (const atMs of times.filter((time) => time < beginMs + outMs - leadMs)) rig.send(atMs);
  mendServer(rig, beginMs + outMs, "b2", "down");
  for (const atMs of times.filter((time) => time >= beginMs + outMs - leadMs)) rig.send(atMs);
  rig.until(beginMs + total * everyMs + 60_000);
  return attemptsOf(rig, beginMs).filter(({ atMs }) => atMs >= 0);
}

/** From the recovery to the first answer of the server that had been out; null: none while it was watched. */
function backMs(all: readonly Attempted[], outMs: number): number | null {
  const first = all.find(({ way, status, atMs, tookMs }) => way.endsWith("b2") && status === 200 && atMs + tookMs >= outMs);
  return first === undefined ? null : first.atMs + first.tookMs - outMs;
}

function statusesOf(all: readonly Attempted[]): Record<string, number> {
  const statuses: Record<string, number> = {};
  for (const { status } of all) statuses[status] = (statuses[status] ?? 0) + 1;
  return statuses;
}

const told = (statuses: Readonly<Record<string, number>>, back: number | null) =>
  `${JSON.stringify(statuses)}, back after ${back === null ? "longer than was watched" : `${Math.round(back)} ms`}`;

const totalOf = (counts: Readonly<Record<string, number>>) => Object.values(counts).reduce((sum, count) => sum + count, 0);

/** Apache: a member whose connection failed is out for `retry`, then the next pick tries it. Where its round begins is not recorded. */
export function playApache(recorded: RecordedCase): Outcome | null {
  if (recorded.group !== "passive" || !/^apache/u.test(recorded.meant) || !has(recorded, "config", "fail", "status")) return null;
  const [, out, every] = /refused 0\.\.(\d+) ms, GET every (\d+) ms/u.exec(textOf(recorded, "fail")) ?? [];
  const [, retryS] = /retry=(\d+)/u.exec(textOf(recorded, "config")) ?? [];
  if (out === undefined || retryS === undefined) throw new NotUnderstood("its load or its retry");
  const wanted = countsOf(recorded, "status");
  const balancer = {
    rules: "apache",
    algorithm: "nginx-round-robin",
    checks: "none",
    failTimeoutMs: Number(retryS) * 1000,
  };
  const load = { balancer, everyMs: Number(every), outMs: Number(out), total: totalOf(wanted) };
  const wantedBack = recorded.fields["ms_restart_to_first_b2"] as number | null;
  const outcomes = [0, 1, 2].map((before): Outcome => {
    const all = played(load, before);
    const back = backMs(all, load.outMs);
    const statuses = statusesOf(all);
    const isBack = back === null || wantedBack === null ? back === wantedBack : Math.abs(back - wantedBack) <= servers * load.everyMs;
    return {
      tolerance: "each status; back within one rotation",
      recorded: told(wanted, wantedBack),
      predicted: told(statuses, back),
      matches: isBack && JSON.stringify(statuses) === JSON.stringify(wanted),
    };
  });
  return outcomes.find(({ matches }) => matches) ?? outcomes[0]!;
}

/** Caddy: what it does with a request whose connection failed stands in the case's name alone. */
export function playCaddy(recorded: RecordedCase): Outcome | null {
  if (recorded.group !== "passive" || !/^caddy/u.test(recorded.meant) || !has(recorded, "load", "status")) return null;
  const [, every, outS] = /GET every (\d+) ms; b2 refused for (\d+) s/u.exec(textOf(recorded, "load")) ?? [];
  if (every === undefined) throw new NotUnderstood("its load");
  const wanted = countsOf(recorded, "status");
  const activeS = secondsIn(recorded.name, "active");
  const load = {
    balancer: {
      ...settingsOf(recorded.name),
      ...(activeS === undefined ? {} : { checks: "http", fall: 1, rise: 1, intervalMs: activeS * 1000 }),
    },
    everyMs: Number(every),
    outMs: Number(outS) * 1000,
    total: totalOf(wanted),
  };
  const all = played(load, 0);
  const bad = (statuses: Readonly<Record<string, number>>) => statuses["502"] ?? 0;
  const slow = all.filter(({ status, tookMs }) => status === 200 && tookMs > 100).length;
  const wantedSlow = (recorded.fields["slow_ok"] as number | undefined) ?? 0;
  // With active checks it is a matter of their phase, which is not recorded: anything up to an interval's worth.
  const most = activeS === undefined ? null : Math.ceil((activeS * 1000) / load.everyMs / servers) + 1;
  const isBad = most === null ? Math.abs(bad(statusesOf(all)) - bad(wanted)) <= 2 : bad(wanted) <= most && bad(statusesOf(all)) <= most;
  return {
    tolerance: most === null ? "totals ±2" : `within one interval of its checks (0…${most} failures)`,
    recorded: `${JSON.stringify(wanted)}, ${wantedSlow} slow`,
    predicted: `${JSON.stringify(statusesOf(all))}, ${slow} slow`,
    matches: isBad && Math.abs(slow - wantedSlow) <= 2,
  };
}

function settingsOf(name: string): SettingValues {
  const usual = { rules: "caddy", algorithm: "caddy-round-robin", checks: "none", maxFails: 0 };
  const tries = secondsIn(name, "try(?:_duration)?");
  const fails = secondsIn(name, "fail(?:_duration)?");
  const isPlain = /no_retry|default/u.test(name);
  if (tries === undefined && fails === undefined && secondsIn(name, "active") === undefined && !isPlain)
    throw new NotUnderstood(`the settings of "${name}"`);
  return {
    ...usual,
    ...(tries === undefined ? {} : { tryDurationMs: tries * 1000 }),
    ...(fails === undefined ? {} : { maxFails: 1, failTimeoutMs: fails * 1000 }),
  };
}

/** "try_duration2s", "active_500ms": in seconds. */
function secondsIn(name: string, what: string): number | undefined {
  const [, amount, unit] = new RegExp(`${what}_?(\\d+)(ms|s)`, "u").exec(name) ?? [];
  return amount === undefined ? undefined : Number(amount) / (unit === "ms" ? 1000 : 1);
}
