import type { NodeId } from "../../document/topology.ts";
import type { Counters, Frame } from "../../runtime/protocol.ts";
import { topics } from "./run-state.ts";

/** The whole run's key in the series; a node's is its id. */
export const whole = "";

/** One point for at most so much simulated time, and so many of them. */
const apartUs = 250_000;
const longest = 240;

export interface Series {
  atS: number[];
  rate: number[];
  p95Ms: (number | null)[];
  lost: number[];
}

const series = new Map<NodeId, Series>();
const lostBefore = new Map<NodeId, number>();

/** The recent past of the counters, for the plots: kept as the frames come, so that a plot opened late has its past. */
export function recordSeries(): () => void {
  return topics.frame.subscribe((frame) => {
    if (frame.fresh) forgetAfter(frame.time.nowUs);
    record(whole, frame.counters, frame);
    for (const [id, counters] of frame.nodeCounters) record(id, counters, frame);
  });
}

export const seriesOf = (id: NodeId): Series => series.get(id) ?? { atS: [], rate: [], p95Ms: [], lost: [] };

function record(id: NodeId, counters: Counters, frame: Frame): void {
  const own = series.get(id) ?? { atS: [], rate: [], p95Ms: [], lost: [] };
  series.set(id, own);
  const atS = frame.time.nowUs / 1e6;
  if (atS - (own.atS.at(-1) ?? -Infinity) < apartUs / 1e6) return;
  const lost = counters.failed + counters.timedOut;
  own.atS.push(atS);
  own.rate.push(counters.ratePerSecond);
  own.p95Ms.push(counters.p95Us === null ? null : counters.p95Us / 1000);
  own.lost.push(Math.max(0, lost - (lostBefore.get(id) ?? lost)));
  lostBefore.set(id, lost);
  if (own.atS.length > longest) for (const values of Object.values(own) as unknown[][]) values.shift();
}

/** The run went back: what comes later has not happened yet. */
function forgetAfter(nowUs: number): void {
  lostBefore.clear();
  for (const own of series.values()) {
    const kept = own.atS.findIndex((atS) => atS > nowUs / 1e6);
    if (kept >= 0) for (const values of Object.values(own) as unknown[][]) values.length = kept;
  }
}
