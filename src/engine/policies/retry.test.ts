import { readFileSync } from "node:fs";
import { expect, test } from "vitest";
import { retryDecision, type ConnectFailure, type FailedAttempt } from "./retry.ts";

/** Attempts on A with their times, until one gives up or goes elsewhere, in seconds. */
function played(failure: ConnectFailure, settings: Partial<FailedAttempt>): string {
  const connectTimeoutUs = settings.connectTimeoutUs ?? 1_000_000;
  let nowUs = 0;
  let log = "";
  for (let attempt = 1; ; attempt++) {
    log += `${nowUs / 1e6} A, `;
    if (failure === "connect-timeout") nowUs += connectTimeoutUs;
    const decision = retryDecision({
      retries: 3,
      redispatch: 0,
      isBound: false,
      otherUsable: true,
      connectTimeoutUs,
      ...settings,
      attempt,
      failure,
    });
    if (!decision.again) return `${log}503 at ${nowUs / 1e6}`;
    nowUs += decision.afterUs;
    if (decision.elsewhere) return `${log}${nowUs / 1e6} B`;
  }
}

test.each<[string, ConnectFailure, Partial<FailedAttempt>, string]>([
  ["refused, no redispatch", "refused", {}, "0 A, 1 A, 2 A, 3 A, 503 at 3"],
  ["refused, one retry", "refused", { retries: 1 }, "0 A, 1 A, 503 at 1"],
  ["refused, no retries", "refused", { retries: 0 }, "0 A, 503 at 0"],
  ["refused, short connect timeout", "refused", { connectTimeoutUs: 200_000 }, "0 A, 0.2 A, 0.4 A, 0.6 A, 503 at 0.6"],
  ["refused, long connect timeout", "refused", { connectTimeoutUs: 5_000_000, retries: 1 }, "0 A, 1 A, 503 at 1"],
  ["refused, redispatch", "refused", { redispatch: -1 }, "0 A, 0 B"],
  ["refused, redispatch without retries", "refused", { redispatch: -1, retries: 0 }, "0 A, 503 at 0"],
  ["refused, redispatch, nobody else is up", "refused", { redispatch: -1, otherUsable: false }, "0 A, 1 A, 2 A, 3 A, 503 at 3"],
  ["refused, by a hash", "refused", { redispatch: -1, isBound: true }, "0 A, 1 A, 2 A, 2 B"],
  ["refused, by a hash, two retries", "refused", { redispatch: -1, isBound: true, retries: 2 }, "0 A, 1 A, 1 B"],
  ["refused, by a hash, every second retry", "refused", { redispatch: 2, isBound: true }, "0 A, 1 A, 1 B"],
  ["refused, by a hash, every retry", "refused", { redispatch: 1, isBound: true }, "0 A, 0 B"],
  ["black hole, no redispatch", "connect-timeout", {}, "0 A, 1 A, 2 A, 3 A, 503 at 4"],
  ["black hole, redispatch", "connect-timeout", { redispatch: -1 }, "0 A, 1 B"],
])("%s: %s %o gives %s", (_name, failure, settings, log) => {
  expect(played(failure, settings)).toBe(log);
});

interface Refused {
  readonly case: string;
  readonly config: { readonly backend: string; readonly timeout_connect_ms: number };
  readonly status: Readonly<Record<string, number>>;
  readonly bad_latency_ms: readonly [number, number] | null;
  readonly haproxy_counters: { readonly b2: { readonly wretr: number; readonly wredis: number; readonly econ: number } };
}

function read<T>(file: string): readonly T[] {
  return JSON.parse(readFileSync(new URL(`./cases/${file}.json`, import.meta.url), "utf8")) as T[];
}

test.each(read<Refused>("haproxy-retries").map((c) => [c.case, c] as const))("measured: HAProxy, %s", (_name, measured) => {
  const redispatch = /(?<!no )option redispatch/u.test(measured.config.backend) ? -1 : 0;
  const retries = Number(/retries (\d)/u.exec(measured.config.backend)?.[1] ?? 3);
  const log = played("refused", { retries, redispatch, connectTimeoutUs: measured.config.timeout_connect_ms * 1000 });
  const attempts = log.split(" A,").length - 1;
  const failed = measured.status["503"] ?? 0;
  expect(log.endsWith("B")).toBe(failed === 0);
  // Each request that was lost had been tried so often, and lasted so long.
  expect(measured.haproxy_counters.b2.wretr).toBe(failed * (attempts - 1));
  expect(measured.haproxy_counters.b2.wredis > 0).toBe(redispatch !== 0);
  if (measured.bad_latency_ms !== null) {
    const lastsMs = Number(/503 at (.*)$/u.exec(log)![1]) * 1000;
    for (const ms of measured.bad_latency_ms) expect(Math.abs(ms - lastsMs)).toBeLessThanOrEqual(10);
  }
});

interface BlackHole {
  readonly case: string;
  readonly retries: number;
  readonly timeout_connect_ms: number;
  readonly status_and_latency_ms: readonly (readonly [status: number, ms: number])[];
}

test.each(read<BlackHole>("haproxy-black-hole").map((c) => [c.case, c] as const))("measured: %s", (_name, measured) => {
  const redispatch = measured.case.includes("no redispatch") ? 0 : -1;
  const log = played("connect-timeout", { retries: measured.retries, redispatch, connectTimeoutUs: measured.timeout_connect_ms * 1000 });
  for (const [status, ms] of measured.status_and_latency_ms) {
    expect(log.endsWith("B")).toBe(status === 200);
    const endMs = 1000 * Number(/(?:503 at )?([\d.]+)(?: B)?$/u.exec(log)![1]);
    expect(Math.abs(ms - endMs)).toBeLessThanOrEqual(20);
  }
});
