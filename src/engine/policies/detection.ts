/** The earliest and the latest time after a fault (or a recovery), in whole microseconds. */
export type Window = readonly [earliestUs: number, latestUs: number];

/** With the first requests that fail, whenever they come. */
export const byRequests: Window = [0, Infinity];
/** It has nothing by which it could notice: as far as it looks, all is well. */
export const never: Window = [Infinity, Infinity];

/** Whichever way of noticing comes first. undefined: it does not look this way; null: it does, and nobody can say when it will notice. */
export function soonest(ways: readonly (Window | null | undefined)[]): Window | null {
  const told = ways.filter((way) => way !== null && way !== undefined);
  const earliest = Math.min(...told.map(([from]) => from));
  if (told.length === 0 || (earliest === Infinity && ways.includes(null))) return null;
  return [earliest, Math.min(...told.map(([, to]) => to))];
}

export interface CheckTiming {
  readonly intervalUs: number;
  /** While a target goes down or comes up; 0: as the interval. */
  readonly fastIntervalUs: number;
  /** While it is down; 0: as the interval. */
  readonly downIntervalUs: number;
  /** 0: as long as the interval. */
  readonly timeoutUs: number;
  readonly fall: number;
  readonly rise: number;
  /** One way, from the checker to the target. */
  readonly latencyUs: number;
  /** What a failed check meets: a refusal that comes back at once, or silence. */
  readonly failure: "refused" | "silent";
  /** What was on its way when it happened is lost, too. */
  readonly isCutOff?: boolean;
}

/**
 * When a balancer will mark a target DOWN, as HAProxy does (SEMANTICS §1.3, measured): the next check begins an
 * interval after the end of the last one, so from the start of the last good check it is
 * interval + d + (fall − 1)(fast interval + d), d being how long a failing check lasts. The fault fell somewhere in
 * the interval before the first check that it spoilt: between the arrivals of two checks at the target.
 */
export function predictedDetectionUs(timing: CheckTiming): Window {
  const { latencyUs } = timing;
  // The first check that fails is the first to arrive after the fault; or the first whose answer would have come after it.
  const knownUs = timing.isCutOff === true ? 2 * latencyUs : latencyUs;
  const afterFirst = failingUs(timing) - knownUs + (timing.fall - 1) * (fastUs(timing) + failingUs(timing));
  return [Math.max(0, afterFirst), timing.intervalUs + 2 * latencyUs + afterFirst];
}

/** When it will be marked UP again, after it answers again: a check finds it, then rise − 1 more must pass. */
export function predictedReturnUs(timing: CheckTiming): Window {
  const { latencyUs, downIntervalUs, intervalUs } = timing;
  const afterFirstArrival = latencyUs + (timing.rise - 1) * (fastUs(timing) + 2 * latencyUs);
  const between = (downIntervalUs === 0 ? intervalUs : downIntervalUs) + failingUs(timing);
  return [afterFirstArrival, between + afterFirstArrival];
}

/** When a registry will let a lease expire whose holder has fallen silent: a TTL after the last renewal reached it. */
export function predictedExpiryUs(lease: { ttlUs: number; heartbeatUs: number; latencyUs: number; isCutOff?: boolean }): Window {
  const latestUs = lease.ttlUs + (lease.isCutOff === true ? 0 : lease.latencyUs);
  return [Math.max(0, latestUs - lease.heartbeatUs), latestUs];
}

function fastUs(timing: CheckTiming): number {
  return timing.fastIntervalUs === 0 ? timing.intervalUs : timing.fastIntervalUs;
}

/** How long a failing check lasts. */
function failingUs(timing: CheckTiming): number {
  const timeoutUs = timing.timeoutUs === 0 ? timing.intervalUs : timing.timeoutUs;
  return timing.failure === "silent" ? timeoutUs : Math.min(2 * timing.latencyUs, timeoutUs);
}
