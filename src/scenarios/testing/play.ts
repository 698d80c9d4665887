import { readFileSync } from "node:fs";
import { join } from "node:path";
import { admitText } from "../../document/admit.ts";
import type { Topology } from "../../document/topology.ts";
import { Simulation, type SimulationOptions } from "../../engine/simulation.ts";
import type { Input } from "../../engine/status.ts";
import { vocabulary } from "../../engine/vocabulary.ts";
import { kinds } from "../../kinds/registry.ts";
import type { Scenario } from "../scenarios.ts";
import type { TraceLine } from "../story.ts";

export const exampleFolder = join(import.meta.dirname, "../../../public/examples");

export function openExample(id: string): Topology {
  const admission = admitText(readFileSync(join(exampleFolder, `${id}.json`), "utf8"), kinds);
  if (!admission.ok) throw new Error(`${id}: ${JSON.stringify(admission.errors)}`);
  return admission.document;
}

/** What a scenario does, as inputs: an act takes effect at its very second, like a scheduled one. */
export const inputsOf = ({ acts }: Scenario): Input[] => acts.map(({ atSeconds, ...act }) => ({ atUs: atSeconds * 1e6, act }));

export const endOf = ({ forSeconds }: Scenario): number => forSeconds * 1e6;

function documentOf({ example, change = (document) => document }: Scenario): Topology {
  return change(openExample(example));
}

/** A scenario's simulation at 0 s. */
export function begin(scenario: Scenario, options: Partial<SimulationOptions> = {}): Simulation {
  const document = options.document ?? documentOf(scenario);
  return new Simulation({ inputs: inputsOf(scenario), cold: scenario.cold ?? false, digest: true, ...options, kinds, document });
}

/** Plays a scenario to its end and reads its trace. */
export function playTraced(scenario: Scenario, options: Partial<SimulationOptions> = {}): { simulation: Simulation; lines: TraceLine[] } {
  const lines: TraceLine[] = [];
  const simulation = begin(scenario, { ...options, onTraceLine: (line) => lines.push(JSON.parse(line) as TraceLine) });
  simulation.runUntil(endOf(scenario));
  return { simulation, lines };
}

export const classOf = (what: string): string => vocabulary[what as keyof typeof vocabulary];
