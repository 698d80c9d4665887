/** Why an attempt to reach a target failed before anything was sent to it. */
export type ConnectFailure = "refused" | "connect-timeout";

export interface FailedAttempt {
  /** How many attempts have failed, this one included: 1 after the first. */
  readonly attempt: number;
  /** How often to try again at most; 0: never, and then `redispatch` does nothing either. */
  readonly retries: number;
  readonly redispatch: boolean;
  readonly failure: ConnectFailure;
  /** Whether another target is usable. */
  readonly otherUsable: boolean;
  readonly connectTimeoutUs: number;
}

export interface RetryDecision {
  readonly again: boolean;
  /** To another target, chosen anew and not the one just tried; else to the same one. */
  readonly elsewhere: boolean;
  readonly afterUs: number;
}

const giveUp: RetryDecision = { again: false, elsewhere: false, afterUs: 0 };

/**
 * HAProxy's retries of connection failures (SEMANTICS §1.4, measured), for balancing that is not by hash or cookie.
 * With redispatch and another target the request goes there at once. Without, it stays with its target even when
 * that is marked DOWN meanwhile: after a refusal it waits for the turn-around, after a timeout it has waited enough.
 */
export function retryDecision(failed: FailedAttempt): RetryDecision {
  if (failed.attempt > failed.retries) return giveUp;
  if (failed.redispatch && failed.otherUsable) return { again: true, elsewhere: true, afterUs: 0 };
  return { again: true, elsewhere: false, afterUs: failed.failure === "refused" ? turnAroundUs(failed.connectTimeoutUs) : 0 };
}

/** HAProxy: min(timeout connect, 1 s) before a retry on the same server. */
export function turnAroundUs(connectTimeoutUs: number): number {
  return Math.min(connectTimeoutUs, 1_000_000);
}
