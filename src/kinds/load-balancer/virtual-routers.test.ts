import { describe, expect, test } from "vitest";
import { player, type Step } from "../../engine/testing/playing.ts";
import { hop, hopStride } from "../../engine/feed.ts";
import { log, rowsOf } from "../../engine/testing/telling.ts";
import type { Simulation } from "../../engine/simulation.ts";
import { kinds } from "../registry.ts";

const play = player(kinds);

/** A pair of balancers in front of two services; callers know the address of the first. */
const pair = (first = "routerPriority=200", second = "", places = ["", ""]) => `
  east: zone shares=network
  west: zone shares=network
  ann: client arrivals=constant ratePerSecond=100 timeoutMs=60000
  lb-1: load-balancer${places[0]} virtualRouter=edge ${first}
  lb-2: load-balancer${places[1]} virtualRouter=edge ${second}
  web-1: dependency workDistribution=constant workMs=20
  web-2: dependency workDistribution=constant workMs=20
  ann -> lb-1: call
  lb-1 -> web-1: forward
  lb-1 -> web-2: forward
  lb-2 -> web-1: forward
  lb-2 -> web-2: forward`;

const servedBy = (run: Simulation, balancer: string, fromS: number, toS: number) =>
  rowsOf(run).filter(({ what, who, atUs }) => what === "arrived" && who === balancer && atUs >= fromS * 1e6 && atUs < toS * 1e6).length;
/** How many requests of a client a balancer passed on. */
const servedFor = (run: Simulation, client: string, balancer: string, fromS: number, toS: number) =>
  rowsOf(run).filter(
    ({ what, who, client: of, atUs }) =>
      what === "answered" && who === balancer && of === client && atUs >= fromS * 1e6 && atUs < toS * 1e6,
  ).length;
const roles = (run: Simulation) => ["lb-1", "lb-2"].map((id) => run.status(id)!.facts.find(({ key }) => key === "router")!.value);
const tookAt = (run: Simulation) => log(run, "took-address").map((line) => line.replace(/ took-address.*/u, ""));

test("the master serves, the backup waits", () => {
  const run = play(pair(), 5);
  expect(roles(run)).toEqual(["router.master", "router.backup"]);
  expect([servedBy(run, "lb-1", 0, 5) > 490, servedBy(run, "lb-2", 0, 5)]).toEqual([true, 0]);
  expect(run.counters().failed).toBe(0);
});

test("a master that dies is missed after three advertisements and the skew; what came until then is lost", () => {
  const run = play(pair(), 12, [[5.5, "kill lb-1"]]);
  const [took] = rowsOf(run).filter(({ what }) => what === "took-address");
  expect([took!.who, took!.whom]).toEqual(["lb-2", "lb-1"]);
  // The last advertisement was at 5 s; the skew of priority 100 is (256 − 100) / 256 of a second.
  expect(took!.atUs / 1e6).toBeCloseTo(5 + 3 + 156 / 256, 2);
  expect(roles(run)).toEqual(["router.none", "router.backup"].with(1, "router.master"));
  expect(servedBy(run, "lb-2", 8.7, 12)).toBeGreaterThan(320);
  expect(run.counters().failed).toBeGreaterThan(300);
  expect(run.counters().failed).toBeLessThan(320);
});

test("one that is taken away says so: the other takes over after its skew alone", () => {
  const run = play(pair(), 4);
  const { document } = run;
  const { ["lb-1"]: _gone, ...nodes } = document.nodes;
  const links = Object.fromEntries(Object.entries(document.links).filter(([, link]) => link.from !== "lb-1" && link.to !== "lb-1"));
  run.edit({ ...document, nodes, links });
  run.runUntil(6_000_000);
  const [took] = rowsOf(run).filter(({ what }) => what === "took-address");
  expect(took!.atUs / 1e6).toBeCloseTo(4 + 156 / 256, 2);
});

test("what goes to an address that was taken over is drawn where it goes", () => {
  const run = play(pair(), 9.5, [[5.5, "kill lb-1"]], { watch: true });
  expect(run.routes()).toContainEqual(["ann", "lb-2"]);
  const rowOf = (id: string) => run.nodeIds.indexOf(id);
  run.feed.takeHops();
  run.runUntil(10_000_000);
  const hops = run.feed.takeHops();
  const ends = new Set(
    Array.from({ length: hops.length / hopStride }, (_, hop) => [hops[hop * hopStride + 2], hops[hop * hopStride + 3]]).flat(),
  );
  expect([ends.has(rowOf("lb-1")), ends.has(rowOf("lb-2"))]).toEqual([false, true]);
});

test("checks of an address that was taken over are drawn to who holds it", () => {
  const front = pair().replace("ann -> lb-1: call", "front: load-balancer intervalMs=500\n front -> lb-1: forward\n ann -> front: call");
  const run = play(front, 9.5, [[5.5, "kill lb-1"]], { watch: true });
  const rowOf = (id: string) => run.nodeIds.indexOf(id);
  run.feed.takeHops();
  run.runUntil(11_000_000);
  const hops = run.feed.takeHops();
  const ends = Array.from({ length: hops.length / hopStride }, (_, at) => hops.slice(at * hopStride + 2, at * hopStride + 6))
    .filter(([, , , kind]) => kind === hop.probe || kind === hop["probe-answer"])
    .filter(([from, to]) => [from, to].includes(rowOf("front")))
    .map(([from, to, link]) => [from === rowOf("front") ? to : from, link]);
  expect(ends.length).toBeGreaterThan(4);
  // No link was drawn to it: its checks find a way of their own, as requests do.
  expect(ends.filter(([end, link]) => end !== rowOf("lb-2") || link !== -1)).toEqual([]);
});

const dies: readonly Step[] = [
  [5.5, "kill lb-1"],
  [12, "recreate lb-1"],
];

test("back again, a better one takes the address back, unless it may not preempt", () => {
  const preempting = play(pair(), 20, dies);
  expect(roles(preempting)).toEqual(["router.master", "router.backup"]);
  expect(servedBy(preempting, "lb-1", 17, 20)).toBeGreaterThan(290);
  // The first heard nothing any more; the second heard the master all the time, and goes before it.
  const took = rowsOf(preempting).filter(({ what }) => what === "took-address");
  expect(took.map(({ who, a }) => [who, a])).toEqual([
    ["lb-2", 0],
    ["lb-1", 1],
  ]);
  expect(preempting.routes()).not.toContainEqual(["ann", "lb-2"]);
  const patient = play(pair("routerPriority=200 preempt=false"), 20, dies);
  expect(roles(patient)).toEqual(["router.backup", "router.master"]);
  expect(servedBy(patient, "lb-2", 17, 20)).toBeGreaterThan(290);
});

test("of three whoever has the highest priority takes over, for its skew is the shortest", () => {
  const third = `${pair()}\n lb-3: load-balancer virtualRouter=edge routerPriority=150\n lb-3 -> web-1: forward`;
  const run = play(third, 12, [[5.5, "kill lb-1"]]);
  expect(
    rowsOf(run)
      .filter(({ what }) => what === "took-address")
      .map(({ who }) => who),
  ).toEqual(["lb-3"]);
});

test("cut off from each other both are masters; together again the better one is it alone", () => {
  const run = play(pair(undefined, undefined, [" in east", " in west"]), 14, [[5.5, "lose east"]]);
  expect(roles(run)).toEqual(["router.master", "router.master"]);
  run.act({ act: "restore", target: "east" });
  run.runUntil(18_000_000);
  expect(roles(run)).toEqual(["router.master", "router.backup"]);
  expect(servedBy(run, "lb-1", 16, 18)).toBeGreaterThan(190);
});

test("cut off from each other each serves its own side", () => {
  const sides = `${pair(undefined, undefined, [" in east", " in west"])}
    bob: client in east arrivals=constant ratePerSecond=100
    cid: client in west arrivals=constant ratePerSecond=100
    web-3: dependency in east
    bob -> lb-1: call
    cid -> lb-1: call
    lb-1 -> web-3: forward`;
  const run = play(sides, 14, [[5.5, "lose east"]]);
  const lostBy = (caller: string) => rowsOf(run).filter(({ what, who, atUs }) => what === "failed" && who === caller && atUs > 10e6).length;
  expect(servedFor(run, "bob", "lb-1", 10, 14)).toBeGreaterThan(390);
  expect([servedFor(run, "ann", "lb-2", 10, 14) > 390, servedFor(run, "cid", "lb-2", 10, 14) > 390]).toEqual([true, true]);
  expect([lostBy("ann"), lostBy("cid")]).toEqual([0, 0]);
  // bob still goes to lb-1 by his link.
  expect(run.routes()).toEqual([
    ["ann", "lb-2"],
    ["cid", "lb-2"],
  ]);
});

test("a shorter advertisement is noticed sooner; without a name balancers have nothing to do with each other", () => {
  const quick = play(pair("routerPriority=200 advertMs=100", "advertMs=100"), 12, [[5.55, "kill lb-1"]]);
  expect(tookAt(quick).length).toBe(1);
  expect(quick.counters().failed).toBeLessThan(40);
  const alone = play(pair().replaceAll("virtualRouter=edge", ""), 12, [[5.5, "kill lb-1"]]);
  expect(servedBy(alone, "lb-2", 0, 12)).toBe(0);
});

test("going back and on again gives the same", () => {
  const run = play(pair(), 4);
  const mark = run.checkpoint();
  const after = () => {
    run.act({ act: "kill", target: "lb-1" });
    run.runUntil(12_000_000);
    return [tookAt(run), run.counters()];
  };
  const first = after();
  run.restore(mark);
  expect(after()).toEqual(first);
});

describe("when the backup takes over is foretold", () => {
  const inZones = pair("routerPriority=200", "", [" in east", " in west"]);
  const at = Array.from({ length: 25 }, (_, index) => 5 + index / 24);

  test.each([
    ["kill lb-1", pair()],
    ["lose east", inZones],
  ])("%s, wherever between two advertisements it falls", (fault, text) => {
    for (const atS of at) {
      const seen = play(text, 12, [[atS, fault]]).detections();
      const [{ node, predictedMs, faultAtMs, detectedAtMs } = { node: "", predictedMs: null, faultAtMs: 0, detectedAtMs: 0 }, ...others] =
        seen.filter(({ observer }) => observer === "lb-2");
      expect([node, others]).toEqual(["lb-1", []]);
      expect(detectedAtMs! - faultAtMs).toBeGreaterThanOrEqual(predictedMs![0] - 0.001);
      expect(detectedAtMs! - faultAtMs).toBeLessThanOrEqual(predictedMs![1] + 0.001);
      // Three advertisements of a second and the skew; the last one was heard up to a second before.
      expect(predictedMs![1] - predictedMs![0]).toBe(1000);
    }
  });

  test("by the one that waits the shortest alone; a backup's own death says nothing to a master", () => {
    const three = `${pair()}\n  lb-3: load-balancer virtualRouter=edge routerPriority=150`;
    expect(
      play(three, 12, [[5.5, "kill lb-1"]])
        .detections()
        .map(({ observer }) => observer),
    ).toEqual(["lb-3"]);
    expect(play(pair(), 12, [[5.5, "kill lb-2"]]).detections()).toEqual([]);
  });
});
