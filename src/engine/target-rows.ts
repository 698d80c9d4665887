import type { Checkpointed } from "./kernel/table.ts";
import { PastTargets } from "./past-targets.ts";
import { clearTargetRow, makeTargets } from "./upstream-tables.ts";

/**
 * The rows of targets. A row is had again once its target has left and the last request on it has ended, so that a long
 * run in which much comes and goes under new addresses does not grow.
 */
export class TargetRows implements Checkpointed {
  readonly table = makeTargets();
  readonly past = new PastTargets();
  /** Of those that have left, how many still hold requests: while there are none, no request's end need look. */
  private leaving = 0;
  private readonly forgetters: ((target: number) => void)[] = [];

  /** Who remembers something by a target's row is told before the row becomes another's. */
  onVacated(forget: (target: number) => void): void {
    this.forgetters.push(forget);
  }

  /** A row as good as new. */
  add(): number {
    const { table } = this;
    const known = table.length;
    const target = table.add();
    if (target === known) return target;
    this.past.keep(table.upstream[target]!, table.entity[target]!, table.served[target]!, table.failed[target]!);
    for (const forget of this.forgetters) forget(target);
    clearTargetRow(table, target);
    return target;
  }

  /** Its target leaves. */
  leave(target: number): void {
    this.table.removed[target] = 1;
    if (this.table.connections[target] === 0) this.table.drop(target);
    else this.leaving++;
  }

  /** A request on it has ended. */
  released(target: number): void {
    if (this.leaving === 0 || this.table.removed[target] === 0 || this.table.connections[target]! > 0) return;
    this.leaving--;
    this.table.drop(target);
  }

  save(): unknown {
    return { table: this.table.save(), past: this.past.save(), leaving: this.leaving };
  }

  load(saved: unknown): void {
    const from = saved as { table: unknown; past: unknown; leaving: number };
    this.table.load(from.table);
    this.past.load(from.past);
    this.leaving = from.leaving;
  }
}
