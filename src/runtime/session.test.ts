import { expect, test } from "vitest";
import type { Journey, NodeDetail, Replay, TimelineBucket, Caption } from "./protocol.ts";
import { failover, killAt } from "./testing/failover.ts";
import { Player } from "./testing/player.ts";
import { straight } from "./testing/straight.ts";
import { make } from "./testing/tell.ts";

const second = 1_000_000;
const scripted = () => failover({ schedule: { a: killAt("web-2", 3000), b: killAt("web-2", 9000, "recreate") } });

test("opening shows everything, paused, and then nothing more", () => {
  const player = new Player(failover());
  const frame = player.frame()!;
  expect(frame.fresh).toBe(true);
  expect(frame.statuses.map(({ id }) => id).sort()).toEqual(Object.keys(failover().nodes).sort());
  expect(player.posted.map(({ type }) => type)).toEqual(["index"]);
  expect(player.frame()).toBeNull();
});

test("time passes as the wall's does, times the speed", () => {
  const player = new Player(failover(), { playing: true });
  for (let frames = 0; frames < 100; frames++) player.frame(10);
  expect(player.nowUs).toBe(1 * second);
  player.send({ type: "speed", speed: 0.25 });
  for (let frames = 0; frames < 100; frames++) player.frame(10);
  expect(player.nowUs).toBe(1.25 * second);
  player.send({ type: "speed", speed: 1e9 });
  player.frame(10);
  expect(player.time.speedAsked).toBe(1000);
  expect(player.nowUs).toBe(11.25 * second);
});

test("the slowest speed moves, by fractions of microseconds that add up", () => {
  const player = new Player(failover(), { playing: true });
  player.send({ type: "speed", speed: 0.001 });
  for (let frames = 0; frames < 60; frames++) player.frame(1.7);
  expect(player.nowUs).toBe(102);
});

test("a hidden tab's time does not pass, and no frame that came late makes the clock jump", () => {
  const player = new Player(failover(), { playing: true });
  player.frame(16);
  player.send({ type: "visible", visible: false });
  expect(player.frame(5000)).toBeNull();
  player.send({ type: "visible", visible: true });
  player.frame(16);
  expect(player.nowUs).toBe(32_000);
  player.frame(60_000);
  expect(player.nowUs).toBe(282_000);
});

test("an engine that can't keep the speed says so, and plays every event all the same", () => {
  let ms = 0;
  const player = new Player(failover(), { playing: true, clockMs: () => (ms += 5), budgetMs: 8 });
  player.send({ type: "speed", speed: 1000 });
  for (let frames = 0; frames < 5; frames++) player.frame(250);
  expect(player.time.pace).toBe("behind");
  expect(player.nowUs).toBeLessThan(1000 * second);
  expect(player.digest()).toBe(straight(player.ask<Replay>({ about: "inputs" }), player.nowUs));
});

test("an act takes effect at the time displayed", () => {
  const player = new Player(failover()).playTo(2 * second);
  const atUs = player.nowUs;
  player.act("kill", "web-2").settle();
  expect(player.nowUs).toBe(atUs + 1);
  expect(player.statuses.get("web-2")!.tone).toBe("dead");
  expect(player.sentence).toBe("web-2 was killed.");
  expect(player.ask<Replay>({ about: "inputs" }).inputs).toEqual([{ atUs: atUs + 1, act: { act: "kill", target: "web-2" } }]);
});

test("a run that was stepped, sought and hurried through has the trace of a straight one", () => {
  const player = new Player(scripted()).playTo(4 * second);
  player
    .act("kill", "web-1")
    .playTo(6 * second)
    .seek(1 * second)
    .seek(5 * second);
  for (let presses = 0; presses < 50; presses++) player.send({ type: "step" });
  player.send({ type: "step-caption", direction: -1 }).settle();
  player.send({ type: "speed", speed: 100 }).playTo(12 * second, 33);
  player.seek(12 * second);
  expect(player.ask<Replay>({ about: "inputs" }).inputs).toHaveLength(1);
  expect(player.digest()).toBe(straight(player.ask<Replay>({ about: "inputs" }), 12 * second));
});

test("digests are the same whether hashed as the run goes or by replay", () => {
  const digests = [true, false].map((digest) =>
    new Player(scripted(), { digest })
      .act("kill", "web-3")
      .playTo(5 * second)
      .seek(4 * second)
      .digest(),
  );
  expect(digests[0]).toMatch(/^[0-9a-f]{64}$/u);
  expect(digests[1]).toBe(digests[0]);
});

test("each step moves the clock or tells something", () => {
  const player = new Player(scripted()).settle();
  for (let press = 0; press < 300; press++) {
    const before = player.nowUs;
    const frame = player.send({ type: "step" }).frame()!;
    expect(frame.time.nowUs > before || frame.log.length > 0, `press ${press} at ${before}`).toBe(true);
  }
});

test("→ tells the failover in order, with no dead press, and ← tells it backwards", () => {
  const player = new Player(scripted()).settle();
  const press = (direction: 1 | -1) => {
    player.send({ type: "step-caption", direction }).settle();
    return `${player.nowUs} ${player.sentence}`;
  };
  const there = Array.from({ length: 13 }, () => press(1));
  expect(there).toMatchInlineSnapshot(`
    [
      "3000000 web-2 was killed.",
      "3165251 web-2 was killed, so calls to it fail: 1 refused, 1 sent to another target.",
      "3639530 web-2 was killed, so front’s check of it failed: 1 of 3.",
      "4640530 web-2 was killed, so front’s check of it failed: 2 of 3.",
      "5641530 web-2 missed 3 checks in a row, so front stopped sending it requests after 2.6 s (predicted: 2.0 s to 3.0 s).",
      "8775793 web-2 was killed, so registry heard no heartbeat from it: the lease expired.",
      "8776293 web-2 was killed, so front dropped it from its targets.",
      "9000000 web-2 starts again: a new instance, with a new id and a new address.",
      "9232000 web-2 is up again, as a new instance at a new address.",
      "9232500 web-2 registered with registry under a new address.",
      "9233000 front has learnt of web-2: a new target.",
      "9234000 front’s check of web-2 passed: 1 of 2.",
      "10235000 front sends web-2 requests again: the checks pass.",
    ]
  `);
  const times = there.map((line) => line.split(" ")[0]);
  expect(new Set(times).size).toBe(times.length);
  const back = Array.from({ length: 12 }, () => press(-1).split(" ")[0]);
  expect(back).toEqual(times.slice(0, -1).reverse());
  expect(press(-1)).toBe("0 null");
});

test("→ with nothing to come moves on a minute, and says so", () => {
  const player = new Player(failover()).settle();
  player.send({ type: "step-caption", direction: 1 }).settle();
  expect(player.nowUs).toBe(60 * second);
  expect(player.posted).toContainEqual({ type: "quiet", fromUs: 0, toUs: 60 * second });
});

test("a request's journey is told whole, also when its rows were dropped long ago", () => {
  const player = new Player(scripted(), { digest: false }).playTo(4 * second);
  const journeys = () =>
    [3, 119, 130].map((number) => {
      const journey = player.ask<Journey>({ about: "journey", client: "client", number });
      return { ...journey, why: journey.why.map(({ row, what }) => [row, what]) };
    });
  const early = journeys();
  expect(early[0]!.steps.map(({ what }) => what)).toEqual(
    expect.arrayContaining(["issued", "sent", "arrived", "begun", "answered", "served"]),
  );
  expect(early.some(({ steps }) => steps.some(({ what }) => what === "redispatched"))).toBe(true);
  for (const { endedUs, issuedUs, steps, outcome } of early) {
    expect(outcome).toBe("served");
    const lasted = steps.reduce((sum, { lastsUs }) => sum + (lastsUs ?? 0), 0);
    expect(steps.at(-1)!.atUs - issuedUs).toBe(lasted);
    expect(endedUs).not.toBeNull();
  }
  player.send({ type: "speed", speed: 1000 }).playTo(700 * second, 250);
  // The engine keeps twice 2^17 of the newest rows; that the early hops are older, the next row's number shows.
  expect(player.send({ type: "step" }).frame()!.log.at(-1)!.row).toBeGreaterThan(2 * 2 ** 17);
  expect(journeys()).toEqual(early);
  expect(player.ask({ about: "journey", client: "client", number: 1_000_000 })).toBeNull();
});

test("a lost request's why leads back to the act", () => {
  const player = new Player(failover())
    .playTo(1 * second)
    .act("kill", "front")
    .playTo(2 * second);
  const lost = player.frames.flatMap(({ log }) => log).find(({ what }) => what === "failed")!;
  const journey = player.ask<Journey>({ about: "journey", client: lost.client!, number: lost.number });
  expect(journey.outcome).toBe("failed");
  expect(journey.why.map(({ what, who }) => `${what} ${who}`)).toMatchInlineSnapshot(`
    [
      "failed client",
      "reset client",
      "died front",
      "act front",
    ]
  `);
});

test("a node's detail, the timeline and the marks", () => {
  const player = new Player(scripted()).playTo(8 * second);
  const detail = player.ask<NodeDetail>({ about: "node", id: "web-2" });
  expect(detail.chart!.current).toBe(player.statuses.get("web-2")!.state);
  expect(detail.detections).toMatchObject([{ observer: "front" }, { observer: "registry" }]);
  expect(player.ask({ about: "node", id: "nobody" })).toBeNull();

  const buckets = player.ask<TimelineBucket[]>({ about: "timeline", fromUs: 0, toUs: player.nowUs, buckets: 8 });
  expect(buckets.map(({ fromUs }) => Math.round(fromUs / second))).toEqual([0, 1, 2, 3, 4, 5, 6, 7]);
  const { served } = player.frames.at(-1)!.counters;
  expect(Math.abs(buckets.reduce((sum, bucket) => sum + bucket.served, 0) - served)).toBeLessThan(5);

  player.seek(1 * second);
  const marks = player.ask<Caption[]>({ about: "marks", fromUs: 0, toUs: 60 * second });
  expect(marks.map(({ key }) => key).slice(0, 3)).toEqual(["fault.kill", "losses", "missed"]);
});

test("a burst of losses is one caption that grows, and a seek into its midst tells what it was then", () => {
  const player = new Player(scripted()).playTo(5 * second);
  const count = () => Number(player.captions.find(({ key }) => key === "losses")!.values["refused"]);
  const late = count();
  player.seek(3.5 * second);
  expect(count()).toBeGreaterThan(0);
  expect(count()).toBeLessThan(late);
});

test("after a jump the newest captions stand in the order in which they began, however they have grown since", () => {
  const player = new Player(scripted()).playTo(8 * second);
  const rowsAt = (atUs: number) => player.seek(atUs).captions.map(({ row }) => row);
  for (const rows of [2.5, 3, 3.5, 4, 4.5, 5].map((at) => rowsAt(at * second))) expect(rows).toEqual([...rows].sort((a, b) => a - b));
});

test("frames are bounded, and tell each node's status ten times a second at most", () => {
  const player = new Player(scripted(), { playing: true });
  player.frame(10);
  const told = new Map<string, number>();
  for (let frames = 0; frames < 100; frames++) for (const { id } of player.frame(10)!.statuses) told.set(id, (told.get(id) ?? 0) + 1);
  expect(Math.max(...told.values())).toBeLessThanOrEqual(10);
  const busy = new Player(
    failover({ nodes: { ...failover().nodes, client: { ...failover().nodes["client"]!, settings: { ratePerSecond: 20_000 } } } }),
    { playing: true },
  );
  busy.send({ type: "speed", speed: 10 });
  for (let frames = 0; frames < 5; frames++) {
    const { hops, log } = busy.frame(16)!;
    expect(hops.length / 9).toBeLessThanOrEqual(4000);
    expect(log.length).toBeLessThanOrEqual(500);
  }
});

test("an engine that throws leaves the run paused at its last whole state, with the reason told", () => {
  let broken = false;
  const faulty: typeof make = (options) => {
    const engine = make(options);
    const { runUntil } = engine;
    engine.runUntil = (...given) => {
      if (broken) throw new Error("a bug");
      return runUntil.apply(engine, given);
    };
    return engine;
  };
  const player = new Player(failover(), { playing: true, make: faulty });
  for (let frames = 0; frames < 300; frames++) player.frame();
  broken = true;
  player.frame();
  expect(player.posted).toContainEqual({ type: "trouble", message: "a bug" });
  expect(player.time.playing).toBe(false);
  expect(player.nowUs % second).toBeLessThan(100_000);
  broken = false;
  player.send({ type: "play" });
  player.frame();
  expect(player.digest()).toBe(straight(player.ask<Replay>({ about: "inputs" }), player.nowUs));
});

test("asked before anything is open, it answers null", () => {
  const posted: unknown[] = [];
  const player = new Player(failover(), {
    make: () => {
      throw new Error("no engine");
    },
    post: (message) => posted.push(message),
  });
  expect(player.frame()).toBeNull();
  expect(player.ask({ about: "digest" })).toBeNull();
  expect(player.posted[0]).toEqual({ type: "trouble", message: "no engine" });
});
