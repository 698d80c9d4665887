import type { Outcome } from "../outcome.ts";
import { NotUnderstood, type RecordedCase } from "../recorded-case.ts";
import { ContainerRig } from "./container-rig.ts";
import { dockerOptions, toldIn, type DockerOptions } from "./docker-options.ts";
import recordings from "./recordings.json";

/** Docker's own share of a restart may differ by half (SEMANTICS §8); no single one took a second longer than its wait. */
const share = 0.5;
const longestShareMs = 1000;

/** What ends the container's process, and what it ends with. */
interface Ending {
  readonly how: "crash" | "command" | "kill" | "stop" | "unhealthy";
  readonly exitCode: number;
  /** How long it runs before. */
  readonly uptimeMs: number;
}

/** Whether Docker starts a container again, how often, and how long it waits each time. */
export function playRestart(recorded: RecordedCase): Outcome | null {
  if (recorded.group !== recordings.group || !/restart|on[-_]failure|exit_?\d|docker_kill|not_restarted/u.test(recorded.name)) return null;
  const options = dockerOptions(recorded);
  const ending = endingOf(recorded);
  const checks = Object.entries(recorded.fields).flatMap(([key, value]) => {
    const check = checkOf(key, value, options, ending);
    return check === null ? [] : [check];
  });
  if (checks.length === 0) return null;
  return {
    tolerance: `back-off exact, Docker's own share ±${share * 100} %; the rest exact`,
    recorded: checks.map((check) => check.recorded).join("; "),
    predicted: checks.map((check) => check.predicted).join("; "),
    matches: checks.every(({ matches }) => matches),
  };
}

interface Check {
  readonly recorded: string;
  readonly predicted: string;
  readonly matches: boolean;
}

function endingOf(recorded: RecordedCase): Ending {
  const { name } = recorded;
  const code = Number(/exit[-_ ]?(?:code[-_ ]?)?(\d+)/u.exec(toldIn(recorded))?.[1] ?? (/false|fail(?!ure)/u.test(name) ? 1 : 0));
  const uptime = /after_?(\d+(?:\.\d+)?)s|uptime_?(\d+(?:\.\d+)?)s|runs_?(\d+(?:\.\d+)?)s|sleep_?(\d+(?:\.\d+)?)/u.exec(name);
  const uptimeMs = Number(uptime?.slice(1).find((one) => one !== undefined) ?? 0) * 1000;
  if (/docker_kill/u.test(name)) return { how: "kill", exitCode: 137, uptimeMs };
  if (/docker_stop|manual/u.test(name)) return { how: "stop", exitCode: 137, uptimeMs };
  if (/SIGKILL|kill_?9|pid_?1|oom/iu.test(name)) return { how: "crash", exitCode: 137, uptimeMs };
  if (/unhealthy/u.test(name)) return { how: "unhealthy", exitCode: 0, uptimeMs };
  const isFailure = /on[-_]failure/u.test(name) && !/exit_?0/u.test(name) && code === 0;
  return { how: "command", exitCode: isFailure ? 1 : code, uptimeMs };
}

function checkOf(key: string, value: unknown, options: DockerOptions, ending: Ending): Check | null {
  if (Array.isArray(value) && value.every((one) => typeof one === "number") && /gap|_to_start|restart|delay/iu.test(key))
    return gaps(value, key, options, ending);
  if (typeof value === "string" && /state|status|inspect|final/iu.test(key)) return state(value, key, options, ending);
  if (typeof value === "number" && /restart|starts|start_events|dies|die_events/iu.test(key)) return count(value, key, options, ending);
  return null;
}

const runOptions = (options: DockerOptions, { how, exitCode, uptimeMs }: Ending) => ({
  restart: options.restart,
  restartMax: options.restartMax,
  startMs: 232,
  ...(how === "command" ? { command: "ends", runMs: Math.max(1.3, uptimeMs), exitCode } : {}),
  ...(how === "stop" ? { onTerm: "ignores", stopGraceMs: 0 } : {}),
  ...(how === "unhealthy"
    ? { healthcheck: "broken", healthIntervalMs: options.intervalMs, healthTimeoutMs: options.timeoutMs, healthRetries: options.retries }
    : {}),
});

function running(options: DockerOptions, ending: Ending): ContainerRig {
  const rig = new ContainerRig(runOptions(options, ending));
  rig.act("recreate");
  rig.next(["up"], 10_000);
  return rig;
}

/** Each from the end of the process to the start of the next one. */
function gaps(recorded: readonly number[], key: string, options: DockerOptions, ending: Ending): Check {
  const ms = recorded.map((one) => (/_s$|seconds/u.test(key) ? one * 1000 : one));
  const rig = running(options, ending);
  const predicted: number[] = [];
  const waits: number[] = [];
  while (predicted.length < ms.length) {
    if (ending.how === "crash") {
      rig.until(rig.nowMs + ending.uptimeMs);
      rig.act("crash", ending.exitCode);
    }
    const gap = restartOf(rig);
    if (gap === null) break;
    predicted.push(gap.totalMs);
    waits.push(gap.waitMs);
  }
  const shares = ms.map((one, index) => one - (waits[index] ?? Infinity));
  const own = predicted.map((one, index) => one - waits[index]!);
  const isNear = Math.abs(median(shares) - median(own)) <= share * median(own);
  return {
    recorded: `${key} ${ms.join(" ")} ms`,
    predicted: predicted.map((one) => one.toFixed(0)).join(" ") + " ms",
    matches: predicted.length === ms.length && isNear && shares.every((one) => one >= 0 && one <= longestShareMs),
  };
}

function restartOf(rig: ContainerRig): { readonly totalMs: number; readonly waitMs: number } | null {
  const exited = rig.next(["exited"], 3_600_000);
  if (exited === null) return null;
  const waitMs = Number(rig.fact("restart-wait") ?? 0) / 1000;
  const up = rig.next(["up"], 120_000);
  return up === null ? null : { totalMs: (up.atUs - exited.atUs) / 1000, waitMs };
}

/** The end has come, and what follows from it within a while. */
function ended(options: DockerOptions, ending: Ending, afterMs: number, restartsBefore: number): ContainerRig {
  const rig = running(options, ending);
  for (let restart = 0; restart < restartsBefore; restart++) {
    rig.until(rig.nowMs + 11_000);
    rig.act("crash", 137);
    rig.next(["up"], 120_000);
  }
  if (ending.how === "crash") {
    rig.until(rig.nowMs + ending.uptimeMs);
    rig.act("crash", ending.exitCode);
  }
  if (ending.how === "kill" || ending.how === "stop") rig.act(ending.how);
  if (ending.how === "unhealthy") rig.next(["unhealthy"], 600_000);
  rig.until(rig.nowMs + afterMs);
  return rig;
}

/** "5 exited 137": restarts, status, exit code, as `docker inspect` tells them. */
function state(recorded: string, key: string, options: DockerOptions, ending: Ending): Check | null {
  const found = /^(?:(\d+) )?(running|exited|restarting)(?: (healthy|unhealthy|starting))?(?: (\d+))?$/u.exec(recorded.trim());
  if (found === null) throw new NotUnderstood(`"${key}" is no state of a container`);
  const [, restarts, , health, code] = found;
  const afterMs = Number(/(\d+(?:\.\d+)?)s/u.exec(key)?.[1] ?? 60) * 1000;
  // What stays as it is by hand has kept the restarts that went before; all others count from nothing.
  const isByHand = ending.how === "kill" || ending.how === "stop";
  const rig = ended(options, ending, afterMs, isByHand ? Number(restarts ?? 0) : 0);
  const exitCode = rig.state === "exited" ? rig.fact("exit-code") : 0;
  const words = [
    ...(restarts === undefined ? [] : [String(rig.fact("restarts") ?? 0)]),
    rig.state,
    ...(health === undefined ? [] : [String(rig.fact("health")).replace("health.", "")]),
    ...(code === undefined ? [] : [String(exitCode)]),
  ];
  return { recorded, predicted: words.join(" "), matches: recorded.trim() === words.join(" ") };
}

function count(recorded: number, key: string, options: DockerOptions, ending: Ending): Check {
  const rig = ended(options, ending, 120_000, 0);
  const restarts = Number(rig.fact("restarts") ?? 0);
  const predicted = /starts|start_events|dies|die_events/u.test(key) && !/restart/iu.test(key) ? restarts + 1 : restarts;
  return { recorded: `${key} ${recorded}`, predicted: String(predicted), matches: recorded === predicted };
}

function median(values: readonly number[]): number {
  const sorted = [...values].sort((a, b) => a - b);
  const middle = sorted.length >> 1;
  return sorted.length % 2 === 1 ? sorted[middle]! : (sorted[middle - 1]! + sorted[middle]!) / 2;
}
