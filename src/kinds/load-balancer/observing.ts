import { ending, type Ending } from "../../engine/network.ts";
import type { Run } from "../../engine/run.ts";

export interface ObservingConfig {
  readonly observe: "none" | "layer4" | "layer7";
  readonly errorLimit: number;
  readonly onError: "fastinter" | "fail-check" | "sudden-death" | "mark-down";
}

/**
 * HAProxy's `observe` ([S] check.c, __health_adjust, analyze_statuses): so many failures of requests in a row, and the target's
 * health suffers as if checks had failed. A connection that is refused counts on either layer; what comes after it
 * on layer 7 alone, where 100–499, 501 and 505 are answers like any other.
 */
export function observed(run: Run, row: number, target: number, how: Ending, status: number, config: ObservingConfig): void {
  const { errors } = run.upstreams.table;
  const connected = how !== ending.refused && how !== ending.connectTimedOut;
  const isLayer4 = config.observe === "layer4";
  const isGood = isLayer4 ? connected : how === ending.answered && isValid(status);
  if (isGood) errors[target] = 0;
  if (isGood || ++errors[target]! < config.errorLimit) return;
  errors[target] = 0;
  run.checks.suffer(row, target, eventOf(run, row, config));
}

export function isValid(status: number): boolean {
  return status < 500 || status === 501 || status === 505;
}

/** The event of its health's machine; −1: its next check comes sooner, and that is all. */
function eventOf(run: Run, row: number, { onError }: ObservingConfig): number {
  const { health } = run.checks.config(row);
  switch (onError) {
    case "fastinter":
      return -1;
    case "fail-check":
      return health.failEvent;
    case "sudden-death":
      return health.suddenDeathEvent;
    case "mark-down":
      return health.markDownEvent;
  }
}
