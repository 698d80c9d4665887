import { bucketCount, bucketOf, percentile } from "../base/histogram.ts";
import type { Entities } from "./entities.ts";
import type { Kernel } from "./kernel/kernel.ts";
import { makeTable } from "./kernel/table.ts";
import type { Counters } from "./status.ts";

export type Outcome = "served" | "failed" | "timedOut";

/** Counts and latencies: of each thing, and (row 0) of the clients' requests as a whole. */
export class Metrics {
  readonly histograms = makeTable({ counts: ["u32", bucketCount] });
  readonly whole = makeTable(
    { issued: "i32", served: "i32", failed: "i32", timedOut: "i32", rateUntilUs: "f64", rateNow: "i32", rateBefore: "i32" },
    1,
  );
  private readonly entities: Entities;
  private readonly kernel: Kernel;

  constructor(kernel: Kernel, entities: Entities) {
    this.kernel = kernel;
    this.entities = entities;
    this.histograms.add();
    this.whole.add();
  }

  /** A thing has done with a request it was given (or, a client, with one it issued). */
  record(entity: number, outcome: Outcome, latencyUs: number): void {
    const { entities } = this;
    columnOf(entities, outcome)[entity]!++;
    entities.changed[entity]! |= 2;
    roll(entities, entity, this.kernel.nowUs);
    if (outcome !== "served") return;
    entities.rateNow[entity]!++;
    if (entities.histogram[entity] === 0) entities.histogram[entity] = this.histograms.add() + 1;
    this.histograms.counts[(entities.histogram[entity]! - 1) * bucketCount + bucketOf(latencyUs)]!++;
  }

  issued(entity: number): void {
    this.whole.issued[0]!++;
    this.entities.received[entity]!++;
    this.entities.changed[entity]! |= 2;
  }

  /** A client's request has come to its end. */
  ended(entity: number, outcome: Outcome, latencyUs: number): void {
    this.record(entity, outcome, latencyUs);
    columnOf(this.whole, outcome)[0]!++;
    roll(this.whole, 0, this.kernel.nowUs);
    if (outcome !== "served") return;
    this.whole.rateNow[0]!++;
    this.histograms.counts[bucketOf(latencyUs)]!++;
  }

  countersOf(entity: number): Counters {
    const { entities } = this;
    const { received, served, failed, timedOut, inFlight, histogram } = entities;
    return {
      issued: received[entity]!,
      served: served[entity]!,
      failed: failed[entity]!,
      timedOut: timedOut[entity]!,
      inFlight: inFlight[entity]!,
      ratePerSecond: rate(entities, entity, this.kernel.nowUs),
      ...this.percentiles(histogram[entity]! - 1),
    };
  }

  counters(inFlight: number): Counters {
    const { issued, served, failed, timedOut } = this.whole;
    return {
      issued: issued[0]!,
      served: served[0]!,
      failed: failed[0]!,
      timedOut: timedOut[0]!,
      inFlight,
      ratePerSecond: rate(this.whole, 0, this.kernel.nowUs),
      ...this.percentiles(0),
    };
  }

  private percentiles(row: number): Pick<Counters, "p50Us" | "p95Us" | "p99Us"> {
    const at = (p: number) => (row < 0 ? null : percentile(this.histograms.counts, row * bucketCount, p));
    return { p50Us: at(0.5), p95Us: at(0.95), p99Us: at(0.99) };
  }
}

interface Outcomes {
  served: Int32Array;
  failed: Int32Array;
  timedOut: Int32Array;
}

/** A look-up by name would cost more than all the counting. */
function columnOf(counts: Outcomes, outcome: Outcome): Int32Array {
  return outcome === "served" ? counts.served : outcome === "failed" ? counts.failed : counts.timedOut;
}

interface Rates {
  rateUntilUs: Float64Array;
  rateNow: Int32Array;
  rateBefore: Int32Array;
}

/** Counts by whole seconds; the rate of the last second mixes this one and the one before. */
function roll(rates: Rates, row: number, nowUs: number): void {
  if (nowUs < rates.rateUntilUs[row]!) return;
  rates.rateBefore[row] = nowUs < rates.rateUntilUs[row]! + 1e6 ? rates.rateNow[row]! : 0;
  rates.rateNow[row] = 0;
  rates.rateUntilUs[row] = Math.floor(nowUs / 1e6) * 1e6 + 1e6;
}

function rate(rates: Rates, row: number, nowUs: number): number {
  const until = rates.rateUntilUs[row]!;
  if (until === 0 || nowUs >= until + 1e6) return 0;
  if (nowUs >= until) return rates.rateNow[row]! * (1 - (nowUs - until) / 1e6);
  return rates.rateNow[row]! + rates.rateBefore[row]! * ((until - nowUs) / 1e6);
}
