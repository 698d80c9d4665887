import { breakServer, mendLeadMs, mendServer } from "../rig/faults.ts";
import type { Failure } from "../rig/haproxy-options.ts";
import { Rig, type RigOptions } from "../rig/rig.ts";

/** An open load on the rig, one of whose servers fails at an instant of it and may come back at another. */
export interface LoadPlan {
  readonly rig: RigOptions;
  readonly requests: number;
  readonly everyMs: number;
  /** From the beginning of the load. */
  readonly faultMs: number;
  readonly recoveryMs: number | null;
  readonly failure: Failure;
  readonly server: string;
  /** How long before the fault the last good check began; null where there are no checks. */
  readonly phaseMs: number | null;
  readonly intervalMs: number;
}

export interface LoadResult {
  /** How many requests ended with each status; 0: no answer. */
  readonly statuses: ReadonlyMap<number, number>;
  /** How long those took that failed, and those that were served, in milliseconds. */
  readonly badMs: readonly number[];
  readonly goodMs: readonly number[];
  readonly retried: number;
  readonly redispatched: number;
  readonly downMs: number | null;
  /** From the recovery to UP. */
  readonly upMs: number | null;
}

export function playLoad(plan: LoadPlan): LoadResult {
  const rig = new Rig(plan.rig);
  const beginMs = beginning(plan);
  const events = happenings(rig, plan, beginMs).sort((a, b) => a.atMs - b.atMs || a.rank - b.rank);
  for (const { happen } of events) happen();
  rig.until(beginMs + plan.requests * plan.everyMs + longestRequestMs);
  return resultOf(rig, plan, beginMs);
}

const longestRequestMs = 60_000;

/** The load begins when that makes the fault come at the recorded phase of the checks. */
function beginning(plan: LoadPlan): number {
  if (plan.phaseMs === null) return settledMs;
  const alone = new Rig(plan.rig);
  alone.until(plan.faultMs + settledMs);
  return alone.lastGoodCheckMs(plan.server) + plan.intervalMs + plan.phaseMs - plan.faultMs;
}

const settledMs = 1000;

interface Happening {
  readonly atMs: number;
  /** At one instant the fault comes before the request. */
  readonly rank: number;
  happen(): void;
}

function happenings(rig: Rig, plan: LoadPlan, beginMs: number): Happening[] {
  const { requests, everyMs, faultMs, recoveryMs, failure, server } = plan;
  const found: Happening[] = Array.from({ length: requests }, (_, index) => {
    const atMs = beginMs + index * everyMs;
    return { atMs, rank: 1, happen: () => rig.send(atMs) };
  });
  found.push({ atMs: beginMs + faultMs, rank: 0, happen: () => breakServer(rig, beginMs + faultMs, server, failure) });
  if (recoveryMs !== null) {
    const atMs = beginMs + recoveryMs;
    found.push({ atMs: atMs - mendLeadMs(failure), rank: 0, happen: () => mendServer(rig, atMs, server, failure) });
  }
  return found;
}

function resultOf(rig: Rig, plan: LoadPlan, beginMs: number): LoadResult {
  const statuses = new Map<number, number>();
  const served = rig.rows("served");
  const failed = rig.rows("failed", "timed-out");
  for (const { a, b, what } of [...served, ...failed]) {
    const status = what === "served" ? b : a;
    statuses.set(status, (statuses.get(status) ?? 0) + 1);
  }
  const [down] = rig.rows("target-down");
  const [up] = rig.rows("target-up");
  return {
    statuses,
    badMs: failed.map(({ b }) => b / 1000),
    goodMs: served.map(({ a }) => a / 1000),
    retried: rig.rows("retried").length,
    redispatched: rig.rows("redispatched").length,
    downMs: down === undefined ? null : down.atUs / 1000 - beginMs - plan.faultMs,
    upMs: up === undefined || plan.recoveryMs === null ? null : up.atUs / 1000 - beginMs - plan.recoveryMs,
  };
}
