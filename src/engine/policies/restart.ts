/** `docker run --restart`; `on-failure` may be given a greatest number of restarts. */
export type RestartPolicy = "no" | "always" | "unless-stopped" | "on-failure";

export interface Ended {
  readonly policy: RestartPolicy;
  /** Restarts that `on-failure` makes at most; 0: no limit. */
  readonly restartsMax: number;
  /** Restarts made since somebody last started it by hand. */
  readonly restarts: number;
  readonly exitCode: number;
  /** `docker stop` and `docker kill` (moby: HasBeenManuallyStopped). */
  readonly isManual: boolean;
}

const firstWaitUs = 100_000;
const longestWaitUs = 60_000_000;
const longRunUs = 10_000_000;

/**
 * Whether Docker starts a container again whose process has ended (moby restartmanager.go, ShouldRestart). What was
 * stopped by hand stays so under every policy: moby cancels the restart manager when it stops or kills.
 */
export function restarts({ policy, restartsMax, restarts, exitCode, isManual }: Ended): boolean {
  if (isManual) return false;
  switch (policy) {
    case "no":
      return false;
    case "always":
    case "unless-stopped":
      return true;
    case "on-failure":
      return exitCode !== 0 && (restartsMax === 0 || restarts < restartsMax);
  }
}

/** Whether `on-failure:max` would have restarted it once more, had it not done so often enough. */
export function givesUp(ended: Ended): boolean {
  return !restarts(ended) && restarts({ ...ended, restartsMax: 0 });
}

/**
 * How long Docker waits before the restart: 100 ms, doubled each time up to 1 min, and 100 ms again after a run of 10 s
 * (moby restartmanager.go; measured, f_docker: 0.1 … 25.6 s within the engine's own 0.2 to 0.45 s).
 * @param beforeUs the wait before the last restart; 0: there was none
 */
export function restartWaitUs(beforeUs: number, ranUs: number): number {
  if (beforeUs === 0 || ranUs >= longRunUs) return firstWaitUs;
  return Math.min(beforeUs * 2, longestWaitUs);
}

/**
 * Whether a container starts with the Docker daemon, when its host is back ("Start containers automatically",
 * docs.docker.com): `always` even if it was stopped by hand, `unless-stopped` unless it was, `on-failure` and `no` not. (After
 * a reset of the host engine 26 starts `on-failure`, too, against its documentation: moby issue 47846, open.)
 */
export function startsWithDaemon(policy: RestartPolicy, isManual: boolean): boolean {
  return policy === "always" || (policy === "unless-stopped" && !isManual);
}
