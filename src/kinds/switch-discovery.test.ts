import { readFileSync } from "node:fs";
import { describe, expect, test } from "vitest";
import { apply } from "../document/commands.ts";
import { switchDiscovery } from "../document/switch-discovery.ts";
import type { Topology } from "../document/topology.ts";
import { Simulation } from "../engine/simulation.ts";
import { seconds } from "../engine/testing/telling.ts";
import { declarations } from "./declarations.ts";
import { kinds } from "./registry.ts";

const failover = JSON.parse(readFileSync("public/examples/failover.json", "utf8")) as Topology;

function switched(document: Topology): Topology {
  const { commands } = switchDiscovery(document, "visitors", declarations)!;
  const outcome = apply(document, { type: "together", label: "switch-discovery", commands }, declarations);
  if (outcome.error !== undefined) throw new Error(JSON.stringify(outcome.error));
  return outcome.document;
}

describe("who finds the instances changes in mid-flight", () => {
  test("the run goes on: whatever is on its way comes home, and the next requests go the other way", () => {
    const simulation = new Simulation({ document: failover, kinds, watch: true });
    const passedOn = [10, 20, 30].map((untilS) => {
      simulation.runUntil(seconds(untilS));
      simulation.edit(switched(simulation.document));
      return simulation.countersOf("front")!.issued;
    });
    simulation.runUntil(seconds(40));
    const { issued, served, failed, timedOut, inFlight } = simulation.counters();
    expect({ failed, timedOut }).toEqual({ failed: 0, timedOut: 0 });
    expect(served + inFlight).toBe(issued);
    // The balancer rests while the caller chooses by itself.
    const [first, second, third] = passedOn;
    expect(second! - first!).toBeLessThan(10);
    expect(third! - second!).toBeGreaterThan(300);
  });
});
