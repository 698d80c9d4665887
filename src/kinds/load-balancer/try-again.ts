import { priority } from "../../engine/kernel/kernel.ts";
import { ending, type Ending } from "../../engine/network.ts";
import { code } from "../../engine/protocol.ts";
import type { Run } from "../../engine/run.ts";

export interface TryingConfig {
  readonly tryDurationUs: number;
  readonly tryIntervalUs: number;
  /** 0: as often as the time allows. */
  readonly tryRetries: number;
  readonly resend: boolean;
  readonly resetStatus: number;
  readonly timeoutStatus: number;
}

interface Parts {
  configOf(row: number): TryingConfig;
  hasFailed(row: number, target: number): void;
  retried(task: number, target: number): void;
  nobody(task: number, status: number): void;
  finish(task: number, status: number): void;
}

/**
 * Caddy's `lb_try_duration` and `lb_retries` ([S] reverseproxy.go, proxyLoopIteration and tryAgain; recorded:
 * own_caddy_*): each failure is counted, a request that may be sent again is tried again with whoever's turn it is then, and it
 * waits for somebody, where nobody is to be had, as it waits for another try. `done` of its task is the status of what it has
 * met, which stays with it.
 */
export function makeTryingAgain(run: Run, { configOf, hasFailed, retried, nobody, finish }: Parts) {
  const { kernel } = run;
  const { table } = run.tasks;

  const isTriedAgain = (task: number): boolean => {
    const row = table.entity[task]!;
    const { tryDurationUs, tryIntervalUs, tryRetries } = configOf(row);
    const attempt = ++table.attempt[task]!;
    const hasTime = tryDurationUs === 0 ? tryRetries > 0 : kernel.nowUs - table.beganUs[task]! < tryDurationUs;
    if (!hasTime || (tryRetries > 0 && attempt > tryRetries)) return false;
    // It waits in between only where it has been given a time (Provision).
    kernel.after(tryDurationUs === 0 ? 0 : tryIntervalUs, priority.timer, code.retry, row, task, table.generation[task]!);
    return true;
  };

  return {
    tryAgain(task: number, target: number, how: Ending): void {
      const row = table.entity[task]!;
      const { resend, timeoutStatus, resetStatus } = configOf(row);
      hasFailed(row, target);
      const wasSent = how === ending.reset || how === ending.timedOut;
      table.done[task] = how === ending.timedOut ? timeoutStatus : resetStatus;
      if ((resend || !wasSent) && isTriedAgain(task)) retried(task, target);
      else finish(task, table.done[task]!);
    },

    hasNobody(task: number): void {
      if (table.done[task] === 0) table.done[task] = 503;
      if (isTriedAgain(task)) return;
      nobody(task, table.done[task]!);
      finish(task, table.done[task]!);
    },
  };
}
