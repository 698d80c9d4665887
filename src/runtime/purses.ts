import { firsts, type First, type Moment } from "./moments.ts";

/** Slow time that one fault may take on screen, whatever it brings (TIME.md 4). */
const purseMs = 12_000;
const easesMs = 250 + 400;
/** One hop's flight at the slow speed, and what is held after the outcome. */
const fullLeadMs = 800;
const fullAfterMs = 1_200;
/** What each first that is still to come may count on, so that the first request at the new address is seen as well. */
const reserveMs = 1_250;
const missesCounted = 3;

interface Purse {
  /** What its moments were given; what the clock was really slow may be less, where they meet. */
  promisedMs: number;
  spentMs: number;
  readonly seen: Map<First, number>;
}

export interface Share {
  /** Slow for so long before the outcome, and after it. */
  readonly leadMs: number;
  readonly afterMs: number;
  /** With the way down and up. */
  readonly costMs: number;
}

/** Shares a fault's 12 s among its firsts. */
export class Purses {
  private readonly purses = new Map<number, Purse>();

  /** @param joins the clock will still be slow when it comes: there is no way down and up to pay for */
  share(moment: Moment, joins: boolean): Share | null {
    const purse = this.of(moment.fault);
    purse.seen.set(moment.first, (purse.seen.get(moment.first) ?? 0) + 1);
    const wayMs = joins ? 0 : easesMs;
    const leftMs = purseMs - purse.promisedMs - this.stillToCome(purse) * reserveMs;
    const bodyMs = Math.min(leftMs - wayMs, fullLeadMs + fullAfterMs);
    if (bodyMs < 100) return null;
    const leadMs = moment.flies ? Math.min(fullLeadMs, bodyMs * 0.4) : 0;
    const afterMs = Math.min(fullAfterMs, bodyMs - leadMs);
    const costMs = wayMs + leadMs + afterMs;
    purse.promisedMs += costMs;
    return { leadMs, afterMs, costMs };
  }

  /** The moment may never come: its share is free again. */
  takeBack(moment: Moment, share: Share): void {
    const purse = this.of(moment.fault);
    purse.seen.set(moment.first, (purse.seen.get(moment.first) ?? 1) - 1);
    purse.promisedMs -= share.costMs;
  }

  clear(): void {
    this.purses.clear();
  }

  spend(fault: number, ms: number): void {
    this.of(fault).spentMs += ms;
  }

  /** Whether nothing is left but the way back. */
  isOut(fault: number, wayBackMs: number): boolean {
    return this.of(fault).spentMs >= purseMs - wayBackMs;
  }

  private of(fault: number): Purse {
    const purse = this.purses.get(fault) ?? { promisedMs: 0, spentMs: 0, seen: new Map() };
    this.purses.set(fault, purse);
    return purse;
  }

  /** DOWN comes with the last missed check and takes no time of its own. */
  private stillToCome(purse: Purse): number {
    let count = 0;
    for (const first of firsts) {
      const expected = first === "missed" ? missesCounted : first === "down" ? 0 : 1;
      count += Math.max(0, expected - (purse.seen.get(first) ?? 0));
    }
    return count;
  }
}
