import { uniform } from "../../base/random.ts";
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
  /** At which millisecond of a whole second the fault comes, where that matters. */
  readonly millisecond?: number;
  /** Requests of a real load come up to so much after their time, by chance (of which there are several). */
  readonly unevenMs?: number;
  readonly luck?: number;
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
  /** From the recovery to the first request that the server which had failed gets again. */
  readonly askedMs: number | null;
}

export function playLoad(plan: LoadPlan): LoadResult {
  const rig = new Rig(plan.rig);
  const beginMs = beginning(plan);
  const events = happenings(rig, plan, beginMs).sort((a, b) => a.atMs - b.atMs || a.rank - b.rank);
  for (const { atMs, happen } of events) {
    rig.until(atMs);
    happen();
  }
  rig.until(beginMs + plan.requests * plan.everyMs + longestRequestMs);
  return resultOf(rig, plan, beginMs);
}

const longestRequestMs = 60_000;

/** The load begins when that makes the fault come at the recorded phase of the checks. */
function beginning(plan: LoadPlan): number {
  if (plan.phaseMs === null) return settledMs + ((((plan.millisecond ?? 0) - plan.faultMs) % 1000) + 1000);
  const alone = new Rig(plan.rig);
  alone.until(Math.max(plan.faultMs, plan.intervalMs) + settledMs);
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
  const fault = new Fault(rig, plan);
  const found: Happening[] = Array.from({ length: requests }, (_, index) => {
    const atMs = beginMs + index * everyMs + (plan.unevenMs ?? 0) * uniform(plan.luck ?? 0, index);
    return {
      atMs,
      rank: 1,
      happen: () => {
        fault.comeIfDue();
        rig.send(atMs);
      },
    };
  });
  found.push({ atMs: beginMs + faultMs, rank: 0, happen: () => fault.begin() });
  if (recoveryMs !== null) {
    const atMs = beginMs + recoveryMs;
    found.push({ atMs: atMs - mendLeadMs(failure), rank: 0, happen: () => mendServer(rig, atMs, server, failure) });
  }
  return found;
}

/**
 * The recordings drop packets that open a connection; those of requests under way still pass. A wire of the playground
 * drops all alike, and so it is cut when the server next has nothing in hand.
 */
class Fault {
  private readonly rig: Rig;
  private readonly plan: LoadPlan;
  private isDue = false;

  constructor(rig: Rig, plan: LoadPlan) {
    this.rig = rig;
    this.plan = plan;
  }

  begin(): void {
    this.isDue = true;
    this.comeIfDue();
  }

  comeIfDue(): void {
    const { rig, plan } = this;
    if (!this.isDue || (plan.failure === "drop" && rig.inHand(plan.server) > 0)) return;
    this.isDue = false;
    breakServer(rig, rig.nowMs, plan.server, plan.failure);
  }
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
  const backMs = plan.recoveryMs === null ? null : beginMs + plan.recoveryMs;
  const asked = backMs === null ? undefined : rig.rows("sent").find(({ whom, atUs }) => whom === plan.server && atUs / 1000 >= backMs);
  return {
    statuses,
    badMs: failed.map(({ b }) => b / 1000),
    goodMs: served.map(({ a }) => a / 1000),
    retried: retriesIn(rig),
    redispatched: rig.rows("redispatched").length,
    downMs: down === undefined ? null : down.atUs / 1000 - beginMs - plan.faultMs,
    upMs: up === undefined || backMs === null ? null : up.atUs / 1000 - backMs,
    askedMs: asked === undefined || backMs === null ? null : asked.atUs / 1000 - backMs,
  };
}

/**
 * As HAProxy counts them: sending once more what had been sent is a retry, and going to the same server for it is another ([S] do_l7_retry,
 * stream_choose_redispatch).
 */
function retriesIn(rig: Rig): number {
  const counted = new Map<number, number>();
  const wasSent = new Set<number>();
  let retries = 0;
  for (const { what, who, number } of rig.rows(
    "sent",
    "refused",
    "connect-timed-out",
    "reset",
    "call-timed-out",
    "got",
    "retried",
    "redispatched",
  )) {
    if (who !== "front") continue;
    const before = counted.get(number) ?? 0;
    const each = what === "retried" ? (wasSent.has(number) ? 2 : before + 1) : what === "redispatched" ? Math.min(before, 1) : before;
    retries += each - before;
    counted.set(number, what === "sent" ? 0 : each);
    if (what === "reset" || what === "call-timed-out" || what === "got") wasSent.add(number);
    else if (what === "refused" || what === "connect-timed-out") wasSent.delete(number);
  }
  return retries;
}
