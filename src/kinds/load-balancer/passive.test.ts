import { describe, expect, test } from "vitest";
import { player, type Step } from "../../engine/testing/playing.ts";
import { log, rowsOf, tally } from "../../engine/testing/telling.ts";
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

describe("what the log tells of a target that is passed over", () => {
  const told = ["passed-over", "tried-again", "readmitted"] as const;
  const back: readonly Step[] = [...dies, [35, "recreate b2"]];

  test("nginx: at the failure, at each try after its whole seconds, and when it has answered; how long is told to the microsecond", () => {
    const run = play(system(), 50, back);
    expect(log(run, ...told)).toEqual([
      "20.300 front passed-over b2",
      "31.300 front tried-again b2",
      "31.300 front passed-over b2",
      "42.300 front tried-again b2",
      "42.301 front readmitted b2",
    ]);
    expect(rowsOf(run).flatMap(({ what, a, b }) => (what === "passed-over" ? [[a, b]] : []))).toEqual([
      [1, 10_700_000],
      [2, 10_700_000],
    ]);
  });

  test("failures of requests that were under way with it are no further change", () => {
    const run = play(system("serverTimeoutMs=2000"), 25, [[20.25, "hang b2"]]);
    expect(tally(run, "call-timed-out")["call-timed-out"]).toBeGreaterThan(3);
    expect(log(run, ...told)).toEqual(["22.300 front passed-over b2"]);
  });

  test("Caddy: an answer readmits it", () => {
    const caddy = system("failTimeoutMs=5000 tryDurationMs=5000").replace("rules=nginx", "rules=caddy");
    const rows = log(play(caddy, 50, back), ...told).map((line) => line.split(" ")[2]);
    expect([...new Set(rows)]).toEqual(["passed-over", "tried-again", "readmitted"]);
    expect(rows.at(-1)).toBe("readmitted");
  });

  test("Apache: its own time, and an answer readmits it", () => {
    const apache = system("failTimeoutMs=5000").replace("rules=nginx", "rules=apache");
    expect(log(play(apache, 50, back), ...told)).toEqual([
      "20.300 front passed-over b2",
      "25.600 front tried-again b2",
      "25.600 front passed-over b2",
      "30.900 front tried-again b2",
      "30.900 front passed-over b2",
      "36.200 front tried-again b2",
      "36.201 front readmitted b2",
    ]);
  });

  test("the panel says since when, and the fault is noticed: with the next requests, as was said at the fault", () => {
    const run = play(system(), 25, dies);
    const part = run.status("front")!.parts[1]!;
    expect([part.state, part.facts.find(({ key }) => key === "since")!.value]).toEqual(["passed-over", 20_300_000]);
    expect(run.detections()).toEqual([
      {
        node: "b2",
        observer: "front",
        faultAtMs: 20_250.001,
        foreseen: "by-requests",
        predictedMs: null,
        detectedAtMs: 20_300,
        backAtMs: null,
      },
    ]);
    expect(play(system(), 50, back).detections()[0]!.backAtMs).toBe(42_301);
  });

  test.each([
    ["max_fails 0", "maxFails=0", 3],
    ["an only target", "", 1],
    ["HAProxy without observe", "rules=haproxy", 3],
    ["Varnish", "rules=varnish", 3],
  ])("it is foretold that nothing will be noticed where nobody is ever passed over, and nothing is: %s", (_, settings, count) => {
    const run = play(system(settings, count), 30, [[20.25, `kill b${count === 1 ? 1 : 2}`]]);
    expect(log(run, ...told)).toEqual([]);
    expect(run.detections()).toMatchObject([{ foreseen: "never", predictedMs: null, detectedAtMs: null }]);
  });

  test("HAProxy's observe: what its checks would not find is marked DOWN by requests, as was said; else they only make the checks sooner", () => {
    const observing = (more: string) =>
      play(
        system(`checks=tcp intervalMs=1000 observe=layer7 errorLimit=2 ${more}`).replace("rules=nginx checks=none", "rules=haproxy"),
        30,
        [[20.25, more.includes("mark-down") ? "fail-all b2" : "kill b2"]],
      ).detections()[0]!;
    const { foreseen, faultAtMs, detectedAtMs } = observing("onError=mark-down");
    expect(foreseen).toBe("by-requests");
    expect(detectedAtMs).toBeLessThan(faultAtMs + 2000);
    expect(observing("onError=fail-check").predictedMs).toEqual([0, 3000]);
  });

  test("with checks as well, their window is the latest", () => {
    const run = play(system("").replace("checks=none", "checks=tcp intervalMs=1000 fall=3"), 25, dies);
    const [{ predictedMs, detectedAtMs } = { predictedMs: null, detectedAtMs: null }] = run.detections();
    expect(predictedMs).toEqual([0, 3000]);
    expect(detectedAtMs).toBe(20_300);
  });
});
