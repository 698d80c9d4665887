import type { Fault } from "./kind.ts";
import type { Run } from "./run.ts";

/** Who will notice a fault, and when: said at the fault itself, so that it can be held against what happens. */
export class Predictions {
  private readonly run: Run;
  private place = -1;

  constructor(run: Run) {
    this.run = run;
  }

  /**
   * A fault has befallen a thing, or the place that it stands in: those who will notice say when.
   * @param outUs how long it will last; who needs longer than that to notice won't
   */
  tell(node: number, fault: Fault, place = node, outUs = Infinity): void {
    const { run } = this;
    const { cause } = run.kernel;
    this.place = place;
    for (const row of run.world.order) {
      const window = this.sharesFault(row) ? null : (run.of(row).predict?.(row, node, fault) ?? null);
      if (window === null || window[0] > outUs) continue;
      run.kernel.cause = cause;
      run.note("predicted", row, node, window[0], window[1] === Infinity ? -1 : window[1]);
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
