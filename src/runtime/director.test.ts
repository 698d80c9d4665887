import { expect, test } from "vitest";
import type { Topology } from "../document/topology.ts";
import type { TimeState } from "./protocol.ts";
import { failover, killAt } from "./testing/failover.ts";
import { Player } from "./testing/player.ts";

const second = 1_000_000;
const scripted = () => failover({ schedule: { a: killAt("web-2", 8000), b: killAt("web-2", 20_000, "recreate") } });

interface Shown {
  readonly wallMs: number;
  readonly time: TimeState;
}

/** Plays a run under the director to a simulated time, and notes what the clock did on the way. */
function watch(
  document: Topology,
  untilUs: number,
  frameMs: (frame: number) => number,
  player = new Player(document, { director: true, playing: true }),
): Shown[] {
  const shown: Shown[] = [];
  let wallMs = 0;
  for (let frame = 0; (shown.at(-1)?.time.nowUs ?? 0) < untilUs; frame++) {
    const ms = frameMs(frame);
    wallMs += ms;
    shown.push({ wallMs, time: player.frame(ms)!.time });
    if (wallMs > 300_000) throw new Error(`it takes for ever: ${shown.at(-1)!.time.nowUs}`);
  }
  return shown;
}

/** Stretches of one pace: [pace, from s, to s (simulated), s on screen]. */
function stretches(shown: readonly Shown[]): string[] {
  const found: string[] = [];
  let start = { wallMs: 0, nowUs: 0 };
  shown.forEach(({ wallMs, time }, index) => {
    const next = shown[index + 1]?.time.pace;
    if (next === time.pace) return;
    const span = `${(start.nowUs / second).toFixed(3)}–${(time.nowUs / second).toFixed(3)} s`;
    found.push(`${time.pace} ${span} in ${((wallMs - start.wallMs) / 1000).toFixed(1)} s`);
    start = { wallMs, nowUs: time.nowUs };
  });
  return found;
}

const at60 = () => 1000 / 60;

test("the clock goes slowly around each first of a fault, and hurries where nothing comes", () => {
  expect(stretches(watch(scripted(), 24 * second, () => 10))).toMatchInlineSnapshot(`
    [
      "asked 0.000–2.500 s in 2.5 s",
      "hurrying 2.500–7.002 s in 1.7 s",
      "asked 7.002–7.972 s in 1.0 s",
      "slowed 7.972–8.070 s in 4.3 s",
      "asked 8.070–8.618 s in 0.6 s",
      "slowed 8.618–8.692 s in 1.2 s",
      "asked 8.692–9.621 s in 0.9 s",
      "slowed 9.621–9.695 s in 1.2 s",
      "asked 9.695–10.615 s in 0.9 s",
      "slowed 10.615–10.689 s in 1.2 s",
      "asked 10.689–12.748 s in 2.1 s",
      "slowed 12.748–12.822 s in 1.2 s",
      "asked 12.822–15.051 s in 2.2 s",
      "hurrying 15.051–18.994 s in 1.7 s",
      "asked 18.994–20.204 s in 1.2 s",
      "slowed 20.204–20.279 s in 1.2 s",
      "asked 20.279–21.308 s in 1.0 s",
      "slowed 21.308–21.382 s in 1.2 s",
      "asked 21.382–24.001 s in 2.6 s",
    ]
  `);
});

test("a fault is slow for 12 s at most", () => {
  const shown = watch(scripted(), 24 * second, () => 10);
  const slowMs = shown.filter(({ time }) => time.pace === "slowed").length * 10;
  expect(slowMs).toBeGreaterThan(5000);
  expect(slowMs).toBeLessThanOrEqual(12_000);
});

test("where it is slow, a hop takes 0.8 s on screen", () => {
  const speeds = watch(scripted(), 9 * second, () => 10).map(({ time }) => time.speed);
  expect(Math.min(...speeds)).toBeCloseTo(0.0005 / 0.8, 6);
});

test.each([
  ["30 a second", () => 1000 / 30],
  ["144 a second", () => 1000 / 144],
  ["uneven", (frame: number) => 5 + ((frame * 37) % 60)],
])("the same replay takes the same time on screen with frames %s", (_, frameMs) => {
  const wallMs = (frames: (frame: number) => number) => watch(scripted(), 24 * second, frames).at(-1)!.wallMs;
  const expected = wallMs(at60);
  expect(Math.abs(wallMs(frameMs) - expected)).toBeLessThan(expected * 0.01);
});

test("the same replay takes the same time on screen after a reset, with the acts done by hand", () => {
  const player = new Player(failover(), { director: true, playing: true });
  watch(failover(), 3 * second, at60, player);
  player.act("kill", "web-2");
  watch(failover(), 14 * second, at60, player);
  const replay = () => {
    player.send({ type: "reset", keepActions: true }).send({ type: "pause" }).settle().send({ type: "play" });
    return watch(failover(), 14 * second, at60, player).at(-1)!.wallMs;
  };
  const [first, again] = [replay(), replay()];
  expect(Math.abs(again - first)).toBeLessThan(first * 0.01);
});

test("what a person does slows the clock at once, and takes effect at the time displayed", () => {
  const player = new Player(failover(), { director: true, playing: true });
  for (let frames = 0; frames < 60; frames++) player.frame(10);
  const atUs = player.nowUs;
  player.act("kill", "web-2");
  player.frame(10);
  expect(player.captions.at(-1)).toMatchObject({ key: "fault.kill", atUs: atUs + 1 });
  for (let frames = 0; frames < 30; frames++) player.frame(10);
  expect(player.time.pace).toBe("slowed");
  expect(player.time.speed).toBeCloseTo(0.0005 / 0.8, 5);
});

test("with the director off, time passes evenly", () => {
  const player = new Player(scripted(), { director: false, playing: true });
  const shown = watch(scripted(), 12 * second, () => 10, player);
  expect(new Set(shown.map(({ time }) => `${time.pace} ${time.speed}`))).toEqual(new Set(["asked 1"]));
  expect(shown.at(-1)!.wallMs).toBe(12_000);
});

test("whoever asks for a clock slower than the director's gets it", () => {
  const { links, ...rest } = scripted();
  const slow = { ...rest, links: { ...links, "client-front": { ...links["client-front"]!, settings: { latencyMs: 10 } } } };
  const player = new Player(slow, { director: true, playing: true });
  player.send({ type: "pause" }).seek(7.9999 * second);
  player.send({ type: "speed", speed: 0.001 }).send({ type: "play" });
  const shown = watch(slow, 8.001 * second, () => 10, player);
  expect(shown.some(({ time }) => time.pace === "slowed")).toBe(false);
});

test("under the director a run is the same run", () => {
  const digests = [true, false].map((director) => {
    const player = new Player(scripted(), { director, playing: true });
    watch(scripted(), 12 * second, at60, player);
    return player
      .send({ type: "pause" })
      .seek(12 * second)
      .digest();
  });
  expect(digests[0]).toBe(digests[1]);
});
