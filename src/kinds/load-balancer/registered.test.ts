import { describe, expect, test } from "vitest";
import { player, type Step } from "../../engine/testing/playing.ts";
import { log, rowsOf } from "../../engine/testing/telling.ts";
import type { Simulation } from "../../engine/simulation.ts";
import type { LogRow } from "../../engine/status.ts";
import { kinds } from "../registry.ts";

const play = player(kinds);

/** Two balancers that a name server knows by one name, and callers that keep its answers for ten seconds. */
const edge = (registry: string, reads = "", callers = "ann bob cid", place = "") => `
  east: zone shares=${place === "" ? "power" : place}
  names: service-registry recordTtlMs=10000 ${registry}
  lb-1: load-balancer in east
  lb-2: load-balancer
  web: dependency workDistribution=constant workMs=5
  lb-1 -> web: forward
  lb-2 -> web: forward
  lb-1 -> names: register
  lb-2 -> names: register
  ${callers
    .split(" ")
    .map(
      (caller) => `${caller}: client arrivals=constant ratePerSecond=20
  ${caller} -> names: discover service=front reads=dns algorithm=first-of-answer ${reads}`,
    )
    .join("\n")}`;

const lb1Dies: readonly Step[] = [[12, "kill lb-1"]];
const lb1IsBack: readonly Step[] = [...lb1Dies, [32, "recreate lb-1"]];

/** Where a caller's first attempts went, second by second: "1 1 2 2". */
const wentTo = (run: Simulation, caller: string, untilS: number) =>
  Array.from({ length: untilS }, (_, second) => {
    const inIt = ({ what, who, a, atUs }: LogRow) => what === "sent" && who === caller && a === 0 && Math.floor(atUs / 1e6) === second;
    return rowsOf(run).find(inIt)!.whom!.slice(-1);
  });
/** How long each stay with one balancer lasted, in seconds, the first and the last left out. */
const staysOf = (way: readonly string[]) => {
  const turns = way.flatMap((to, second) => (second > 0 && to !== way[second - 1] ? [second] : []));
  return turns.slice(1).map((second, index) => second - turns[index]!);
};
const refusedIn = (run: Simulation, caller: string, fromS = 0, untilS = Infinity) =>
  rowsOf(run).filter(({ what, who, atUs }) => what === "refused" && who === caller && atUs >= fromS * 1e6 && atUs < untilS * 1e6).length;
const windowsIn = (run: Simulation) =>
  run
    .about("names")!
    .consumers()
    .map(({ stale: [window] }) => window!);

describe("balancers behind DNS", () => {
  test("each answer begins with the next balancer, and a caller stays with the first of its own for as long as it keeps it", () => {
    const run = play(edge("system=dns"), 60);
    const ways = ["ann", "bob", "cid"].map((caller) => wentTo(run, caller, 60));
    for (const way of ways) expect(staysOf(way)).toEqual(expect.arrayContaining([10, 10, 10]));
    expect(new Set(ways.map(([first]) => first))).toEqual(new Set(["1", "2"]));
    expect(run.counters().failed).toBe(0);
  });

  test("nobody looks after a zone's records: whoever is answered with a dead balancer first loses everything until its next answer", () => {
    const run = play(edge("system=dns"), 52, lb1Dies);
    for (const caller of ["ann", "bob", "cid"]) {
      const way = wentTo(run, caller, 52);
      const dead = way.filter((to, second) => to === "1" && second >= 12).length;
      expect(dead).toBeGreaterThanOrEqual(10);
      expect(Math.abs(refusedIn(run, caller) - 20 * dead)).toBeLessThanOrEqual(20 * 5);
      expect(run.countersOf(caller)!.failed).toBe(refusedIn(run, caller));
    }
    expect(log(run, "target-removed")).toEqual([]);
    expect(new Set(run.detections().map(({ foreseen }) => foreseen))).toEqual(new Set(["never"]));
    expect(run.status("names")!.parts.map(({ state }) => state)).toEqual(["recorded", "recorded"]);
    expect(
      run
        .about("names")!
        .consumers()
        .map(({ upToUs }) => upToUs),
    ).toEqual([null, null, null]);
  });

  test("one that is back is at its old address: nobody has to be told", () => {
    const run = play(edge("system=dns"), 60, lb1IsBack);
    expect(refusedIn(run, "ann", 12, 33) + refusedIn(run, "bob", 12, 33) + refusedIn(run, "cid", 12, 33)).toBeGreaterThan(200);
    expect(refusedIn(run, "ann", 33) + refusedIn(run, "bob", 33) + refusedIn(run, "cid", 33)).toBe(0);
  });

  test("a caller that tries the next address of its answer loses nothing, and asks the dead one first all the same", () => {
    const run = play(edge("system=dns", "retries=1"), 52, lb1Dies);
    expect(run.counters().failed).toBe(0);
    expect(refusedIn(run, "ann")).toBeGreaterThan(180);
  });

  test("records in an order that never changes send everybody to the first; in a random one, to either", () => {
    const fixed = play(edge("system=dns answerOrder=fixed"), 40);
    expect(new Set(["ann", "bob", "cid"].flatMap((caller) => wentTo(fixed, caller, 40))).size).toBe(1);
    const random = play(edge("system=dns answerOrder=random recordTtlMs=1000"), 60);
    const went = ["ann", "bob", "cid"].flatMap((caller) => wentTo(random, caller, 60));
    // Within three standard deviations of half.
    expect(Math.abs(went.filter((to) => to === "1").length - went.length / 2)).toBeLessThan(3 * Math.sqrt(went.length / 4));
  });
});

describe("a registry that looks after the balancers that it names", () => {
  test.each([
    ["system=consul-check checkIntervalMs=2000 checkTimeoutMs=500", "kill lb-1"],
    ["system=consul-check checkIntervalMs=2000 checkTimeoutMs=500", "lose east"],
    ["system=kubernetes", "kill lb-1"],
    ["system=nacos-persistent", "lose east"],
    ["ttlMs=6000", "lose east"],
    ["system=etcd ttlMs=6000", "kill lb-1"],
    ["system=nacos-grpc", "kill lb-1"],
  ])("%s, %s: each caller holds on to its answer, for as long as was predicted", (registry, fault) => {
    const run = play(edge(registry), 90, [[12, fault]]);
    for (const { node, predictedUs, lastedUs } of windowsIn(run)) {
      expect(node).toBe("lb-1");
      expect(lastedUs).toBeGreaterThanOrEqual(predictedUs![0]);
      expect(lastedUs).toBeLessThanOrEqual(predictedUs![1]);
    }
    const forgotten = Math.max(...windowsIn(run).map(({ lastedUs }) => lastedUs!));
    for (const caller of ["ann", "bob", "cid"]) expect(refusedIn(run, caller, 12 + forgotten / 1e6)).toBe(0);
    const { failed, timedOut } = run.counters();
    expect(failed + timedOut).toBeGreaterThan(20);
  });

  test("back again it is answered again", () => {
    const run = play(edge("system=consul-check checkIntervalMs=2000"), 60, lb1IsBack);
    for (const caller of ["ann", "bob", "cid"]) expect(log(run, "target-added").join()).toContain(`${caller} target-added lb-1#2`);
    expect(windowsIn(run).map(({ node }) => node)).toEqual(["lb-1", "lb-1", "lb-1"]);
  });

  test("a registrar beside it says at once that it is gone; on its own it says nothing any more", () => {
    const run = (by: string) => play(edge("system=etcd").replaceAll("names: register", `names: register by=${by}`), 13, lb1Dies);
    expect(log(run("registrar"), "withdrawn")).toEqual(["12.001 names withdrawn lb-1"]);
    expect(log(run("self"), "withdrawn")).toEqual([]);
  });

  test("going back and on again gives the same", () => {
    const run = play(edge("system=dns"), 11);
    const mark = run.checkpoint();
    const after = () => {
      run.act({ act: "kill", target: "lb-1" });
      run.runUntil(40_000_000);
      return [wentTo(run, "ann", 40), run.counters()];
    };
    const first = after();
    run.restore(mark);
    expect(after()).toEqual(first);
  });
});
