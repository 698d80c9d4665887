import fc from "fast-check";
import { describe, expect, test } from "vitest";
import type { Checkpoint, Simulation } from "../engine/simulation.ts";
import { adventures, begin, playTo, tell, type Told } from "./testing/adventure.ts";
import { seeds, trials } from "./testing/hunt.ts";

const slices = fc.array(fc.oneof(fc.constantFrom(1, 1000), fc.integer({ min: 1, max: 700_000 })), { minLength: 3, maxLength: 20 });

/** The digest of a run in one go, or null where it is a storm. */
function digestOf(told: Told): string | null {
  const simulation = begin(told);
  return playTo(simulation, told.endUs) ? simulation.digest() : null;
}

function finish(simulation: Simulation, { endUs }: Told): string {
  simulation.runUntil(endUs);
  return simulation.digest();
}

/** Plays on, doing by hand what the inputs say. */
function playByHand(simulation: Simulation, { inputs }: Told, untilUs: number): void {
  for (const input of inputs) {
    if (input.atUs <= simulation.nowUs || input.atUs > untilUs) continue;
    simulation.runUntil(input.atUs - 1);
    if ("act" in input) simulation.act(input.act);
    else simulation.edit(input.document);
  }
  simulation.runUntil(untilUs);
}

const ways: readonly [how: string, play: (told: Told, slices: readonly number[]) => string][] = [
  ["again", (told) => finish(begin(told), told)],
  ["with the machine-host's memory off", (told) => finish(begin(told, { memory: false }), told)],
  [
    "watched, in slices of any size",
    (told, sizes) => {
      const simulation = begin(told, { watch: true });
      for (let index = 0; simulation.nowUs < told.endUs && index < 400; index++) {
        simulation.runUntil(Math.min(told.endUs, simulation.nowUs + sizes[index % sizes.length]!));
        simulation.nodeIds.forEach((id) => simulation.status(id));
        simulation.feed.takeHops();
        simulation.takeChanged();
        simulation.detections();
        simulation.targets();
      }
      return finish(simulation, told);
    },
  ],
  [
    "so many events at a time",
    (told, sizes) => {
      const simulation = begin(told);
      for (let index = 0; !simulation.runUntil(told.endUs, 1 + (sizes[index % sizes.length]! % 97)); index++);
      return simulation.digest();
    },
  ],
  [
    "done by hand",
    (told) => {
      const simulation = begin({ ...told, inputs: [] });
      playByHand(simulation, told, told.endUs);
      expect(simulation.inputs).toEqual(told.inputs);
      return simulation.digest();
    },
  ],
  [
    "restored to checkpoints in any order",
    (told, sizes) => {
      const simulation = begin({ ...told, inputs: [] });
      const checkpoints: Checkpoint[] = [];
      for (const [index, size] of sizes.entries()) {
        playByHand(simulation, told, Math.min(told.endUs, simulation.nowUs + size * (1 + (index % 3))));
        checkpoints.push(simulation.checkpoint());
      }
      playByHand(simulation, told, told.endUs);
      const whole = simulation.digest();
      for (const size of sizes.slice(0, 6)) {
        simulation.restore(checkpoints[size % checkpoints.length]!);
        playByHand(simulation, told, told.endUs);
        expect(simulation.digest()).toBe(whole);
      }
      return whole;
    },
  ],
];

describe.each(seeds)("whatever is built and done, seed %i", (seed) => {
  test(`gives the same trace ${ways.map(([how]) => how).join("; ")}`, () => {
    fc.assert(
      fc.property(adventures(12), slices, (adventure, sizes) => {
        const told = tell(adventure);
        const whole = digestOf(told);
        if (whole !== null) for (const [how, play] of ways) expect(play(told, sizes), how).toBe(whole);
      }),
      trials(seed, 10),
    );
  });
});
