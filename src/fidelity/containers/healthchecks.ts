import type { SettingValues } from "../../document/topology.ts";
import type { Outcome } from "../outcome.ts";
import { NotUnderstood, type RecordedCase } from "../recorded-case.ts";
import { ContainerRig } from "./container-rig.ts";
import { dockerOptions, type DockerOptions } from "./docker-options.ts";
import recordings from "./recordings.json";

/** SEMANTICS §8: Docker's health, given the phase. */
const toleranceMs = 100;
const measured = /^ms_(\w+?)_to_(unhealthy|healthy)$/u;

/** How soon Docker calls a container healthy or unhealthy: from its start to the tenth of a second, else within the probes' phase. */
export function playHealthcheck(recorded: RecordedCase): Outcome | null {
  if (recorded.group !== recordings.group) return null;
  const times = Object.entries(recorded.fields).flatMap(([key, value]) => {
    const found = measured.exec(key);
    return found === null ? [] : [{ key, from: found[1]!, to: found[2]!, ms: listOf(value, key) }];
  });
  if (times.length === 0) return null;
  const options = dockerOptions(recorded);
  const fails = failureOf(recorded.name);
  const windows = times.map(({ from, to }) =>
    /start|run|create/u.test(from) ? fromStart(options, fails, to) : fromChange(options, fails, to),
  );
  const fits = times.every(({ ms }, index) =>
    ms.every((one) => one >= windows[index]![0] - toleranceMs && one <= windows[index]![1] + toleranceMs),
  );
  const told = ([least, most]: Window) => (least === most ? least.toFixed(0) : `${least.toFixed(0)}…${most.toFixed(0)}`);
  return {
    tolerance: `±${toleranceMs} ms, given the phase`,
    recorded: times.map(({ key, ms }) => `${key} ${ms.join(" ")}`).join("; "),
    predicted: times.map(({ key }, index) => `${key} ${told(windows[index]!)}`).join("; "),
    matches: fits,
  };
}

type Window = readonly [number, number];

function listOf(value: unknown, key: string): readonly number[] {
  const list = Array.isArray(value) ? value : [value];
  if (!list.every((one) => typeof one === "number")) throw new NotUnderstood(`"${key}" is no list of times`);
  return list as number[];
}

/** What makes its probes fail: a command that hangs for longer than any timeout, or one that ends badly. */
function failureOf(name: string): SettingValues {
  return /hang|sleep|timeout_only|black/u.test(name) ? { healthcheck: "asks", healthProbeMs: 600_000 } : { healthcheck: "broken" };
}

const wellProbes: SettingValues = { healthcheck: "asks", healthProbeMs: 70 };

function settingsOf(options: DockerOptions): SettingValues {
  return {
    healthIntervalMs: options.intervalMs,
    healthTimeoutMs: options.timeoutMs,
    healthStartPeriodMs: options.startPeriodMs,
    healthStartIntervalMs: options.startIntervalMs,
    healthRetries: options.retries,
    startMs: 232,
  };
}

const patienceMs = ({ intervalMs, timeoutMs, startPeriodMs, retries }: DockerOptions): number =>
  startPeriodMs + (retries + 3) * (intervalMs + Math.min(timeoutMs, 60_000));

function fromStart(options: DockerOptions, fails: SettingValues, to: string): Window {
  const rig = new ContainerRig({ ...settingsOf(options), ...(to === "unhealthy" ? fails : wellProbes) });
  rig.act("recreate");
  const up = rig.next(["up"], 60_000);
  const said = rig.next([to], patienceMs(options));
  if (up === null || said === null) throw new NotUnderstood(`it never became ${to}`);
  const ms = (said.atUs - up.atUs) / 1000;
  return [ms, ms];
}

/** From what made it fail, or well again: the probes' phase is not recorded, so it is anything from none to a whole interval. */
function fromChange(options: DockerOptions, fails: SettingValues, to: string): Window {
  const before = to === "unhealthy" ? wellProbes : fails;
  const after = to === "unhealthy" ? fails : wellProbes;
  const phases = [0.001, 0.25, 0.5, 0.75, 0.999].map((phase) => {
    const rig = new ContainerRig({ ...settingsOf(options), ...before });
    rig.act("recreate");
    const up = rig.next(["up"], 60_000);
    const settled = rig.next([to === "unhealthy" ? "healthy" : "unhealthy"], patienceMs(options));
    if (up === null || settled === null) throw new NotUnderstood("it was never the other way round");
    rig.until(rig.nowMs + phase * options.intervalMs);
    const changedMs = rig.nowMs;
    rig.set(after);
    const said = rig.next([to], patienceMs(options));
    if (said === null) throw new NotUnderstood(`it never became ${to}`);
    return said.atUs / 1000 - changedMs;
  });
  return [Math.min(...phases), Math.max(...phases)];
}
