import { readFileSync } from "node:fs";
import { expect, test } from "vitest";
import { predictedDetectionUs, predictedExpiryUs, predictedReturnUs, type CheckTiming } from "./detection.ts";

const defaults: CheckTiming = {
  intervalUs: 2_000_000,
  fastIntervalUs: 0,
  downIntervalUs: 0,
  timeoutUs: 0,
  fall: 3,
  rise: 2,
  latencyUs: 0,
  failure: "refused",
};

const seconds = (window: readonly number[]) => window.map((us) => us / 1e6);

test.each<[string, Partial<CheckTiming>, readonly number[], readonly number[]]>([
  ["HAProxy's defaults", {}, [4, 6], [2, 4]],
  ["every second", { intervalUs: 1e6 }, [2, 3], [1, 2]],
  ["every second, silent", { intervalUs: 1e6, failure: "silent" }, [5, 6], [1, 3]],
  ["silent, timeout 300 ms", { intervalUs: 1e6, timeoutUs: 300_000, failure: "silent" }, [2.9, 3.9], [1, 2.3]],
  ["fast 200 ms", { fastIntervalUs: 200_000 }, [0.4, 2.4], [0.2, 2.2]],
  ["down 500 ms", { downIntervalUs: 500_000 }, [4, 6], [2, 2.5]],
  ["once down, once up", { fall: 1, rise: 1 }, [0, 2], [0, 2]],
  ["10 ms away", { intervalUs: 1e6, latencyUs: 10_000 }, [2.05, 3.07], [1.03, 2.05]],
])("%s: DOWN and UP in seconds", (_name, timing, down, up) => {
  expect(seconds(predictedDetectionUs({ ...defaults, ...timing }))).toEqual(down);
  expect(seconds(predictedReturnUs({ ...defaults, ...timing }))).toEqual(up);
});

interface Measured {
  readonly case: string;
  readonly server_opts: string;
  readonly backend_opts: string;
  readonly failure: "down" | "hang";
  readonly ms_kill_to_DOWN: readonly number[];
  readonly ms_restore_to_UP: readonly number[];
}

function option(text: string, name: string): number | null {
  const found = new RegExp(`\\b${name} (\\d+)(ms|s)?`, "u").exec(text);
  return found === null ? null : Number(found[1]) * (found[2] === "ms" ? 1000 : found[2] === "s" ? 1_000_000 : 1);
}

function timingOf({ server_opts: server, backend_opts: backend, failure }: Measured): CheckTiming {
  const intervalUs = option(server, "inter")!;
  // HAProxy 2.6.12's bug: a check timeout shorter than the interval is ineffective once connected (SEMANTICS §1.3).
  const timeoutUs = Math.max(option(backend, "timeout check") ?? 0, intervalUs);
  return {
    ...defaults,
    intervalUs,
    fastIntervalUs: option(server, "fastinter") ?? 0,
    timeoutUs,
    fall: option(server, "fall")!,
    rise: option(server, "rise")!,
    failure: failure === "hang" ? "silent" : "refused",
  };
}

const cases = JSON.parse(readFileSync(new URL("./cases/haproxy-timing.json", import.meta.url), "utf8")) as Measured[];

test.each(cases.map((c) => [c.case, c] as const))("measured: HAProxy %s went down and came back within the window", (_name, measured) => {
  const toleranceMs = measured.failure === "hang" ? 40 : 15;
  const [soonest, latest] = predictedDetectionUs(timingOf(measured));
  for (const ms of measured.ms_kill_to_DOWN) {
    expect(ms).toBeGreaterThanOrEqual(soonest / 1000 - toleranceMs);
    expect(ms).toBeLessThanOrEqual(latest / 1000 + toleranceMs);
  }
  const [back, backLatest] = predictedReturnUs(timingOf(measured));
  for (const ms of measured.ms_restore_to_UP) {
    expect(ms).toBeGreaterThanOrEqual(back / 1000 - toleranceMs);
    expect(ms).toBeLessThanOrEqual(backLatest / 1000 + toleranceMs);
  }
});

test("a lease expires a TTL after its last renewal arrived", () => {
  expect(predictedExpiryUs({ ttlUs: 15e6, heartbeatUs: 5e6, latencyUs: 500 })).toEqual([10_000_500, 15_000_500]);
  expect(predictedExpiryUs({ ttlUs: 3e6, heartbeatUs: 5e6, latencyUs: 0 })).toEqual([0, 3_000_000]);
});
