import type { Counters, Frame, TimeState } from "../protocol.ts";

/** A frame in which nothing is told but what a test says. */
export function frameOf(time: Partial<TimeState>, part: Partial<Omit<Frame, "time">> = {}): Frame {
  return {
    type: "frame",
    time: time as TimeState,
    hops: new Float64Array(),
    marks: new Float64Array(),
    statuses: [],
    counters: {} as Counters,
    nodeCounters: [],
    captions: [],
    log: [],
    linkRates: [],
    routeRates: [],
    routes: null,
    fresh: false,
    ...part,
  };
}
