import { makeTable, type Checkpointed } from "./kernel/table.ts";

/**
 * What targets have served and failed whose rows are others' now: one row for each set and thing, however often the thing has come
 * and gone under new addresses.
 */
export class PastTargets implements Checkpointed {
  readonly table = makeTable({ upstream: "i32", entity: "i32", served: "i32", failed: "i32" });
  /** Derived from the table: which row is whose. */
  private rows = new Map<string, number>();

  keep(upstream: number, entity: number, served: number, failed: number): void {
    const { table } = this;
    const key = `${upstream} ${entity}`;
    let row = this.rows.get(key);
    if (row === undefined) {
      this.rows.set(key, (row = table.add()));
      table.upstream[row] = upstream;
      table.entity[row] = entity;
    }
    table.served[row]! += served;
    table.failed[row]! += failed;
  }

  save(): unknown {
    return this.table.save();
  }

  load(saved: unknown): void {
    const { table } = this;
    table.load(saved);
    this.rows = new Map(Array.from({ length: table.length }, (_, row) => [`${table.upstream[row]} ${table.entity[row]}`, row]));
  }
}
