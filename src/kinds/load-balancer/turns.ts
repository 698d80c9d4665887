import { whatNumber } from "../../engine/journal.ts";
import type { Run } from "../../engine/run.ts";

/**
 * Tells which targets are out of turn because requests failed on them (nginx: "upstream server temporarily disabled"; Envoy: ejected;
 * Apache: in error state), when they are tried again, and when they have answered. Each change is told once; nothing is decided here.
 */
export class Turns {
  private readonly run: Run;
  /** Of those that are not simply in turn, whether they are being tried again. */
  private tried = new Map<number, boolean>();

  constructor(run: Run) {
    this.run = run;
    run.upstreams.rows.onVacated((target) => this.tried.delete(target));
  }

  /** After so many failures, for so long. Requests that were under way may fail too and make it longer: that is no change. */
  passedOver(row: number, target: number, failures: number, forUs: number): void {
    // What its checks call down is out of turn anyway.
    if (this.tried.get(target) === false || !this.run.checks.callWell(row, target)) return;
    this.tried.set(target, false);
    this.tell(whatNumber["passed-over"], row, target, failures, forUs);
  }

  /** Its time is over, and it may show whether it answers. */
  triedAgain(row: number, target: number): void {
    if (this.tried.get(target) !== false) return;
    this.tried.set(target, true);
    this.tell(whatNumber["tried-again"], row, target, 0, 0);
  }

  /** A request that it was tried with has been answered. */
  answered(row: number, target: number): void {
    if (this.tried.get(target) === true) this.readmitted(row, target);
  }

  readmitted(row: number, target: number): void {
    if (this.forget(target)) this.tell(whatNumber.readmitted, row, target, 0, 0);
  }

  /** Nobody waited to see whether it would answer. */
  takenForWell(row: number, target: number): void {
    if (this.forget(target)) this.tell(whatNumber.readmitted, row, target, 1, 0);
  }

  /** Its checks have told already what is to be told of it. */
  forget(target: number): boolean {
    return this.tried.delete(target);
  }

  /** What follows of the request goes on from what it met, and not from this. */
  private tell(what: number, row: number, target: number, a: number, b: number): void {
    const { kernel, journal, upstreams } = this.run;
    const { entity, incarnation, sinceUs, removed } = upstreams.table;
    const { cause } = kernel;
    if (removed[target] === 1) return;
    sinceUs[target] = kernel.nowUs;
    journal.write(what, row, entity[target]!, -1, incarnation[target]!, a, b);
    kernel.cause = cause;
    this.run.touch(row);
  }

  save(): unknown {
    return new Map(this.tried);
  }

  load(saved: unknown): void {
    this.tried = new Map(saved as ReadonlyMap<number, boolean>);
  }
}
