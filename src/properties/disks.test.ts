import { describe, expect, test } from "vitest";
import { streamKey, uniform } from "../base/random.ts";
import { chainsOf } from "../engine/images/image.ts";
import { Simulation } from "../engine/simulation.ts";
import { sketch } from "../engine/testing/sketch.ts";
import { rowsOf } from "../engine/testing/telling.ts";
import { kinds } from "../kinds/registry.ts";
import { runOf } from "./testing/consistency.ts";

/** Two containers that write as they answer, one of them to a volume, and a Dockerfile that both are made of. */
const shop = () =>
  sketch(`
    ann: client arrivals=constant ratePerSecond=40
    bob: client arrivals=constant ratePerSecond=40
    images: image-registry
    h: host bootMs=300
    app: dockerfile in h
    other: dockerfile in h tag=shop/other:1.0
    layer: container in h image=shop/app:1.0 writesMb=0.25 startMs=100
    volume: container in h image=shop/other:1.0 writesMb=0.25 volume=data startMs=100
    ann -> layer: call timeoutMs=500
    bob -> volume: call timeoutMs=500
    h -> images: pull`);

const chores = [
  "kill layer",
  "recreate layer",
  "start layer",
  "crash layer",
  "stop layer",
  "recreate volume",
  "kill volume",
  "start volume",
  "unplug h",
  "shut-down h",
  "power-on h",
  "prune h",
  "change-code app",
  "change-dependencies other",
  "build app",
  "build other",
  "push app",
] as const;

/** Does something every half second, as the seed would have it, and looks after each. */
function play(seed: number, look: (simulation: Simulation) => void): Simulation {
  const simulation = new Simulation({ document: shop(), kinds, watch: true });
  const key = streamKey(seed, 0, 0);
  for (let chore = 0; chore < 24; chore++) {
    const [act, target] = chores[Math.floor(uniform(key, chore) * chores.length)]!.split(" ") as [string, string];
    simulation.runUntil(simulation.nowUs + 500_000);
    simulation.act({ act, target });
    simulation.runUntil(simulation.nowUs + 1);
    look(simulation);
  }
  return simulation;
}

const megabytes = (simulation: Simulation, id: string, key: string): number =>
  Number(simulation.status(id)!.facts.find((fact) => fact.key === key)?.value ?? 0);

/** How often a container has been made: a restart, or a start of the same one, makes none. */
const made = (simulation: Simulation, id: string): number => simulation.status(id)!.incarnation;

describe.each(Array.from({ length: 12 }, (_, index) => index + 1))("seed %i", (seed) => {
  test("what is in a writable layer is gone when the container is made anew, and not before", () => {
    let before = { made: 1, size: 0 };
    const simulation = play(seed, (now) => {
      const size = megabytes(now, "layer", "writable-layer");
      if (made(now, "layer") > before.made) expect(size).toBe(0);
      else expect(size).toBeGreaterThanOrEqual(before.size);
      before = { made: made(now, "layer"), size };
    });
    const lost = rowsOf(simulation).filter(({ what, who }) => what === "layer-lost" && who === "layer");
    const written = lost.reduce((sum, { a }) => sum + a / 1000, megabytes(simulation, "layer", "writable-layer"));
    expect(written).toBeCloseTo(simulation.countersOf("layer")!.served * 0.25, 3);
  });

  test("what is on a volume outlives every container that wrote it", () => {
    const simulation = play(seed, (now) => {
      expect(megabytes(now, "volume", "volume")).toBeCloseTo(now.countersOf("volume")!.served * 0.25, 6);
      expect(megabytes(now, "volume", "writable-layer")).toBe(0);
    });
    expect(rowsOf(simulation).some(({ what, who }) => what === "layer-lost" && who === "volume")).toBe(false);
  });

  test("layers that an image or a container needs are never collected", () => {
    play(seed, (now) => {
      const run = runOf(now);
      const machine = run.world.nodeRows.get("h")!;
      const { tags, images, chains } = run.images.shelfOf(machine);
      const held = ["layer", "volume"].flatMap((id) => {
        const row = run.world.nodeRows.get(id)!;
        return run.of(row).madeOf?.(row) ?? [];
      });
      const needed = [...held, ...[...tags.values()].map((digest) => run.images.get(digest))];
      expect(needed.filter(({ digest }) => !images.has(digest))).toEqual([]);
      expect(needed.flatMap(({ layers }) => chainsOf(layers)).filter((chain) => !chains.has(chain))).toEqual([]);
    });
  });
});

test("what nobody needs is collected, and only that", () => {
  const simulation = new Simulation({ document: shop(), kinds });
  const go = (seconds: number) => simulation.runUntil(simulation.nowUs + seconds * 1_000_000);
  const stacks = () => simulation.about("h")!.stacks();
  go(1);
  for (const target of ["app", "other"]) for (const act of ["change-code", "build"]) simulation.act({ act, target });
  go(2);
  // The old image has lost its name, but a container is made of it.
  expect(stacks().map(({ names, instances }) => `${names.join()}: ${instances.join()}`)).toContain(": layer,volume");
  simulation.act({ act: "prune", target: "h" });
  go(1);
  expect(stacks().map(({ instances }) => instances.join())).toContain("layer,volume");
  for (const target of ["layer", "volume"]) simulation.act({ act: "recreate", target });
  go(1);
  const before = stacks().length;
  simulation.act({ act: "prune", target: "h" });
  go(1);
  expect(stacks()).toHaveLength(before - 1);
  expect(stacks().every(({ names }) => names.length > 0)).toBe(true);
});
