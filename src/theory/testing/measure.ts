import { Simulation } from "../../engine/simulation.ts";
import { sketch } from "../../engine/testing/sketch.ts";
import { kinds } from "../../kinds/registry.ts";

/** Of each request, in the order in which they were issued: how long it waited, NaN if it was turned away. */
export interface Waits {
  readonly waitMs: Float64Array;
  readonly simulation: Simulation;
}

/** Requests played between two readings of the journal: fewer than its window holds where somebody watches. */
const requestsAtOnce = 4000;

/**
 * Plays a sketch whose only client is "callers" until so many requests have come through, and reads from the journal
 * how long each of them waited at its service (whichever of `services` it came to).
 */
export function measureWaits(text: string, services: readonly string[], requests: number, seed: number): Waits {
  const document = sketch(text, seed);
  const ratePerSecond = Number(document.nodes["callers"]!.settings["ratePerSecond"]);
  const simulation = new Simulation({ document, kinds, watch: true });
  const waitMs = new Float64Array(requests);
  const watched = new Set(services);
  let read = 0;
  let settled = 0;
  while (settled < requests) {
    simulation.runUntil(simulation.nowUs + Math.ceil((requestsAtOnce / ratePerSecond) * 1e6));
    settled += readRows(simulation, read, watched, waitMs);
    read = simulation.journal.length;
  }
  return { waitMs, simulation };
}

/** Enters what has happened since row `from`; says how many of the wanted requests have begun or been turned away. */
function readRows(simulation: Simulation, from: number, watched: ReadonlySet<string>, waitMs: Float64Array): number {
  const { journal } = simulation;
  let settled = 0;
  for (let id = from; id < journal.length; id++) {
    const what = journal.what(id);
    if (what === null) throw new Error(`row ${id} was dropped before it was read: fewer requests at once`);
    if (what !== "arrived" && what !== "begun" && what !== "rejected") continue;
    const { who, atUs, number } = journal.row(id)!;
    if (number > waitMs.length || !watched.has(who!)) continue;
    if (what === "arrived") waitMs[number - 1] = -atUs / 1000;
    else {
      waitMs[number - 1] = what === "begun" ? waitMs[number - 1]! + atUs / 1000 : NaN;
      settled++;
    }
  }
  return settled;
}

/** Of each request of the sketch's only client "callers", in the order in which they were issued: the time until it was served. */
export function measureResponses(text: string, requests: number, seed: number): Float64Array {
  const document = sketch(text, seed);
  const ratePerSecond = Number(document.nodes["callers"]!.settings["ratePerSecond"]);
  const simulation = new Simulation({ document, kinds, watch: true });
  const responseMs = new Float64Array(requests);
  let read = 0;
  let settled = 0;
  while (settled < requests) {
    simulation.runUntil(simulation.nowUs + Math.ceil((requestsAtOnce / ratePerSecond) * 1e6));
    for (let id = read; id < simulation.journal.length; id++) {
      if (simulation.journal.what(id) !== "served") continue;
      const { number, a } = simulation.journal.row(id)!;
      if (number > requests) continue;
      responseMs[number - 1] = a / 1000;
      settled++;
    }
    read = simulation.journal.length;
  }
  return responseMs;
}

/** The waits of those that were let in, from the request `from` on. */
export const letIn = (waitMs: Float64Array, from: number): Float64Array => waitMs.subarray(from).filter((wait) => !Number.isNaN(wait));

/** For each request from `from` on: 1 if it was turned away, else 0. */
export const turnedAway = (waitMs: Float64Array, from: number): Float64Array =>
  waitMs.subarray(from).map((wait) => (Number.isNaN(wait) ? 1 : 0));
