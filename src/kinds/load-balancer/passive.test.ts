import { expect, test } from "vitest";
import { player, type Step } from "../../engine/testing/playing.ts";
import { log, tally } from "../../engine/testing/telling.ts";
import { kinds } from "../registry.ts";

const play = player(kinds);

/** One request every 100 ms over targets whose addresses stay, by nginx's rules (SEMANTICS §2.3, measured). */
const system = (settings = "", count = 3) => {
  const each = (line: (number: number) => string) => Array.from({ length: count }, (_, index) => line(index + 1)).join("\n");
  return `
    ann: client arrivals=constant ratePerSecond=10 timeoutMs=60000
    front: load-balancer rules=nginx checks=none algorithm=nginx-round-robin ${settings}
    ${each((n) => `b${n}: dependency workDistribution=constant workMs=1 concurrency=1000`)}
    ann -> front: call latencyMs=0 timeoutMs=60000
    ${each((n) => `front -> b${n}: forward latencyMs=0`)}`;
};
const dies: readonly Step[] = [[20.25, "kill b2"]];
const askedAfterwards = (lines: readonly string[]) => lines.map((line) => line.replace(/ ann\/\d+$/u, ""));

test("default: the first failure takes it out, each later second floor + 11 one request tries it, and nobody sees an error", () => {
  const run = play(system(), 50, dies);
  expect(askedAfterwards(log(run, "refused"))).toEqual(["20.300 front refused b2", "31.300 front refused b2", "42.300 front refused b2"]);
  expect(run.counters().failed).toBe(0);
});

test("a success soon after a failure clears nothing; after the first exclusion one failed try is enough", () => {
  const run = play(system("maxFails=3"), 45, dies);
  expect(askedAfterwards(log(run, "refused"))).toEqual([
    "20.300 front refused b2",
    "20.600 front refused b2",
    "20.900 front refused b2",
    "31.200 front refused b2",
    "42.200 front refused b2",
  ]);
});

test("max_fails 0: it is never passed over, and every request that meets it is passed on", () => {
  const run = play(system("maxFails=0"), 24, dies);
  expect(tally(run, "refused")["refused"]).toBeGreaterThanOrEqual(11);
  expect(run.counters().failed).toBe(0);
});

test("all fail: the first request asks each once, then nobody is contacted until their time is over", () => {
  const run = play(system("", 2), 33, [
    [20.25, "kill b1"],
    [20.25, "kill b2"],
  ]);
  const [first, second, third] = log(run, "refused", "no-target", "failed");
  expect([first, second, third].map((line) => line!.replace(/ ann.*/u, ""))).toEqual([
    "20.300 front refused b1",
    "20.300 front refused b2",
    "20.300",
  ]);
  expect(tally(run, "refused")["refused"]).toBe(4);
  expect(run.counters().failed).toBe(log(run, "failed").length);
});

test("max_fails and fail_timeout of one server are its own", () => {
  const own = system().replace("front -> b2: forward", "front -> b2: forward maxFails=2 failTimeoutMs=3000");
  const run = play(own, 30, dies);
  expect(askedAfterwards(log(run, "refused"))).toEqual([
    "20.300 front refused b2",
    "20.600 front refused b2",
    "24.200 front refused b2",
    "28.200 front refused b2",
  ]);
});

test("next_upstream_timeout: a request that has taken as long goes to no other", () => {
  const hangs: readonly Step[] = [[20.25, "hang b2"]];
  const lost = (settings: string) => play(system(`serverTimeoutMs=500 ${settings}`), 24, hangs).counters().failed;
  expect([lost(""), lost("triesTimeoutMs=600"), lost("triesTimeoutMs=500")]).toEqual([0, 0, 2]);
});

test("an only target is never passed over: 502 for every request", () => {
  const run = play(system("", 1), 22, [[20.25, "kill b1"]]);
  expect(log(run, "failed").every((line) => / 502 /u.test(line))).toBe(true);
  expect(tally(run, "refused", "failed", "no-target")).toEqual({ refused: 18, failed: 18, "no-target": 0 });
});

test("a request that hangs goes to the next target after the timeout, unless it must not be sent twice", () => {
  const hangs: readonly Step[] = [[20.25, "hang b2"]];
  const get = play(system("serverTimeoutMs=500"), 25, hangs);
  expect(tally(get, "call-timed-out", "redispatched", "failed")).toEqual({ "call-timed-out": 2, redispatched: 2, failed: 0 });
  const post = play(system("serverTimeoutMs=500 resend=false"), 25, hangs);
  expect(tally(post, "call-timed-out", "redispatched")).toEqual({ "call-timed-out": 2, redispatched: 0 });
  expect(log(post, "failed").every((line) => / 504 /u.test(line))).toBe(true);
});

test("tries 1: the request that meets the dead target fails", () => {
  expect(log(play(system("tries=1"), 25, dies), "failed").map((line) => line.replace(/ ann.*/u, ""))).toEqual(["20.300"]);
});

test("what it remembers of failures survives a checkpoint", () => {
  const run = play(system(), 25, dies);
  const saved = run.checkpoint();
  run.runUntil(40e6);
  const rows = log(run, "refused");
  run.restore(saved);
  run.runUntil(40e6);
  expect(log(run, "refused")).toEqual(rows);
});

const byCaddy = (settings: string) =>
  system(settings).replace("rules=nginx", "rules=caddy").replace("nginx-round-robin", "caddy-round-robin");

test.each([
  // Nothing is remembered: each third request meets the dead one.
  ["no retry", "", 10, []],
  ["lb_retries alone: at once", "tryRetries=1", 0, [0]],
  ["lb_retries within lb_try_duration: it waits in between", "tryRetries=1 tryDurationMs=3000 tryIntervalMs=40", 0, [40]],
  ["lb_try_duration alone", "tryDurationMs=3000 tryIntervalMs=40", 0, [40]],
])("Caddy, %s (%s)", (_, settings, lost, waitsMs) => {
  const run = play(byCaddy(`maxFails=0 ${settings}`), 22.95, [[20, "kill b2"]]);
  expect(run.counters().failed).toBe(lost);
  expect(log(run, "retried").length > 0).toBe(lost === 0);
  // A request comes each 100 ms: what is sent at another time has waited.
  const sent = log(run, "sent").filter((line) => line.includes("front sent"));
  const lateMs = sent.map((line) => Math.round(Number(line.split(" ")[0]) * 1000) % 100);
  expect([...new Set(lateMs)].filter((ms) => ms > 0)).toEqual(waitsMs.filter((ms) => ms > 0));
});
