import { makeTable, type Checkpointed } from "../../engine/kernel/table.ts";

/** How a name server orders the records of an answer: BIND's `rrset-order`. */
export type AnswerOrder = "cyclic" | "random" | "fixed";

/** Where the answers about each name begin: with round robin each one begins a record further on, whoever asks. */
export class AnswerOrders implements Checkpointed {
  private readonly table = makeTable({ registry: "i32", service: "u32", answers: "i32" });

  /** The records in the order of the next answer; `draw` gives the numbers in [0, 1) that chance has for it. */
  next<T>(registry: number, service: number, records: readonly T[], order: AnswerOrder, draw: (nth: number) => number): readonly T[] {
    if (order === "fixed" || records.length < 2) return records;
    return order === "random" ? shuffled(records, draw) : this.turned(registry, service, records);
  }

  private turned<T>(registry: number, service: number, records: readonly T[]): readonly T[] {
    const first = this.table.answers[this.rowOf(registry, service)]!++ % records.length;
    return [...records.slice(first), ...records.slice(0, first)];
  }

  private rowOf(registry: number, service: number): number {
    const { table } = this;
    for (let row = 0; row < table.length; row++) if (table.registry[row] === registry && table.service[row] === service) return row;
    const row = table.add();
    table.registry[row] = registry;
    table.service[row] = service;
    return row;
  }

  save(): unknown {
    return this.table.save();
  }

  load(saved: unknown): void {
    this.table.load(saved);
  }
}

function shuffled<T>(records: readonly T[], draw: (nth: number) => number): readonly T[] {
  const left = [...records];
  return records.map((_, nth) => left.splice(Math.floor(draw(nth) * left.length), 1)[0]!);
}
