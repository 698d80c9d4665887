import { ways, type Way } from "../document/deployments.ts";
import type { Topology } from "../document/topology.ts";
import { wreckActs } from "../document/fault-acts.ts";
import { wrecks, type Wreck } from "../engine/environments.ts";
import type { Engine, MakeEngine } from "./engine-port.ts";
import type { Felt, IsolationRow } from "./protocol.ts";
import { storyOf } from "./story.ts";

/** The parts of a way, as the document that is played names them. */
interface Cast {
  /** Goes wild. */
  readonly wild: string;
  /** Stands beside it, and who visits that. */
  readonly neighbour: string;
  readonly visitors: string;
  /** What an operator restarts to bring the neighbour back. */
  readonly restarts: string;
}

const casts: Readonly<Record<Way, Cast>> = {
  traditional: { wild: "wild-war", neighbour: "shop-war", visitors: "visitors-bare", restarts: "shop-tomcat" },
  virtualised: { wild: "wild-vm-war", neighbour: "shop-vm-war", visitors: "visitors-vm", restarts: "shop-vm-tomcat" },
  containerised: { wild: "wild-container", neighbour: "shop-container", visitors: "visitors-container", restarts: "shop-container" },
};

const faultUs = 5_000_000;
const restartUs = 9_000_000;
const endUs = 18_000_000;
const windowUs = restartUs - faultUs;

/** Plays each fault in all three ways at once, and reads what happened to the neighbours. */
export function isolationMatrix(document: Topology, make: MakeEngine): IsolationRow[] {
  return wreckActs.map((act) => {
    const story = storyOf(document, actsOf(act));
    return { act, resource: act === "panic" ? null : wrecks[act], cells: playFault(story, make), story };
  });
}

/** What is done in one row of the matrix: the fault in all three ways, and then an operator's restart. */
function actsOf(act: Wreck) {
  return ways.flatMap((way) => [
    { act, target: casts[way].wild, atMs: faultUs / 1000 },
    { act: "recreate", target: casts[way].restarts, atMs: restartUs / 1000 },
  ]);
}

function playFault(document: Topology, make: MakeEngine): Felt[] {
  // Watched, so that the rows of the last seconds are still held.
  const engine = make({ document, watch: true });
  engine.runUntil(faultUs - 1);
  const before = ways.map((way) => reading(engine, way, faultUs - windowUs));
  engine.runUntil(restartUs - 1);
  const during = ways.map((way) => reading(engine, way, faultUs));
  engine.runUntil(endUs);
  return ways.map((way, index) => felt(way, before[index]!, during[index]!, serves(engine, way)));
}

interface Reading {
  readonly served: number;
  readonly lost: number;
  readonly meanUs: number;
  readonly isDown: boolean;
}

function reading(engine: Engine, way: Way, fromUs: number): Reading {
  const { neighbour, visitors } = casts[way];
  const { journal } = engine;
  let served = 0;
  let lost = 0;
  let sumUs = 0;
  for (let id = journal.length - 1; id >= 0; id--) {
    const row = journal.row(id);
    if (row === null || row.atUs < fromUs) break;
    if (row.who !== visitors) continue;
    if (row.what === "served") {
      served++;
      sumUs += row.a;
    } else if (row.what === "failed" || row.what === "timed-out") lost++;
  }
  const tone = engine.status(neighbour)?.tone;
  return { served, lost, meanUs: served === 0 ? 0 : sumUs / served, isDown: tone !== "running" };
}

function felt(way: Way, before: Reading, during: Reading, restarts: boolean): Felt {
  const { isDown, served, lost } = during;
  const slower = before.meanUs === 0 || served === 0 ? 1 : during.meanUs / before.meanUs;
  const isFelt = isDown || lost > 0 || served < before.served / 2 || slower >= 1.5 || !restarts;
  return { way, isFelt, isDown, served, lost, servedBefore: before.served, slower, restarts };
}

/** Whether the neighbour answers at the end. */
function serves(engine: Engine, way: Way): boolean {
  return reading(engine, way, endUs - 2_000_000).served > 0;
}
