import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { adventures, begin, playTo, tell } from "./testing/adventure.ts";
import { amiss } from "./testing/consistency.ts";
import { seeds, trials } from "./testing/hunt.ts";

describe.each(seeds)("whatever is built and done, seed %i", (seed) => {
  test("requests are conserved, nothing throws, and every row is accounted for", () => {
    fc.assert(
      fc.property(adventures(14), (adventure) => {
        const told = tell(adventure);
        const simulation = begin(told, { digest: false });
        const stops = [0, ...told.inputs.flatMap(({ atUs }) => [atUs - 1, atUs]), told.endUs];
        for (const stop of stops) {
          if (!playTo(simulation, stop)) break;
          expect(amiss(simulation), `at ${simulation.nowUs} µs`).toEqual([]);
          for (const id of Object.keys(simulation.document.nodes)) {
            expect(simulation.status(id)!.acts.every((act) => typeof act === "string")).toBe(true);
            simulation.chart(id);
          }
        }
      }),
      trials(seed, 40),
    );
  });
});
