import { describe, expect, test } from "vitest";
import { hopKinds, hopStride, markKinds, markStride, type HopKind } from "../../runtime/protocol.ts";
import { samples } from "../canvas/curve.ts";
import { exact } from "./dots.ts";
import type { Beat, Ground } from "./messages.ts";
import { Painter } from "./painter.ts";
import { Sampler, slowedMs, type HopSeen } from "./sampling.ts";
import { Scene } from "./scene.ts";
import type { Context } from "./shapes.ts";
import { ShownClock } from "./shown-clock.ts";
import { Waiting } from "./waiting.ts";

const beat = (part: Partial<Beat> = {}): Beat => ({ nowUs: 0, speed: 1, playing: true, faultUs: null, fresh: false, wallMs: 0, ...part });
const seen = (part: Partial<HopSeen> = {}): HopSeen => ({ way: 0, from: 0, to: 1, kind: 0, client: 0, number: 1, lost: false, ...part });
const kind = (name: HopKind) => hopKinds.indexOf(name);

/** A line of 100 px from visitors (0) to web (1) by link 0. */
function ground(): Ground {
  const points = new Float32Array((samples + 1) * 2);
  for (let at = 0; at <= samples; at++) points[at * 2] = 100 + (100 * at) / samples;
  return {
    keys: ["l"],
    points,
    links: [["l", "visitors", "web"]],
    boxIds: ["visitors", "web"],
    boxes: Float32Array.of(0, -30, 100, 60, 200, -36, 144, 72),
  };
}

function scene(): Scene {
  const made = new Scene();
  made.takeIndex(["visitors", "web"], ["l"]);
  made.takeGround(ground());
  return made;
}

const hops = (...rows: (readonly number[])[]) => Float64Array.from(rows.flat());
/** start, end (ms), from, to, kind, number */
const hop = (startMs: number, endMs: number, from: number, to: number, what: HopKind, number: number, lost = 0) => [
  startMs * 1000,
  endMs * 1000,
  from,
  to,
  0,
  kind(what),
  0,
  number,
  lost,
];
const none = new Float64Array(0);

/** Takes the calls of a 2D context and shows nothing. */
const paper = new Proxy({}, { get: () => () => {}, set: () => true }) as Context;

test("rows of the protocol are as long as these tests think", () => expect([hopStride, markStride]).toEqual([9, 6]));

describe("the clock shown", () => {
  test("runs on between frames at the run's speed, but not far", () => {
    const clock = new ShownClock();
    clock.take(beat({ nowUs: 1_000_000, speed: 0.25 }));
    expect(clock.shownUs(20)).toBe(1_005_000);
    expect(clock.shownUs(5000)).toBe(1_008_500);
  });

  test("never goes back but when the run jumps", () => {
    const clock = new ShownClock();
    clock.take(beat({ nowUs: 1_000_000 }));
    clock.shownUs(34);
    clock.take(beat({ nowUs: 1_010_000, wallMs: 34 }));
    expect(clock.shownUs(34)).toBe(1_034_000);
    clock.take(beat({ nowUs: 500_000, wallMs: 40, fresh: true }));
    expect(clock.shownUs(40)).toBe(500_000);
  });

  test("played time stands still in a pause", () => {
    const clock = new ShownClock();
    clock.take(beat());
    clock.take(beat({ wallMs: 100, playing: false }));
    clock.take(beat({ wallMs: 900, playing: true }));
    expect(clock.playedMs(950)).toBe(150);
  });
});

describe("the sample", () => {
  test("takes at most six requests a second and line, and follows each to its end", () => {
    const sampler = new Sampler();
    const admitted = Array.from({ length: 100 }, (_, index) => sampler.admit(seen({ number: index }), index * 10));
    expect(admitted.filter((setOut) => setOut !== null)).toHaveLength(6);
    expect(sampler.takeRatio()).toEqual({ shown: 6, of: 100 });
    expect(sampler.admit(seen({ way: 1, from: 1, to: 2, number: 0 }), 5)).toBe(slowedMs);
    expect(sampler.admit(seen({ way: 1, from: 1, to: 2, number: 1 }), 15)).toBeNull();
  });

  test("holds every failure, of requests that it doesn't follow too", () => {
    const sampler = new Sampler();
    const errors = Array.from({ length: 20 }, (_, number) => sampler.admit(seen({ kind: kind("error"), from: 1, to: 0, number }), 0));
    expect(errors.every((setOut) => setOut === 0)).toBe(true);
  });

  test("gives a journey up that lags too far behind", () => {
    const sampler = new Sampler();
    sampler.admit(seen(), 0);
    const calls = Array.from({ length: 20 }, (_, index) =>
      sampler.admit(seen({ way: 1, from: 1 + (index % 2), to: 2 - (index % 2), kind: index % 2 }), 0),
    );
    expect(calls.filter((setOut) => setOut !== null).length).toBeLessThan(12);
    expect(calls.at(-1)).toBeNull();
  });
});

describe("the scene", () => {
  test("a hop of 250 ms on screen is drawn exactly, a shorter one slowed", () => {
    const made = scene();
    made.take(beat({ speed: 0.001 }), hops(hop(0, 0.25, 0, 1, "request", 1), hop(0, 0.24, 0, 1, "request", 2)), none, []);
    expect([...made.dots.setOut.slice(0, 2)]).toEqual([exact, 0]);
  });

  test("a fault removes the slowed dots that the simulation has finished", () => {
    const made = scene();
    made.take(beat({ speed: 0.1 }), hops(hop(0, 1, 0, 1, "request", 1), hop(0, 900, 0, 1, "request", 2)), none, []);
    expect(made.dots.count).toBe(2);
    made.take(beat({ nowUs: 5000, speed: 0.1, wallMs: 50, faultUs: 5000 }), none, none, []);
    expect(made.dots.count).toBe(1);
    expect(made.dots.number[0]).toBe(2);
  });

  test("a hidden kind of traffic is not taken, and goes at once", () => {
    const made = scene();
    made.take(beat({ speed: 0.001 }), hops(hop(0, 9, 0, 1, "probe", -1)), none, []);
    made.show({ requests: true, probes: false, discovery: true, images: true });
    expect(made.dots.count).toBe(0);
    made.take(beat({ speed: 0.001 }), hops(hop(0, 9, 0, 1, "probe", -1)), none, []);
    expect(made.dots.count).toBe(0);
  });

  test("nothing travels with reduced motion", () => {
    const made = scene();
    made.still = true;
    made.take(beat({ speed: 0.001 }), hops(hop(0, 9, 0, 1, "request", 1)), none, []);
    expect(made.dots.count).toBe(0);
  });

  test("a mark is a ✕ where the line meets the node", () => {
    const made = scene();
    made.take(beat(), none, Float64Array.of(0, 1, markKinds.indexOf("refused"), 0, 7, 0), []);
    expect(made.crosses.list[0]).toMatchObject({ x: 200, y: 0, client: 0, number: 7 });
  });
});

describe("what waits", () => {
  const stays = (waiting: Waiting, node: number) => [...waiting.at(node)].map(({ number, away }) => `${number}${away ? " away" : ""}`);

  test("a request stays where it arrived, is away while it calls on, and leaves with its answer", () => {
    const waiting = new Waiting();
    waiting.hop(kind("request"), 0, 1, 0, 1, 10, false);
    expect(stays(waiting, 1)).toEqual(["1"]);
    waiting.hop(kind("request"), 1, 2, 0, 1, 20, false);
    expect([stays(waiting, 1), stays(waiting, 2)]).toEqual([["1 away"], ["1"]]);
    waiting.hop(kind("answer"), 2, 1, 0, 1, 30, false);
    expect([stays(waiting, 1), stays(waiting, 2)]).toEqual([["1"], []]);
    waiting.hop(kind("answer"), 1, 0, 0, 1, 40, false);
    expect([stays(waiting, 0), stays(waiting, 1)]).toEqual([[], []]);
  });

  test("a lost request arrives nowhere, and the dead hold none", () => {
    const waiting = new Waiting();
    waiting.hop(kind("request"), 0, 1, 0, 1, 10, true);
    expect(stays(waiting, 1)).toEqual([]);
    waiting.hop(kind("request"), 0, 1, 0, 2, 10, false);
    waiting.clear(1);
    expect(stays(waiting, 1)).toEqual([]);
  });

  test("an answer that nobody waits for any more leaves nothing behind", () => {
    const waiting = new Waiting();
    waiting.hop(kind("answer"), 2, 1, 0, 1, 30, false);
    expect(stays(waiting, 1)).toEqual([]);
  });
});

describe("picking", () => {
  function drawn(): Painter {
    const made = scene();
    made.take(beat({ nowUs: 500_000, playing: false }), hops(hop(0, 1000, 0, 1, "request", 42), hop(0, 1000, 0, 1, "probe", -1)), none, []);
    made.dots.client[1] = -1;
    const painter = new Painter(made);
    painter.look({ x: 10, y: 20, zoom: 2, width: 800, height: 600, ratio: 1 });
    painter.paint(paper, 0);
    return painter;
  }

  test("24 px around a dot is its request, at the place where it was drawn", () => {
    expect(drawn().pick(310 + 16, 20 + 16, 24)).toEqual({ client: "visitors", number: 42, x: 150, y: 0 });
  });

  test("farther off is nothing", () => expect(drawn().pick(310 + 20, 20 + 16, 24)).toBeNull());
});
