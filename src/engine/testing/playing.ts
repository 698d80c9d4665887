import type { Topology } from "../../document/topology.ts";
import type { Kinds } from "../kind.ts";
import { Simulation, type SimulationOptions } from "../simulation.ts";
import { sketch } from "./sketch.ts";
import { seconds } from "./telling.ts";

/** What is done to a run, and when: an act ("kill web-1", "slow db 4"), or an edit of the document. */
export type Step = readonly [atS: number, what: string | ((document: Topology) => Topology)];
export type Play = (text: string, untilS: number, script?: readonly Step[], options?: Partial<SimulationOptions>) => Simulation;

/** Plays a sketch up to a time, doing what the script says on the way; watched, so that every row is still held. */
export function player(kinds: Kinds): Play {
  return (text, untilS, script = [], options = {}) => {
    const simulation = new Simulation({ document: sketch(text), kinds, watch: true, ...options });
    for (const [atS, what] of script) {
      simulation.runUntil(seconds(atS));
      perform(simulation, what);
    }
    simulation.runUntil(seconds(untilS));
    return simulation;
  };
}

function perform(simulation: Simulation, what: Step[1]): void {
  if (typeof what !== "string") return void simulation.edit(what(simulation.document));
  const [act, target, amount] = what.split(" ");
  simulation.act({ act: act!, target: target!, ...(amount === undefined ? {} : { amount: Number(amount) }) });
}

/** An edit: these settings of a node or link become others. */
export function set(id: string, settings: object): (document: Topology) => Topology {
  return (document) => {
    const where = id in document.nodes ? "nodes" : "links";
    const record = document[where][id]!;
    return { ...document, [where]: { ...document[where], [id]: { ...record, settings: { ...record.settings, ...settings } } } };
  };
}

/** An edit: nodes and links are gone, and links with the nodes that they led to or from. */
export function without(...ids: readonly string[]): (document: Topology) => Topology {
  const isGone = (id: string) => ids.includes(id);
  return (document) => ({
    ...document,
    nodes: Object.fromEntries(Object.entries(document.nodes).filter(([id]) => !isGone(id))),
    links: Object.fromEntries(Object.entries(document.links).filter(([id, { from, to }]) => ![id, from, to].some(isGone))),
  });
}

/** An edit: a node stands elsewhere. */
export function move(id: string, parent: string | null): (document: Topology) => Topology {
  return (document) => ({ ...document, nodes: { ...document.nodes, [id]: { ...document.nodes[id]!, parent } } });
}
