import { describe, expect, test } from "vitest";
import { kinds } from "../kinds/registry.ts";
import { player, type Step } from "./testing/playing.ts";
import { log, tally } from "./testing/telling.ts";

const play = player(kinds);

/** Ten requests a second on one of two databases each, by turns, and a check of each every second. */
const pair = `
  ann: client arrivals=constant ratePerSecond=10
  front: load-balancer algorithm=nginx-round-robin intervalMs=1000 fall=2 retries=0
  db: dependency workDistribution=constant workMs=1
  db-2: dependency workDistribution=constant workMs=1
  ann -> front: call
  front -> db: forward
  front -> db-2: forward`;

const storyOf = (script: readonly Step[], untilS = 10) => {
  const simulation = play(pair, untilS, script);
  const losses = tally(simulation, "reset", "refused", "connect-timed-out", "call-timed-out", "failed");
  return { losses, health: log(simulation, "target-down", "target-up").map((line) => line.replace(/^[\d.]+ /u, "")) };
};

describe("how a service that runs treats its requests", () => {
  test("err: every request of its share fails, and its checks see nothing of it", () => {
    const { losses, health } = storyOf([[2.05, "err db"]]);
    expect(health).toEqual([]);
    expect(losses["failed"]).toBeGreaterThanOrEqual(38);
  });

  test("err with 25 %: about that many of them", () => {
    const { losses } = storyOf([[2.05, "err db 25"]], 202);
    // 1000 requests, 250 of them expected, three standard deviations are 41.
    expect(Math.abs(losses["failed"]! - 250)).toBeLessThan(41);
  });

  test("reset: requests are reset, and its checks find it after fall of them", () => {
    const { losses, health } = storyOf([
      [2.05, "reset db"],
      [8, "resume db"],
    ]);
    expect(health).toEqual(["front target-down db", "front target-up db"]);
    expect(losses["reset"]).toBeGreaterThanOrEqual(5);
  });

  test("fail-all: 503, and its checks find it", () => {
    const { losses, health } = storyOf([[2.05, "fail-all db"]]);
    expect(health).toEqual(["front target-down db"]);
    expect(losses["failed"]).toBeGreaterThanOrEqual(5);
  });

  test("drop: nothing reaches it, not even the connection, until it is resumed", () => {
    const { losses, health } = storyOf([
      [2.05, "drop db"],
      [8, "resume db"],
    ]);
    expect(health).toEqual(["front target-down db", "front target-up db"]);
    expect(losses["connect-timed-out"]).toBeGreaterThanOrEqual(5);
    expect(losses["refused"]).toBe(0);
  });

  test("who is started anew behaves", () => {
    const { losses } = storyOf([
      [2.05, "err db"],
      [2.06, "recreate db"],
    ]);
    expect(losses["failed"]).toBeLessThan(6);
  });
});

describe("a wire", () => {
  test("cut either way lets nobody connect any more, and nothing arrives", () => {
    const lost = (act: string) => tally(play(pair, 4, [[1.05, `${act} front--db`]]), "arrived", "connect-timed-out", "call-timed-out");
    expect(lost("cut-there")["connect-timed-out"]).toBeGreaterThan(0);
    expect(lost("cut-back")).toEqual(lost("cut-there"));
    expect(lost("cut-there")["call-timed-out"]).toBe(0);
  });

  test("cut the way back loses the answers under way; cut the way there leaves them", () => {
    const underWay = (act: string) =>
      log(play(pair.replaceAll("workMs=1", "workMs=300"), 8, [[1.25, `${act} front--db`]]), "call-timed-out").map((line) => line.slice(6));
    // The one that it had got at 1.0 s, or 1.2 s, and not answered yet.
    expect(underWay("cut-back").length).toBeGreaterThan(0);
    expect(underWay("cut-there")).toEqual([]);
  });

  test("that flaps is cut and whole by turns", () => {
    const simulation = play(pair, 4.2, [[1, "flap front--db 1"]]);
    expect(log(simulation, "cut", "mended")).toEqual([
      "1.000 front cut db",
      "1.500 front mended db",
      "2.000 front cut db",
      "2.500 front mended db",
      "3.000 front cut db",
      "3.500 front mended db",
      "4.000 front cut db",
    ]);
  });
});
