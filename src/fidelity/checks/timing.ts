import type { Outcome } from "../outcome.ts";
import { has, NotUnderstood, textOf, type RecordedCase } from "../recorded-case.ts";
import { delayOf, failureOf } from "../rig/faults.ts";
import { haproxyOptions } from "../rig/haproxy-options.ts";
import { cycle, downAfterMs, upAfterMs, type CheckedFault } from "./transitions.ts";

type Times = readonly (number | null)[];
/** When something happens: at the earliest and at the latest; null: never. */
type Window = readonly [number, number] | null;

/** How soon HAProxy's checks find a fault and a recovery: to the millisecond where the checks' phase is recorded, else the band. */
export function playCheckTiming(recorded: RecordedCase): Outcome | null {
  if (recorded.group !== "hc" || !has(recorded, "server_opts", "failure", "ms_kill_to_DOWN", "ms_restore_to_UP")) return null;
  const fault = faultOf(recorded);
  const toleranceMs = demandedMs(fault);
  const down = timesOf(recorded, "ms_kill_to_DOWN");
  const up = timesOf(recorded, "ms_restore_to_UP");
  const downAt = memo((phaseMs) => downAfterMs(fault, phaseMs));
  const upAt = memo((firstMs) => upAfterMs(fault, firstMs));
  const within = (ms: number) => [0.001, ms - 0.001] as const;
  const downs = windows(down, timesOf(recorded, "ms_lastcheck_to_kill"), downAt, within(fault.options.inter));
  const ups = windows(up, timesOf(recorded, "ms_restore_to_first_check"), upAt, within(cycle(fault)));
  const fits = (times: Times, all: readonly Window[]) => times.every((time, index) => isWithin(time, all[index]!, toleranceMs));
  return {
    tolerance: `±${toleranceMs} ms, given the phase`,
    recorded: `DOWN ${down.map(String).join(" ")}; UP ${up.map(String).join(" ")} ms`,
    predicted: `DOWN ${downs.map(told).join(" ")}; UP ${ups.map(told).join(" ")} ms`,
    matches: fits(down, downs) && fits(up, ups),
  };
}

function faultOf(recorded: RecordedCase): CheckedFault {
  if (!/^haproxy/u.test(recorded.meant)) throw new NotUnderstood(`the checks of ${recorded.meant}`);
  const failure = failureOf(textOf(recorded, "failure"));
  const backend = has(recorded, "backend_opts") ? textOf(recorded, "backend_opts") : "";
  const options = haproxyOptions(textOf(recorded, "server_opts"), backend);
  return { options, failure, delayMs: failure === "slow" ? delayOf(recorded) : 0 };
}

/**
 * SEMANTICS §8: ±10 ms, and ±0.2 s where the bug of 2.6.12 makes a hung check last about an interval. Each check is a millisecond or two late,
 * which adds up where there are many.
 */
function demandedMs({ options, failure }: CheckedFault): number {
  const isBug = failure === "hang" && options.timeoutCheck !== null && options.timeoutCheck < options.inter;
  return isBug ? 200 : Math.max(10, 3 * Math.max(options.fall, options.rise));
}

/** What is predicted for each repetition: an instant where its phase is known, else all between the two ends. */
function windows(times: Times, phases: Times, at: (phaseMs: number) => number | null, ends: readonly [number, number]): Window[] {
  return times.map((_, index) => {
    const phase = phases[index] ?? null;
    const found = phase === null ? ends.map(at) : [at(phase)];
    if (found.some((time) => time === null)) return null;
    return [Math.min(...(found as number[])), Math.max(...(found as number[]))];
  });
}

function isWithin(time: number | null, window: Window, toleranceMs: number): boolean {
  if (time === null || window === null) return time === null && window === null;
  return time >= window[0] - toleranceMs && time <= window[1] + toleranceMs;
}

function told(window: Window): string {
  if (window === null) return "null";
  const [from, to] = window.map((ms) => ms.toFixed(0));
  return from === to ? from! : `${from}…${to}`;
}

function timesOf({ fields }: RecordedCase, name: string): Times {
  const value = fields[name] ?? [];
  if (!Array.isArray(value) || !value.every((one) => one === null || typeof one === "number"))
    throw new NotUnderstood(`"${name}" is no list of times`);
  return value as Times;
}

function memo(at: (phaseMs: number) => number | null): (phaseMs: number) => number | null {
  const known = new Map<number, number | null>();
  return (phaseMs) => {
    const found = known.get(phaseMs);
    if (found !== undefined) return found;
    const time = at(phaseMs);
    known.set(phaseMs, time);
    return time;
  };
}
