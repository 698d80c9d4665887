import type { Outcome } from "../outcome.ts";
import { NotUnderstood, type RecordedCase } from "../recorded-case.ts";
import { ContainerRig } from "./container-rig.ts";
import recordings from "./recordings.json";

/** The client, the signal, and what Docker tidies up: measured on what exits at once ([M] f_docker, docker_stop). */
const ownMs = 140;
/** Docker's own share may differ by half (SEMANTICS §8). */
const share = 0.5;
/** From one signal to the next: the grace, to the tenth of a second. */
const graceToleranceMs = 100;
const dockersGraceMs = 10_000;

interface Stopped {
  readonly ms: number;
  readonly exit: string;
  readonly killAfterMs: number | null;
}

/** `docker stop`: what PID 1 makes of SIGTERM, and what follows when its grace ends. */
export function playStop(recorded: RecordedCase): Outcome | null {
  if (recorded.group !== recordings.group || !/^docker_stop/u.test(recorded.name)) return null;
  const stops = Object.entries(recorded.fields).flatMap(([name, value]) => (isStop(value) ? [{ name, value }] : []));
  if (stops.length === 0) return null;
  const predicted = stops.map(({ name }) => stopped(name));
  return {
    tolerance: `exit exact, SIGKILL ±${graceToleranceMs} ms, Docker's own share ±${share * 100} %`,
    recorded: stops
      .map(({ name, value }) => told(name, { ms: value.ms, exit: String(value.exit), killAfterMs: value.kill_events_gap_ms }))
      .join("; "),
    predicted: stops.map(({ name }, index) => told(name, predicted[index]!)).join("; "),
    matches: stops.every(({ value }, index) => agrees(value, predicted[index]!)),
  };
}

interface RecordedStop {
  readonly ms: number;
  readonly exit: string | number;
  readonly kill_events_gap_ms: number | null;
}

function isStop(value: unknown): value is RecordedStop {
  return typeof value === "object" && value !== null && "ms" in value && "exit" in value && "kill_events_gap_ms" in value;
}

function agrees({ ms, exit, kill_events_gap_ms: killMs }: RecordedStop, predicted: Stopped): boolean {
  const isKilled = killMs !== null;
  if (String(exit) !== predicted.exit || isKilled !== (predicted.killAfterMs !== null)) return false;
  if (isKilled && Math.abs(killMs - predicted.killAfterMs!) > graceToleranceMs) return false;
  const processMs = predicted.ms - ownMs;
  return Math.abs(ms - processMs - ownMs) <= share * ownMs;
}

const told = (name: string, { ms, exit, killAfterMs }: Stopped): string =>
  `${name} ${ms.toFixed(0)} ms, exit ${exit}${killAfterMs === null ? "" : `, killed after ${killAfterMs.toFixed(0)} ms`}`;

/** What PID 1 does is in the name: "pid1_drains_4s", "pid1_no_handler_t3" (`docker stop -t 3`). */
function stopped(name: string): Stopped {
  const graceMs = Number(/_t(\d+(?:\.\d+)?)(?:s|$|_)/u.exec(name)?.[1] ?? dockersGraceMs / 1000) * 1000;
  const drainS = /drains?_?(\d+(?:\.\d+)?)s/u.exec(name)?.[1];
  const onTerm = drainS !== undefined ? "drains" : termOf(name);
  const rig = new ContainerRig({ onTerm, stopGraceMs: graceMs, ...(drainS === undefined ? {} : { workMs: Number(drainS) * 1000 }) });
  rig.until(1000);
  if (drainS !== undefined) rig.act("send");
  rig.until(1001);
  rig.act("stop");
  const fromMs = rig.nowMs;
  const end = rig.next(["exited", "stopped", "died"], graceMs + 60_000);
  if (end === null) throw new NotUnderstood(`${name}: it never stopped`);
  const ms = end.atUs / 1000 - fromMs;
  return { ms: ms + ownMs, exit: String(rig.fact("exit-code")), killAfterMs: end.what === "died" ? ms : null };
}

function termOf(name: string): string {
  if (/no_handler|ignores?|shell/u.test(name)) return "ignores";
  if (/trap|handle|exits/u.test(name)) return "exits";
  throw new NotUnderstood(`${name}: what it does at SIGTERM`);
}
