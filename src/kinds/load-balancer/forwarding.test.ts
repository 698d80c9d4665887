import { describe, expect, test } from "vitest";
import { player, set } from "../../engine/testing/playing.ts";
import { log, rowsOf, tally } from "../../engine/testing/telling.ts";
import { kinds } from "../registry.ts";

const play = player(kinds);

/** A client, a balancer, and `count` containers, each on a host of its own, over wires without latency. */
const farm = (balancer: string, count: number, workMs = 10, ann = "arrivals=by-hand timeoutMs=60000") => {
  const each = (line: (number: number) => string) => Array.from({ length: count }, (_, index) => line(index + 1)).join("\n");
  return `
    ann: client ${ann}
    front: load-balancer ${balancer}
    ${each((n) => `h-${n}: host`)}
    ${each((n) => `web-${n}: container in h-${n} workDistribution=constant workMs=${workMs} concurrency=1000`)}
    ann -> front: call latencyMs=0 timeoutMs=60000
    ${each((n) => `front -> web-${n}: forward latencyMs=0`)}`;
};
const told = ["refused", "reset", "connect-timed-out", "call-timed-out", "retried", "redispatched", "no-target", "failed", "served"];

/** SEMANTICS §1.4, measured: per request. */
describe("HAProxy's retries", () => {
  test("refused, no redispatch: the same server at 0, 1, 2, 3 s, then 503", () => {
    expect(
      log(
        play(farm("checks=none redispatch=false", 2), 9, [
          [0.5, "kill web-1"],
          [1, "send ann"],
        ]),
        ...told,
      ),
    ).toEqual([
      "1.000 front refused web-1 ann/1",
      "1.000 front retried web-1 1 ann/1",
      "2.000 front refused web-1 ann/1",
      "2.000 front retried web-1 2 ann/1",
      "3.000 front refused web-1 ann/1",
      "3.000 front retried web-1 3 ann/1",
      "4.000 front refused web-1 ann/1",
      "4.000 ann failed 503 ann/1",
    ]);
  });

  test("it stays on that server even when it is marked DOWN meanwhile", () => {
    const simulation = play(farm("redispatch=false intervalMs=500 fall=1", 2), 9, [
      [0.99, "kill web-1"],
      [1, "send ann"],
      [1, "send ann"],
    ]);
    expect(log(simulation, "target-down", "refused", "failed").slice(-4)).toEqual([
      "2.000 front refused web-1 ann/1",
      "3.000 front refused web-1 ann/1",
      "4.000 front refused web-1 ann/1",
      "4.000 ann failed 503 ann/1",
    ]);
  });

  test("retries 0: 503 at once, with redispatch or without; retries 1: 503 at 1.0 s", () => {
    const failedAt = (balancer: string) =>
      log(
        play(farm(`checks=none ${balancer}`, 1), 9, [
          [0.5, "kill web-1"],
          [1, "send ann"],
        ]),
        "failed",
      );
    expect(failedAt("retries=0 redispatch=false")).toEqual(["1.000 ann failed 503 ann/1"]);
    expect(failedAt("retries=0 redispatch=true")).toEqual(["1.000 ann failed 503 ann/1"]);
    expect(failedAt("retries=1 redispatch=false")).toEqual(["2.000 ann failed 503 ann/1"]);
  });

  test("a request whose caller gives up at the same instant is lost at the balancer too", () => {
    const text = farm("checks=none serverTimeoutMs=5000", 1).replace(
      "ann -> front: call latencyMs=0 timeoutMs=60000",
      "ann -> front: call latencyMs=0 timeoutMs=5000",
    );
    const simulation = play(text, 9, [
      [0.5, "hang web-1"],
      [1, "send ann"],
      [2, "send ann"],
    ]);
    expect(simulation.counters()).toMatchObject({ issued: 2, served: 0, inFlight: 0 });
    expect(simulation.status("front")!.facts.find(({ key }) => key === "lost")!.value).toBe(2);
  });

  test("the turn-around is the connect timeout where that is shorter than a second", () => {
    const text = farm("checks=none redispatch=false connectTimeoutMs=200", 1);
    expect(
      log(
        play(text, 9, [
          [0.5, "kill web-1"],
          [1, "send ann"],
        ]),
        "failed",
      ),
    ).toEqual(["1.600 ann failed 503 ann/1"]);
  });

  test("redispatch: elsewhere at once", () => {
    expect(
      log(
        play(farm("checks=none", 2), 9, [
          [0.5, "kill web-1"],
          [1, "send ann"],
        ]),
        ...told,
      ),
    ).toEqual(["1.000 front refused web-1 ann/1", "1.000 front redispatched web-2 1 ann/1", "1.010 ann served ann/1"]);
  });

  test("black-holed: each attempt costs the connect timeout, and no turn-around", () => {
    const lost = (balancer: string) =>
      log(
        play(farm(`checks=none ${balancer}`, 2), 9, [
          [0.5, "unplug h-1"],
          [1, "send ann"],
        ]),
        "failed",
        "served",
      );
    expect(lost("redispatch=false")).toEqual(["5.000 ann failed 503 ann/1"]);
    expect(lost("redispatch=true")).toEqual(["2.010 ann served ann/1"]);
  });

  test("a server that is recreated under a name gets the retry at its new address", () => {
    const text = farm("checks=none redispatch=false", 1).replace("forward latencyMs=0", "forward latencyMs=0 finds=dns dnsTtlMs=100");
    const simulation = play(text, 9, [
      [0.5, "recreate web-1"],
      [0.55, "send ann"],
    ]);
    expect(log(simulation, "refused", "served")).toEqual(["0.550 front refused web-1 ann/1", "1.560 ann served ann/1"]);
  });

  test("taken and not answered: 504 after the server timeout, never tried again", () => {
    const simulation = play(farm("checks=none serverTimeoutMs=3000", 2), 9, [
      [0.5, "hang web-1"],
      [1, "send ann"],
    ]);
    expect(log(simulation, ...told)).toEqual(["4.000 front call-timed-out web-1 ann/1", "4.000 ann failed 504 ann/1"]);
  });

  test("reset after it was sent: 502, never tried again", () => {
    const simulation = play(farm("checks=none", 2), 9, [
      [1, "send ann"],
      [1.005, "kill web-1"],
    ]);
    expect(log(simulation, ...told)).toEqual(["1.005 front reset web-1 ann/1", "1.005 ann failed 502 ann/1"]);
  });

  test("nobody is up: 503 at once", () => {
    const simulation = play(farm("intervalMs=100", 2), 9, [
      [0.1, "kill web-1"],
      [0.1, "kill web-2"],
      [1, "send ann"],
    ]);
    expect(log(simulation, "no-target", "failed")).toEqual(["1.000 front no-target ann/1", "1.000 ann failed 503 ann/1"]);
  });
});

/** SEMANTICS §7: 100 requests a second over three, one killed at 5 s, for 10 s; checked each second, fall 3. */
describe("what a failure costs, 100/s over three", () => {
  const measured = (balancer: string, act: string, workMs: number) => {
    const text = farm(`intervalMs=1000 ${balancer}`, 3, workMs, "arrivals=constant ratePerSecond=100 timeoutMs=60000");
    const simulation = play(text, 28, [
      [5, act],
      [15, act.replace("kill", "recreate").replace("hang", "resume").replace("unplug", "power-on")],
      [27, "pause-sending ann"],
    ]);
    const rows = rowsOf(simulation);
    const faultUs = rows.find(({ what }) => what === "died" || what === "hung" || what === "power-lost")!.atUs;
    const downUs = rows.find(({ what }) => what === "target-down")!.atUs;
    const inWindow = rows.filter(({ what, atUs }) => what === "issued" && atUs > faultUs && atUs <= downUs).length;
    return { window: inWindow, counts: tally(simulation, "failed", "redispatched", "retried"), counters: simulation.counters() };
  };

  test("round robin, redispatch: no errors, and half as many redispatches as requests in the window (R = N/(n − 1))", () => {
    const { window, counts } = measured("", "kill web-2", 0);
    expect(counts.failed).toBeLessThanOrEqual(1);
    expect(Math.abs(counts.redispatched! - window / 2)).toBeLessThanOrEqual(2);
  });

  test("no redispatch: a third of the window fails after three retries each", () => {
    const { window, counts } = measured("redispatch=false", "kill web-2", 0);
    expect(Math.abs(counts.failed! - window / 3)).toBeLessThanOrEqual(2);
    expect(counts.retried).toBe(counts.failed! * 3);
  });

  test("50 ms of work: the one or two in flight at the kill are lost as well", () => {
    const { window, counts } = measured("", "kill web-2", 50);
    expect(counts.failed).toBeGreaterThanOrEqual(1);
    expect(counts.failed).toBeLessThanOrEqual(2);
    expect(Math.abs(counts.redispatched! - window / 2)).toBeLessThanOrEqual(2);
  });

  test("least connections: the dead one is always the least loaded, so every request hits it first (R = N)", () => {
    const { window, counts } = measured("algorithm=least-connections", "kill web-2", 50);
    expect(window - counts.redispatched!).toBeLessThanOrEqual(6);
    expect(window - counts.redispatched!).toBeGreaterThanOrEqual(-1);
  });

  test("a hang: a third of the window gets 504", () => {
    const { window, counts } = measured("serverTimeoutMs=3000", "hang web-2", 0);
    expect(Math.abs(counts.failed! - window / 3)).toBeLessThanOrEqual(2);
    expect(counts.redispatched).toBe(0);
  });

  test("a black hole: no errors, and 0.36 to 0.38 as many redispatches as requests; a third fails without", () => {
    const redispatching = measured("", "unplug h-2", 0);
    expect(redispatching.counts.failed).toBe(0);
    expect(redispatching.counts.redispatched! / redispatching.window).toBeGreaterThan(0.34);
    expect(redispatching.counts.redispatched! / redispatching.window).toBeLessThan(0.4);
    const staying = measured("redispatch=false", "unplug h-2", 0);
    expect(Math.abs(staying.counts.failed! - staying.window / 3)).toBeLessThanOrEqual(2);
  });
});

describe("a balancer's queue", () => {
  const limited = (balancer: string) => farm(`checks=none targetLimit=1 ${balancer}`, 2, 100);
  const five = Array.from({ length: 5 }, () => [1, "send ann"] as const);

  test("each target holds as many as it may; the rest wait in order; beyond its limit 503", () => {
    expect(log(play(limited("queueLimit=2"), 5, five), "queued", "rejected", "served", "failed")).toEqual([
      "1.000 front queued ann/3",
      "1.000 front queued ann/4",
      "1.000 front rejected 503 ann/5",
      "1.000 ann failed 503 ann/5",
      "1.100 ann served ann/1",
      "1.100 ann served ann/2",
      "1.200 ann served ann/3",
      "1.200 ann served ann/4",
    ]);
  });

  test("who has waited too long gets 503", () => {
    expect(log(play(limited("queueTimeoutMs=50"), 5, five), "queue-timed-out", "failed")).toEqual([
      "1.050 front queue-timed-out ann/3",
      "1.050 front queue-timed-out ann/4",
      "1.050 front queue-timed-out ann/5",
      "1.050 ann failed 503 ann/3",
      "1.050 ann failed 503 ann/4",
      "1.050 ann failed 503 ann/5",
    ]);
  });

  test("is served as soon as a target comes up", () => {
    const text = farm("intervalMs=500 targetLimit=1 queueTimeoutMs=60000 serverTimeoutMs=60000", 2, 10_000).replaceAll(
      "forward latencyMs=0",
      "forward latencyMs=0 finds=dns dnsTtlMs=100",
    );
    const simulation = play(text, 30, [
      [1, "kill web-1"],
      [4, "send ann"],
      [4, "send ann"],
      [4, "recreate web-1"],
    ]);
    const [, second] = rowsOf(simulation).filter(({ what, who }) => what === "sent" && who === "front");
    const up = rowsOf(simulation).find(({ what }) => what === "target-up")!;
    expect(second).toMatchObject({ atUs: up.atUs, whom: "web-1", whomIncarnation: 2, number: 2 });
  });

  test("is served as soon as its limit is raised", () => {
    const simulation = play(limited(""), 5, [...five, [1.05, set("front", { targetLimit: 0 })]]);
    expect(log(simulation, "served").slice(-1)).toEqual(["1.150 ann served ann/5"]);
  });

  test("lets those go who no longer wait", () => {
    const text = limited("").replace("timeoutMs=60000", "timeoutMs=150");
    const simulation = play(text, 5, five);
    expect(simulation.counters()).toMatchObject({ issued: 5, served: 2, timedOut: 3, inFlight: 0 });
    expect(simulation.countersOf("front")).toMatchObject({ issued: 5, served: 2, timedOut: 3, inFlight: 0 });
  });
});

describe("a balancer that dies", () => {
  test("resets what it had in hand, refuses what comes, and is back at the same address with checks to pass", () => {
    const simulation = play(farm("intervalMs=1000", 2), 9, [
      [1, "send ann"],
      [1.005, "kill front"],
      [2, "send ann"],
      [3, "recreate front"],
      [3.6, "send ann"],
      [6, "send ann"],
    ]);
    expect(log(simulation, "died", "reset", "refused", "up", "no-target", "target-up", "served", "failed")).toEqual([
      "1.005 front died",
      "1.005 ann reset front ann/1",
      "1.005 ann failed ann/1",
      "2.000 ann refused front ann/2",
      "2.000 ann failed ann/2",
      "3.500 front#2 up",
      "3.600 front#2 no-target ann/3",
      "3.600 ann failed 503 ann/3",
      "4.500 front#2 target-up web-1",
      "4.500 front#2 target-up web-2",
      "6.010 ann served ann/4",
    ]);
  });
});

/** SEMANTICS §1.4: `retry-on empty-response` and `response-timeout`. */
describe("what was sent already", () => {
  const once = (balancer: string, act: string) =>
    log(
      play(farm(`checks=none ${balancer}`, 2, 100), 9, [
        [1, "send ann"],
        [1.05, `${act} web-1`],
      ]),
      ...told,
    ).map((line) => line.replace(/^(\S+) \S+ /u, "$1 "));

  test("a connection that breaks is 502, and with retry-on the request is sent again at once, elsewhere", () => {
    expect(once("", "kill")).toEqual(["1.050 reset web-1 ann/1", "1.050 failed 502 ann/1"]);
    expect(once("retryOnReset=true", "kill")).toEqual([
      "1.050 reset web-1 ann/1",
      "1.050 retried web-1 1 ann/1",
      "1.050 redispatched web-2 1 ann/1",
      "1.150 served ann/1",
    ]);
    expect(once("retryOnReset=true retries=0", "kill")).toEqual(once("", "kill"));
  });

  test("no answer in time is 504, and with retry-on the request is sent again at once", () => {
    expect(once("serverTimeoutMs=500", "hang")).toEqual(["1.500 call-timed-out web-1 ann/1", "1.500 failed 504 ann/1"]);
    expect(once("serverTimeoutMs=500 retryOnTimeout=true", "hang").at(-1)).toBe("1.600 served ann/1");
    // Without redispatch it stays with the one that hangs, until its retries are used up.
    const stubborn = once("serverTimeoutMs=500 retryOnTimeout=true redispatch=false retries=2", "hang");
    expect(stubborn.at(-1)).toBe("2.500 failed 504 ann/1");
  });
});
