import { bucketCount, bucketOf, percentile } from "../base/histogram.ts";
import type { Entities } from "./entities.ts";
import type { Kernel } from "./kernel/kernel.ts";
import { makeTable, type Checkpointed } from "./kernel/table.ts";
import type { Counters } from "./status.ts";

export type Outcome = "served" | "failed" | "timedOut";

const notesAtOnce = 512;

/** Counts and latencies: of each thing, and (row 0) of the clients' requests as a whole. */
export class Metrics implements Checkpointed {
  readonly histograms = makeTable({ counts: ["u32", bucketCount] });
  readonly whole = makeTable(
    { issued: "i32", served: "i32", failed: "i32", timedOut: "i32", second: "i32", rateNow: "i32", rateBefore: "i32" },
    1,
  );
  private readonly entities: Entities;
  private readonly kernel: Kernel;
  /**
   * Requests served since `settle`: who by, and the bucket of its latency. Ten thousand histograms lie in no cache, and
   * a row of misses costs a fraction of as many misses each between other work (measured with 10,000 containers: 1.25 times
   * as fast).
   */
  private readonly notes = new Int32Array(notesAtOnce * 2);
  private noted = 0;
  /** The second under way, counted from 1, and when it is over. */
  private second = 0;
  private secondEndsUs = 0;

  constructor(kernel: Kernel, entities: Entities) {
    this.kernel = kernel;
    this.entities = entities;
    this.histograms.add();
    this.whole.add();
  }

  /** A thing has done with a request it was given (or, a client, with one it issued). */
  record(entity: number, outcome: Outcome, latencyUs: number): void {
    if (outcome === "served") return this.note(entity, latencyUs);
    columnOf(this.entities, outcome)[entity]!++;
    this.entities.changed[entity]! |= 2;
  }

  private note(entity: number, latencyUs: number): void {
    if (this.kernel.nowUs >= this.secondEndsUs) this.turn();
    const at = this.noted;
    this.notes[at] = entity;
    this.notes[at + 1] = bucketOf(latencyUs);
    this.noted = at + 2;
    if (at + 2 === this.notes.length) this.settle();
  }

  /** Enters what has been noted: nothing of it is read while events are played. */
  settle(): void {
    const { notes, noted, entities, second } = this;
    for (let at = 0; at < noted; at += 2) {
      const entity = notes[at]!;
      entities.served[entity]!++;
      entities.changed[entity]! |= 2;
      count(entities, entity, second);
      if (entities.histogram[entity] === 0) entities.histogram[entity] = this.histograms.add() + 1;
      // From here on the note says where in the histograms its latency counts: entered by themselves, their misses overlap.
      notes[at] = (entities.histogram[entity]! - 1) * bucketCount + notes[at + 1]!;
    }
    const { counts } = this.histograms;
    for (let at = 0; at < noted; at += 2) counts[notes[at]!]!++;
    this.noted = 0;
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
    if (outcome !== "served") return;
    count(this.whole, 0, this.second);
    this.histograms.counts[bucketOf(latencyUs)]!++;
  }

  /** Another second: what has been noted belongs to the one before. */
  private turn(): void {
    this.settle();
    this.second = Math.floor(this.kernel.nowUs / 1e6) + 1;
    this.secondEndsUs = this.second * 1e6;
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

  save(): unknown {
    return { histograms: this.histograms.save(), whole: this.whole.save() };
  }

  load(saved: unknown): void {
    const from = saved as { histograms: unknown; whole: unknown };
    this.histograms.load(from.histograms);
    this.whole.load(from.whole);
    this.noted = 0;
    this.secondEndsUs = 0;
  }

  bytes(): number {
    return this.histograms.bytes() + this.whole.bytes();
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
  second: Int32Array;
  rateNow: Int32Array;
  rateBefore: Int32Array;
}

/** Counts by whole seconds; the rate of the last second mixes this one and the one before. */
function count(rates: Rates, row: number, second: number): void {
  if (rates.second[row] !== second) {
    rates.rateBefore[row] = rates.second[row] === second - 1 ? rates.rateNow[row]! : 0;
    rates.rateNow[row] = 0;
    rates.second[row] = second;
  }
  rates.rateNow[row]!++;
}

function rate(rates: Rates, row: number, nowUs: number): number {
  const until = rates.second[row]! * 1e6;
  if (until === 0 || nowUs >= until + 1e6) return 0;
  if (nowUs >= until) return rates.rateNow[row]! * (1 - (nowUs - until) / 1e6);
  return rates.rateNow[row]! + rates.rateBefore[row]! * ((until - nowUs) / 1e6);
}
