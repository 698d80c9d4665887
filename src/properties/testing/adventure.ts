import fc from "fast-check";
import { linkActs } from "../../document/link-settings.ts";
import type { Act, Topology } from "../../document/topology.ts";
import { Simulation, type SimulationOptions } from "../../engine/simulation.ts";
import type { Input } from "../../engine/status.ts";
import { kinds } from "../../kinds/registry.ts";
import { documentOf, genome, linkGene, nodeGene, type Genome } from "./genome.ts";

/** A random document, and what is done to it while it runs. */
export interface Adventure {
  readonly genome: Genome;
  readonly steps: readonly Step[];
}

/** After a wait: an act on whatever the number finds, or another value of a slot, or the document of some steps ago. */
type Step = { readonly afterMs: number } & (
  | { readonly sort: "act"; readonly target: number; readonly act: number; readonly amount: number }
  | { readonly sort: "node"; readonly slot: number; readonly gene: Genome["nodes"][number] }
  | { readonly sort: "link"; readonly slot: number; readonly gene: Genome["links"][number] }
  | { readonly sort: "undo"; readonly back: number }
);

const afterMs = fc.oneof(fc.constantFrom(0, 0, 1, 2), fc.nat(60), fc.nat(2500));
const act = fc.record({
  sort: fc.constant("act" as const),
  afterMs,
  target: fc.nat(60),
  act: fc.nat(8),
  amount: fc.constantFrom(0, 0.5, 3, 50),
});
const node = fc.record({ sort: fc.constant("node" as const), afterMs, slot: fc.nat(30), gene: nodeGene });
const link = fc.record({ sort: fc.constant("link" as const), afterMs, slot: fc.nat(40), gene: linkGene });
const undo = fc.record({ sort: fc.constant("undo" as const), afterMs, back: fc.integer({ min: 1, max: 3 }) });

export const adventures = (most: number): fc.Arbitrary<Adventure> =>
  fc.record({
    genome,
    steps: fc.array(fc.oneof({ weight: 5, arbitrary: act }, { weight: 2, arbitrary: node }, link, undo), { maxLength: most }),
  });

/** A run that takes longer than so many events is cut short: a random document may hold a storm. */
const mostEvents = 60_000;
const restMs = 4000;

/** The inputs of an adventure, and when it ends: the same for everybody who plays it. */
export interface Told {
  readonly document: Topology;
  readonly inputs: readonly Input[];
  readonly endUs: number;
}

export function tell({ genome: start, steps }: Adventure): Told {
  let genes = start;
  const past = [documentOf(genes)];
  const inputs: Input[] = [];
  let atUs = 0;
  for (const step of steps) {
    atUs += step.afterMs * 1000 + 1;
    const document = past.at(-1)!;
    if (step.sort === "act") {
      const found = actOn(document, step);
      if (found !== null) inputs.push({ atUs, act: found });
      continue;
    }
    if (step.sort === "undo") past.push(past[Math.max(0, past.length - 1 - step.back)]!);
    else {
      genes = changed(genes, step);
      past.push(documentOf(genes));
    }
    inputs.push({ atUs, document: past.at(-1)! });
  }
  return { document: past[0]!, inputs, endUs: atUs + restMs * 1000 };
}

function changed(genes: Genome, step: Step & { readonly sort: "node" | "link" }): Genome {
  if (step.sort === "node") return { ...genes, nodes: genes.nodes.with(step.slot % genes.nodes.length, step.gene) };
  return { ...genes, links: genes.links.with(step.slot % genes.links.length, step.gene) };
}

function actOn(document: Topology, { target, act, amount }: Step & { readonly sort: "act" }): Act | null {
  const found = [...Object.values(document.nodes), ...Object.values(document.links)];
  const record = found[target % found.length];
  if (record === undefined) return null;
  const acts = "kind" in record ? kinds.get(record.kind)!.acts : linkActs;
  return { act: acts[act % acts.length]!, target: record.id, ...(amount > 0 ? { amount } : {}) };
}

export function begin(told: Told, options: Partial<SimulationOptions> = {}): Simulation {
  return new Simulation({ document: told.document, kinds, inputs: told.inputs, digest: true, ...options });
}

/** Plays on; false where a storm breaks out, and the run is of no use to compare. */
export function playTo(simulation: Simulation, untilUs: number): boolean {
  return simulation.runUntil(untilUs, Math.max(1, mostEvents - simulation.events));
}
