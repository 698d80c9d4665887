import type { Fault } from "./kind.ts";
import type { Window } from "./policies/detection.ts";
import type { Run } from "./run.ts";
import { latestFor } from "./vocabulary.ts";
import type { LinkConfig } from "./world.ts";

/** Not a link's row: the fault befalls everybody, whichever way they come. */
export const anyWire = -1;

/** Who will notice a fault, and when: said at the fault itself, so that it can be held against what happens. */
export class Predictions {
  private readonly run: Run;
  private place = -1;

  constructor(run: Run) {
    this.run = run;
  }

  /**
   * A fault has befallen a thing, or the place that it stands in: those who watch it say when they will notice.
   * @param outUs how long it will last; who cannot notice within that says nothing
   */
  tell(node: number, fault: Fault, place = node, outUs = Infinity): void {
    this.ask(node, fault, place, anyWire, outUs, outUs);
  }

  /**
   * A wire is cut, for as long at a time: that befalls those who look, or report, over this link. A wire that flaps may be cut whenever
   * they look at it, however short that is, so that they may still notice.
   */
  tellOfWire({ role, row, from, to }: LinkConfig, fault: Fault, outUs: number): void {
    this.ask(role === "register" ? from : to, fault, -1, row, outUs, Infinity);
  }

  private ask(node: number, fault: Fault, place: number, wire: number, outUs: number, withinUs: number): void {
    const { run } = this;
    const { cause } = run.kernel;
    this.place = place;
    for (const row of run.world.order) {
      const window = this.sharesFault(row) ? null : (run.of(row).predict?.(row, node, fault, wire) ?? null);
      if (window === null || window[0] > withinUs) continue;
      run.kernel.cause = cause;
      // Who is slow may be too late for a request, or too busy for a check; or not.
      run.note("predicted", row, node, ...written(window, fault === "slows" ? 0 : outUs));
    }
    run.kernel.cause = cause;
  }

  /** Whether a thing is, or stands in, what the fault befalls: it goes down too, or is none the wiser. */
  sharesFault(row: number): boolean {
    const { parent } = this.run.entities;
    for (let place = row; place >= 0; place = parent[place]! - 1) if (place === this.place) return true;
    return false;
  }
}

/** A window as the two numbers of a journal row. `outUs`: how long the fault lasts; who needs longer may miss it. */
function written([earliest, latest]: Window, outUs: number): readonly [number, number] {
  if (earliest === Infinity) return [0, latestFor("never")];
  if (outUs > 0 && latest === Infinity) return [earliest, latestFor("by-requests")];
  return [earliest, latest > outUs ? latestFor("perhaps") : latest];
}
