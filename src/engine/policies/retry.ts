/** Why an attempt to reach a target failed before anything was sent to it. */
export type ConnectFailure = "refused" | "connect-timeout";

export interface FailedAttempt {
  /** How many attempts have failed, this one included: 1 after the first. */
  readonly attempt: number;
  /** How often to try again at most; 0: never, and then `redispatch` does nothing either. */
  readonly retries: number;
  /** HAProxy's interval: 0 never elsewhere, n every n-th retry, −1 only the last one. */
  readonly redispatch: number;
  readonly failure: ConnectFailure;
  /** Whether another target is usable. */
  readonly otherUsable: boolean;
  /** Its target was chosen for it by a hash or a cookie: it does matter which. */
  readonly isBound: boolean;
  readonly connectTimeoutUs: number;
}

export interface RetryDecision {
  readonly again: boolean;
  /** To a target that is chosen anew (not the one just tried, unless a hash says so); else to the same one. */
  readonly elsewhere: boolean;
  readonly afterUs: number;
}

const giveUp: RetryDecision = { again: false, elsewhere: false, afterUs: 0 };

/**
 * HAProxy's retries of connection failures ([S] backend.c, back_handle_st_cer; SEMANTICS §1.4, measured). With redispatch a
 * request goes elsewhere when the interval says so; where it does not matter who serves it, at once and always. Else it stays with
 * its target: after a refusal it waits for the turn-around, after a timeout it has waited enough.
 */
export function retryDecision(failed: FailedAttempt): RetryDecision {
  if (failed.attempt > failed.retries) return giveUp;
  const { redispatch, otherUsable, isBound } = failed;
  if (redispatch !== 0 && otherUsable && (!isBound || isDue(failed))) return { again: true, elsewhere: true, afterUs: 0 };
  return { again: true, elsewhere: false, afterUs: failed.failure === "refused" ? turnAroundUs(failed.connectTimeoutUs) : 0 };
}

function isDue({ attempt, retries, redispatch }: FailedAttempt): boolean {
  const every = redispatch > 0 ? redispatch : retries + 1 + redispatch;
  return every > 0 && attempt % every === 0;
}

/** HAProxy: min(timeout connect, 1 s) before a retry on the same server. */
export function turnAroundUs(connectTimeoutUs: number): number {
  return Math.min(connectTimeoutUs, 1_000_000);
}
