import { describe, expect, test } from "vitest";
import { player, without, type Step } from "../../engine/testing/playing.ts";
import type { Consumer } from "../../engine/consumers.ts";
import { kinds } from "../registry.ts";

const play = player(kinds);

const shop = (registry: string, instances = 2) => `
  h: host
  ann: client arrivals=by-hand
  front: load-balancer
  registry: service-registry ${registry}
  ann -> registry: discover latencyMs=1
  front -> registry: source latencyMs=2
  ${Array.from({ length: instances }, (_, index) => `web-${index + 1}: container in h\n web-${index + 1} -> registry: register latencyMs=1`).join("\n")}`;

const consumersIn = (settings: string, untilS: number, script: readonly Step[] = [], instances = 2): readonly Consumer[] =>
  play(shop(settings, instances), untilS, script).about("registry")!.consumers();

describe("who reads a registry", () => {
  test("each with how it asks, how old its answer is, and whom it believes in", () => {
    const [ann, front] = consumersIn("", 30, [[20, "stop web-1"]]);
    expect(ann).toMatchObject({ node: "ann", link: "ann--registry", service: "web", way: "watch", everyUs: 0, learntUs: 20_002_001 });
    expect(front).toMatchObject({ node: "front", learntUs: 20_003_001 });
    expect(ann!.believes).toEqual([{ node: "web-2", incarnation: 1, address: expect.stringMatching(/^10\./u) as string }]);
  });

  test("of a registry of several members, whichever of them it speaks to", () => {
    const members = `h: host
      r1: service-registry\n r2: service-registry\n r3: service-registry
      r1 -> r2: peer\n r2 -> r3: peer
      ann: client arrivals=by-hand\n bob: client arrivals=by-hand
      ann -> r1: discover\n bob -> r3: discover
      web: container in h\n web -> r2: register`;
    const readers = (script: readonly Step[], at: string) =>
      play(members, 30, script)
        .about(at)!
        .consumers()
        .map(({ node, member }) => `${node} at ${member}`);
    for (const at of ["r1", "r2", "r3"]) expect(readers([], at)).toEqual(["ann at r1", "bob at r3"]);
    expect(readers([[10, "kill r1"]], "r3")).toEqual(["ann at r2", "bob at r3"]);
  });

  test("one that polls goes on believing in the dead until it asks again", () => {
    const settings = "ttlMs=9000 consumers=poll pollMs=30000";
    const script: Step[] = [[40, "kill web-1"]];
    const before = consumersIn(settings, 49, script)[0]!;
    expect(before.believes.map(({ node }) => node)).toEqual(["web-1", "web-2"]);
    expect(before.stale).toMatchObject([{ node: "web-1", fromUs: 40_000_001, lastedUs: null }]);
    const after = consumersIn(settings, 90, script)[0]!;
    expect(after.believes.map(({ node }) => node)).toEqual(["web-2"]);
    const [{ predictedUs, lastedUs }] = after.stale as [Consumer["stale"][number]];
    expect(lastedUs).toBeGreaterThanOrEqual(predictedUs![0]);
    expect(lastedUs).toBeLessThanOrEqual(predictedUs![1]);
  });

  test.each([
    ["ttlMs=9000", 2, [9_000_000]],
    ["ttlMs=9000 consumers=poll pollMs=5000", 2, [9_000_000, 5_000_000]],
    // A long poll, of up to five minutes, is answered when something changes.
    ["system=consul-ttl ttlMs=9000", 2, [9_000_000]],
    // What its documents call 90 s, the eviction's minute, the copy that is answered from, the fetch.
    ["system=eureka", 10, [180_000_000, 60_000_000, 30_000_000, 30_000_000]],
    ["system=eureka", 3, null],
    ["system=dns", 2, null],
  ])("at the worst: %s with %i instances", (settings, instances, upToUs) => {
    const [ann] = consumersIn(settings, 10, [], instances);
    if (upToUs === null) expect(ann!.upToUs).toBeNull();
    else expect(ann!.upToUs!.map((us) => Math.round(us / 100_000) * 100_000)).toEqual(upToUs);
  });

  test("Eureka's consumers are wrong for as long as was said, and no longer", () => {
    const [ann] = consumersIn("system=eureka selfPreservation=false", 500, [[100, "kill web-1"]], 10);
    const [window] = ann!.stale;
    expect(window!.lastedUs).toBeGreaterThanOrEqual(window!.predictedUs![0]);
    expect(window!.lastedUs).toBeLessThanOrEqual(window!.predictedUs![1]);
    expect(ann!.upToUs!.reduce((sum, us) => sum + us)).toBeGreaterThanOrEqual(window!.lastedUs!);
  });

  test("for how long they are wrong is told also where nobody could predict it", () => {
    // Three instances, of which one dies: Eureka believes that the network is to blame, and never evicts it.
    const [ann] = consumersIn("system=eureka", 400, [[100, "kill web-1"]], 3);
    expect(ann!.stale).toEqual([{ node: "web-1", fromUs: 100_000_001, predictedUs: null, lastedUs: null }]);
    // What an instance says to a registry that is down is lost, and what crashes meanwhile is only found out by its lease.
    const outage: Step[] = [
      [10, "kill registry"],
      [11, "stop web-1"],
      [12, "recreate registry"],
    ];
    const [bob] = consumersIn("ttlMs=9000", 40, outage);
    expect(bob!.stale).toMatchObject([{ node: "web-1", fromUs: 11_000_001, predictedUs: null }]);
  });

  test("an edit by which a consumer asks no more is no detection of a fault", () => {
    const simulation = play(shop(""), 14, [
      [10, "kill web-1"],
      [11, without("ann--registry")],
    ]);
    expect(simulation.detections().map(({ observer, detectedAtMs }) => [observer, detectedAtMs])).toEqual([
      ["front", null],
      ["registry", null],
    ]);
  });
});
