import fc from "fast-check";
import { describe, expect, test } from "vitest";
import type { Topology } from "../document/topology.ts";
import { set } from "../engine/testing/playing.ts";
import { sketch } from "../engine/testing/sketch.ts";
import { rowsOf } from "../engine/testing/telling.ts";
import { Simulation } from "../engine/simulation.ts";
import { kinds } from "../kinds/registry.ts";
import { amiss, runOf } from "./testing/consistency.ts";
import { seeds, trials } from "./testing/hunt.ts";

/** Memory for about half of what wants to be there, on a host and in a guest of it, among processes that want more and more. */
const sizes = fc.record({
  hostMb: fc.integer({ min: 500, max: 3000 }),
  guestMb: fc.integer({ min: 300, max: 1500 }),
  guestOsMb: fc.integer({ min: 16, max: 300 }),
  limits: fc.array(fc.integer({ min: 50, max: 900 }), { minLength: 4, maxLength: 4 }),
  leakMb: fc.integer({ min: 0, max: 20 }),
  isCold: fc.boolean(),
});
type Sizes = typeof sizes extends fc.Arbitrary<infer T> ? T : never;

const crowd = ({ hostMb, guestMb, guestOsMb, limits, leakMb, isCold }: Sizes): Topology =>
  sketch(`
    ann: client arrivals=constant ratePerSecond=40 timeoutMs=500
    h: host memoryMb=${hostMb} bootMs=200
    v: virtual-machine in h memoryMb=${guestMb} guestOsMb=${guestOsMb} bootMs=100
    a: container in h memoryMb=${limits[0]} usesMb=20 leakMb=${leakMb} startMs=50 restart=always
    b: container in h memoryMb=${limits[1]} startMs=50
    c: container in v memoryMb=${limits[2]} startMs=50
    d: container in v memoryMb=${limits[3]} startMs=50
    t: application-server in h startMs=50 runtimeMb=60 heapMb=800
    w: web-application in t usesMb=40 leakMb=${leakMb} deployMs=20
    ann -> a: call timeoutMs=400 waits=false
    ann -> w: call timeoutMs=400 waits=false
    ${isCold ? "cold" : ""}`);

const nodes = ["h", "v", "a", "b", "c", "d", "t", "w"] as const;
const chore = fc.oneof(
  { weight: 4, arbitrary: fc.record({ sort: fc.constant("act" as const), at: fc.nat(7), act: fc.nat(20) }) },
  {
    weight: 1,
    arbitrary: fc.record({ sort: fc.constant("limit" as const), at: fc.nat(7), memoryMb: fc.integer({ min: 100, max: 3000 }) }),
  },
);

describe.each(seeds)("memory is scarce, seed %i", (seed) => {
  test("no machine ever gives away more than it has", () => {
    let refusals = 0;
    fc.assert(
      fc.property(sizes, fc.array(chore, { maxLength: 14 }), (sized, chores) => {
        const simulation = new Simulation({ document: crowd(sized), kinds, watch: true });
        const reserved = new Map<string, number>();
        const look = () => {
          // What was given stays given when the machine gets smaller; but nothing is given beyond what it then has.
          for (const { id, given, has } of memoryOf(simulation)) {
            if (given > (reserved.get(id) ?? 0)) expect(given, `${id} at ${simulation.nowUs} µs`).toBeLessThanOrEqual(has);
            reserved.set(id, given);
          }
        };
        look();
        for (const one of chores) {
          const id = nodes[one.at]!;
          if (one.sort === "act") {
            const { acts } = kinds.get(simulation.document.nodes[id]!.kind)!;
            simulation.act({ act: acts[one.act % acts.length]!, target: id });
          } else if (id === "h" || id === "v" || id === "a") simulation.edit(set(id, { memoryMb: one.memoryMb })(simulation.document));
          const untilUs = simulation.nowUs + 300_000;
          while (simulation.nextEventUs() <= untilUs && simulation.step()) look();
          simulation.runUntil(untilUs);
          expect(amiss(simulation)).toEqual([]);
        }
        refusals += rowsOf(simulation).filter(({ what }) => what === "start-refused").length;
      }),
      trials(seed, 60),
    );
    // It would say nothing if there had always been enough.
    expect(refusals).toBeGreaterThan(10);
  });
});

function memoryOf(simulation: Simulation): { id: string; given: number; has: number }[] {
  const run = runOf(simulation);
  return ["h", "v"].map((id) => {
    const row = run.world.nodeRows.get(id)!;
    return { id, given: run.entities.reservedMb[row]!, has: run.capacityMb(row) };
  });
}
