import fc from "fast-check";
import { describe, expect, test } from "vitest";
import type { Topology } from "../document/topology.ts";
import { kinds } from "../kinds/registry.ts";
import { adventures, begin, playTo, tell } from "./testing/adventure.ts";
import { amiss, liveRows, openCalls, runOf } from "./testing/consistency.ts";
import { seeds, trials } from "./testing/hunt.ts";

const finds: ReadonlySet<string> = new Set(["discover", "source"]);

/** The same document without whoever issues requests, and without lookups, its own or a balancer's, by which a service may find itself and call on for ever. */
function withoutTraffic(document: Topology): Topology {
  const isSource = (id: string) =>
    kinds.get(document.nodes[id]!.kind)!.accepts.length === 0 && kinds.get(document.nodes[id]!.kind)!.calls.includes("call");
  return {
    ...document,
    nodes: Object.fromEntries(Object.entries(document.nodes).filter(([id]) => !isSource(id))),
    links: Object.fromEntries(Object.entries(document.links).filter(([, { from, role }]) => !isSource(from) && !finds.has(role))),
  };
}

describe.each(seeds)("after whatever was built and done, seed %i", (seed) => {
  test("without traffic nothing stays in hand, and where nothing is left nothing happens any more", () => {
    fc.assert(
      fc.property(adventures(14), (adventure) => {
        const told = tell(adventure);
        const simulation = begin(told, { digest: false });
        if (!playTo(simulation, told.endUs)) return;
        // Whoever hangs would hold on to what it has for ever.
        for (const id of Object.keys(simulation.document.nodes)) simulation.act({ act: "resume", target: id });
        simulation.edit(withoutTraffic(simulation.document));
        if (!playTo(simulation, simulation.nowUs + 60e6)) return;
        const run = runOf(simulation);
        expect({ tasks: liveRows(run.tasks.table), calls: openCalls(run), amiss: amiss(simulation) }).toEqual({
          tasks: 0,
          calls: 0,
          amiss: [],
        });

        simulation.edit({ ...simulation.document, nodes: {}, links: {} });
        playTo(simulation, simulation.nowUs + 60e6);
        expect(amiss(simulation)).toEqual([]);
        expect({ nextEventUs: simulation.nextEventUs(), answers: liveRows(run.discovery["answers"]) }).toEqual({
          nextEventUs: Infinity,
          answers: 0,
        });
      }),
      trials(seed, 25),
    );
  });
});
