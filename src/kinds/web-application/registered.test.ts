import { describe, expect, test } from "vitest";
import { player } from "../../engine/testing/playing.ts";
import { log, rowsOf, tally } from "../../engine/testing/telling.ts";
import { amiss } from "../../properties/testing/consistency.ts";
import { kinds } from "../registry.ts";

const play = player(kinds);

/** Two applications of two servers behind a balancer that reads a registry, and a caller that reads it itself. */
const found = (more = "") => `
  registry: service-registry ttlMs=3000
  h: host bootMs=1000
  t: application-server in h startMs=500
  u: application-server in h port=9090 startMs=500
  a: web-application in t deployMs=200 heartbeatMs=1000
  b: web-application in u deployMs=200 heartbeatMs=1000
  front: load-balancer intervalMs=500 fall=2 rise=1
  ann: client arrivals=constant ratePerSecond=20
  bob: client arrivals=constant ratePerSecond=20
  ann -> front: call
  front -> registry: source
  bob -> registry: discover
  a -> registry: register
  b -> registry: register
  ${more}`;

const told = ["registered", "expired", "target-added", "target-removed", "target-down", "target-up"] as const;

describe("a web application that registers", () => {
  test("is there from the beginning of a warm run, and serves those who find it", () => {
    const simulation = play(found(), 5);
    expect(simulation.counters()).toMatchObject({ failed: 0, timedOut: 0 });
    expect([simulation.countersOf("a")!.served, simulation.countersOf("b")!.served].every((served) => served > 80)).toBe(true);
    expect(tally(simulation, "expired")).toEqual({ expired: 0 });
    expect(amiss(simulation)).toEqual([]);
  });

  test("started cold, it registers once it is deployed", () => {
    const simulation = play(`cold ${found()}`, 5);
    expect(log(simulation, "up", "registered").filter((line) => / [ab] /u.test(line) || line.includes("registered"))).toEqual([
      "1.700 a up",
      "1.700 b up",
      "1.700 registry registered a",
      "1.700 registry registered b",
    ]);
  });

  test("its lease ends when its server is gone, and it registers again at the same address", () => {
    const simulation = play(found(), 12, [
      [2, "kill t"],
      [8, "recreate t"],
    ]);
    expect(log(simulation, ...told)).toEqual([
      "2.547 front target-down a",
      "4.034 registry expired a",
      "4.034 front target-removed a",
      "4.034 bob target-removed a",
      "8.701 registry registered a#2",
      "8.701 front target-added a#2",
      "8.701 bob target-added a#2",
      "8.702 front target-up a#2",
    ]);
    expect(simulation.status("a")!.address).toBe("10.1.0.1:8080/app");
    expect(simulation.countersOf("a")!.served).toBeGreaterThan(40);
    expect(amiss(simulation)).toEqual([]);
  });

  test("a restart within its lease is the same address again: nobody finds another, and everybody is served", () => {
    const simulation = play(found(), 8, [[2, "recreate t"]]);
    expect(tally(simulation, "expired")).toEqual({ expired: 0 });
    const late = rowsOf(simulation).filter(({ what, atUs }) => (what === "failed" || what === "stale") && atUs > 4_000_000);
    expect(late).toEqual([]);
    expect(simulation.targets().filter(({ name, state }) => name === "a" && state === "up")).toHaveLength(1);
    expect(amiss(simulation)).toEqual([]);
  });

  test("one that hangs with its server renews nothing until it is awake again", () => {
    const simulation = play(found(), 12, [
      [2, "hang t"],
      [8, "resume t"],
    ]);
    expect(log(simulation, "expired", "registered")).toEqual(["4.034 registry expired a", "8.001 registry registered a"]);
    expect(amiss(simulation)).toEqual([]);
  });

  test("it finds others in a registry itself", () => {
    const simulation = play(
      `registry: service-registry
       h: host
       t: application-server in h
       a: web-application in t
       web: container in h
       ann: client arrivals=constant ratePerSecond=20
       ann -> a: call
       a -> registry: discover
       web -> registry: register`,
      5,
      [[3, "recreate t"]],
    );
    expect(simulation.countersOf("web")!.served).toBeGreaterThan(50);
    expect(amiss(simulation)).toEqual([]);
  });
});
