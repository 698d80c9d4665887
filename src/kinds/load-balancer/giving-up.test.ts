import { describe, expect, test } from "vitest";
import { player, set, type Step } from "../../engine/testing/playing.ts";
import { log, tally } from "../../engine/testing/telling.ts";
import { kinds } from "../registry.ts";

const play = player(kinds);

/** A request every 100 ms over three targets, from a client that waits for 550 ms; b2 hangs from 2 s on. */
const system = (balancer: string, latencyMs = 0) => `
  ann: client arrivals=constant ratePerSecond=10 timeoutMs=550
  front: load-balancer checks=none ${balancer}
  b1: dependency workDistribution=constant workMs=1 concurrency=1000
  b2: dependency workDistribution=constant workMs=1 concurrency=1000
  b3: dependency workDistribution=constant workMs=1 concurrency=1000
  ann -> front: call latencyMs=${latencyMs} timeoutMs=60000
  front -> b1: forward latencyMs=0
  front -> b2: forward latencyMs=0
  front -> b3: forward latencyMs=0`;
const hangs: readonly Step[] = [[2.05, "hang b2"]];
const nginx = "rules=nginx algorithm=nginx-round-robin serverTimeoutMs=2040 failTimeoutMs=2000";
const sentTo = (run: Parameters<typeof log>[0], target: string) =>
  log(run, "sent").filter((line) => line.includes(`front sent ${target} `)).length;

/** Recorded from nginx 1.22 and HAProxy 2.6: src/fidelity/cases/own_*_aborts.json. */
describe("a client that gives up before its balancer does", () => {
  test("nginx closes what it asked for it (499) and blames nobody: a hung target is never passed over", () => {
    const run = play(system(nginx), 12, hangs);
    expect(tally(run, "passed-over", "call-timed-out", "redispatched")).toEqual({ "passed-over": 0, "call-timed-out": 0, redispatched: 0 });
    expect(tally(run, "timed-out")["timed-out"]).toBe(tally(run, "client-closed")["client-closed"]);
    expect(tally(run, "timed-out")["timed-out"]).toBeGreaterThanOrEqual(30);
  });

  test("nginx with proxy_ignore_client_abort goes on to its own timeout, and passes it over", () => {
    const run = play(system(`${nginx} ignoreClientAbort=true`), 12, hangs);
    expect(tally(run, "client-closed")["client-closed"]).toBe(0);
    expect(tally(run, "passed-over")["passed-over"]).toBeGreaterThan(0);
    expect(tally(run, "redispatched")["redispatched"]).toBe(tally(run, "call-timed-out")["call-timed-out"]);
  });

  test("for nginx a target that is being tried again is well when whoever asked gives up, though it still hangs", () => {
    const run = play(system(nginx).replace("timeoutMs=550", "timeoutMs=30000"), 14, [...hangs, [4.5, set("ann", { timeoutMs: 550 })]]);
    expect(log(run, "passed-over", "tried-again", "readmitted").map((line) => line.split(" ")[2])).toEqual([
      "passed-over",
      "tried-again",
      "readmitted",
    ]);
    expect(log(run, "readmitted")).toEqual([expect.stringContaining("front readmitted b2")]);
  });

  test("HAProxy holds the target's place until its own timeout; with abortonclose it is free at once", () => {
    const held = play(system("algorithm=least-connections serverTimeoutMs=3040"), 7, hangs);
    const freed = play(system("algorithm=least-connections serverTimeoutMs=3040 abortOnClose=true"), 7, hangs);
    expect(sentTo(freed, "b2") - sentTo(held, "b2")).toBeGreaterThanOrEqual(4);
    expect(tally(freed, "call-timed-out")["call-timed-out"]).toBe(0);
    expect(tally(held, "client-closed")["client-closed"]).toBe(0);
  });

  test("HAProxy sends what waited in its queue to a target for nobody, unless abortonclose takes it out", () => {
    const one = (more: string) => `
      ann: client arrivals=by-hand timeoutMs=250
      front: load-balancer checks=none targetLimit=1 ${more}
      db: dependency workDistribution=constant workMs=400
      ann -> front: call latencyMs=0
      front -> db: forward latencyMs=0`;
    const four: readonly Step[] = [1, 1, 1, 1].map((at) => [at, "send ann"]);
    expect(log(play(one(""), 4, four), "arrived").filter((line) => line.includes("db"))).toHaveLength(4);
    const dropping = play(one("abortOnClose=true"), 4, four);
    expect(log(dropping, "client-closed")).toHaveLength(4);
    expect(dropping.status("front")?.facts.find(({ key }) => key === "queued")).toBeUndefined();
  });

  test.each([
    ["caddy", 1],
    ["envoy", 1],
    ["apache", 0],
    ["varnish", 0],
  ])("%s: %o of its requests are dropped then", (rules, dropped) => {
    const run = play(system(`rules=${rules} algorithm=nginx-round-robin maxFails=0 outlierErrors=0`), 6, hangs);
    expect(tally(run, "client-closed")["client-closed"]! > 0 ? 1 : 0).toBe(dropped);
  });

  test("who waits between two tries stops trying", () => {
    const caddy = (more: string) =>
      system(`rules=caddy algorithm=random maxFails=0 ${more}`).replace("arrivals=constant ratePerSecond=10", "arrivals=by-hand");
    const run = play(caddy("tryDurationMs=5000 tryIntervalMs=100"), 9, [
      [1, "kill b1"],
      [1, "kill b2"],
      [1, "kill b3"],
      [2, "send ann"],
    ]);
    // Caddy sees it when it has chosen whom to try next.
    expect(log(run, "client-closed")).toEqual(["2.600 front client-closed ann ann/1"]);
    expect(tally(run, "refused")["refused"]).toBe(6);
  });

  test("the closing takes as long as any message, and does not come through a wire that is cut", () => {
    const late = play(system(nginx, 20).replace("arrivals=constant ratePerSecond=10", "arrivals=by-hand"), 9, [
      [1, "hang b1"],
      [2, "send ann"],
    ]);
    expect(log(late, "timed-out", "client-closed")).toEqual(["2.550 ann timed-out ann/1", "2.570 front client-closed ann ann/1"]);
    const cut = play(system(nginx, 20).replace("arrivals=constant ratePerSecond=10", "arrivals=by-hand"), 9, [
      [1, "hang b1"],
      [2, "send ann"],
      [2.3, "cut-there ann--front"],
    ]);
    expect(log(cut, "client-closed", "call-timed-out")).toEqual([expect.stringContaining("front call-timed-out b1")]);
  });

  test("balancers behind each other all drop it; a service goes on with what it has begun", () => {
    const run = play(
      `
      ann: client arrivals=by-hand timeoutMs=200
      edge: load-balancer rules=nginx checks=none
      front: load-balancer rules=nginx checks=none
      db: dependency workDistribution=constant workMs=500
      ann -> edge: call latencyMs=1
      edge -> front: forward latencyMs=1
      front -> db: forward latencyMs=1`,
      3,
      [[1, "send ann"]],
    );
    expect(log(run, "client-closed", "worked")).toEqual([
      "1.201 edge client-closed ann ann/1",
      "1.202 front client-closed edge ann/1",
      "1.503 db worked ann/1",
    ]);
  });

  test("a service that dies closes its connections too", () => {
    const run = play(
      `
      ann: client arrivals=by-hand timeoutMs=9000
      h: host
      app: container in h
      front: load-balancer rules=nginx checks=none
      db: dependency workDistribution=constant workMs=900
      ann -> app: call latencyMs=1
      app -> front: call latencyMs=1
      front -> db: forward latencyMs=1`,
      3,
      [
        [1, "send ann"],
        [1.5, "kill app"],
      ],
    );
    expect(log(run, "client-closed")).toEqual(["1.501 front client-closed app ann/1"]);
  });

  test("where nobody gives up nothing more is sent", () => {
    const patient = (more: string) => play(system(`${nginx} ${more}`), 5, []).events;
    expect(patient("")).toBe(patient("ignoreClientAbort=true"));
  });
});
