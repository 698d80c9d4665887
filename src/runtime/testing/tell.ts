import { Simulation } from "../../engine/simulation.ts";
import { kinds } from "../../kinds/registry.ts";
import type { Topology } from "../../document/topology.ts";
import { captionText } from "../../view/words/captions.ts";
import { Narrator } from "../captions.ts";
import type { MakeEngine } from "../engine-port.ts";
import type { Caption } from "../protocol.ts";

export const make: MakeEngine = (options) => new Simulation({ ...options, kinds });

/** A caption as a line of a log: when, since which fault, and the sentence. */
export function line(caption: Caption, language: "en" | "zh" = "en"): string {
  const since = caption.faultUs === null ? "" : ` (fault + ${((caption.atUs - caption.faultUs) / 1e6).toFixed(3)} s)`;
  return `${(caption.atUs / 1e6).toFixed(3)} s${since} ${captionText(caption, language, (id) => id) ?? `?? ${caption.key}`}`;
}

/** The captions of a run, each as it stands at the end; read in one go, or every so many µs. */
export function captionsOf(document: Topology, untilUs: number, everyUs = untilUs): Caption[] {
  const simulation = make({ document, watch: true });
  const narrator = new Narrator();
  const told = new Map<number, Caption>();
  for (let us = everyUs; us <= untilUs; us += everyUs) {
    simulation.runUntil(us);
    for (const caption of narrator.read(simulation.journal).captions) told.set(caption.row, caption);
  }
  return [...told.values()].sort((one, other) => one.row - other.row);
}
