import fc from "fast-check";
import { describe, expect, test } from "vitest";
import type { Simulation } from "../engine/simulation.ts";
import type { LogRow } from "../engine/status.ts";
import { adventures, begin, playTo, tell } from "./testing/adventure.ts";
import { seeds, trials } from "./testing/hunt.ts";

/** All that can be read of a run. */
const stateOf = (simulation: Simulation) => ({
  nowUs: simulation.nowUs,
  events: simulation.events,
  document: simulation.document,
  counters: simulation.counters(),
  targets: simulation.targets(),
  nodes: Object.keys(simulation.document.nodes).map((id) => [simulation.status(id), simulation.countersOf(id)]),
});

/** A fork's journal begins at the fork, so that it cannot name what was before: rows without their causes. */
function rowsSince(simulation: Simulation, id: number): Omit<LogRow, "cause">[] {
  return [...simulation.journal.kept(id)].map((row) => {
    const { cause: _, ...rest } = simulation.journal.row(row)!;
    return rest;
  });
}

describe.each(seeds)("a fork, seed %i", (seed) => {
  test("goes the way of its parent if the same is done to it, and whatever else is done to it never reaches the parent", () => {
    fc.assert(
      fc.property(adventures(10), adventures(6), fc.integer({ min: 1, max: 99 }), (adventure, other, percent) => {
        const told = tell(adventure);
        const rest = (atUs: number) => told.inputs.filter((input) => input.atUs > atUs);
        const forkUs = Math.floor((told.endUs * percent) / 100);
        const parent = begin({ ...told, inputs: told.inputs.filter((input) => input.atUs <= forkUs) });
        if (!playTo(parent, forkUs)) return;
        const [twin, stranger] = [parent.fork(), parent.fork()];
        const since = parent.journal.length;
        expect(stateOf(twin)).toEqual(stateOf(parent));

        const away = tell(other);
        for (const input of away.inputs) {
          if (!playTo(stranger, forkUs + input.atUs)) break;
          if ("act" in input) stranger.act(input.act);
          else stranger.edit(input.document);
        }
        playTo(stranger, forkUs + away.endUs);

        for (const simulation of [parent, twin]) {
          for (const input of rest(forkUs)) {
            if (!playTo(simulation, input.atUs - 1)) return;
            if ("act" in input) simulation.act(input.act);
            else simulation.edit(input.document);
          }
          if (!playTo(simulation, told.endUs)) return;
        }
        expect(stateOf(twin)).toEqual(stateOf(parent));
        expect(rowsSince(twin, since)).toEqual(rowsSince(parent, since));
        const whole = begin(told);
        whole.runUntil(told.endUs);
        expect(parent.digest()).toBe(whole.digest());
      }),
      trials(seed, 10),
    );
  });
});
