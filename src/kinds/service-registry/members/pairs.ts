import { makeTable, type Checkpointed } from "../../../engine/kernel/table.ts";
import type { Writes } from "./writes.ts";

const columns = {
  of: "i32",
  about: "i32",
  term: "i32",
  /** How much of the log it is known to have (a log; `writes.ts`), in that term. */
  matched: "i32",
  heardUs: "f64",
  /** Questions put to it, and the last that was answered. */
  asked: "i32",
  answered: "i32",
  isLost: "u8",
} as const;

/** What one member knows about another. */
export class Pairs implements Checkpointed {
  readonly table = makeTable(columns);

  find(of: number, about: number): number {
    const { table } = this;
    for (let row = 0; row < table.length; row++) if (table.of[row] === of && table.about[row] === about) return row;
    const row = table.add();
    table.of[row] = of;
    table.about[row] = about;
    return row;
  }

  /** Another is heard of, and has (at least) this log, in this term. */
  heard(of: number, about: number, term: number, log: number, nowUs: number, writes: Writes): void {
    const { table } = this;
    const pair = this.find(of, about);
    if (table.term[pair] !== term || writes.indexOf(log) > writes.indexOf(table.matched[pair]!)) table.matched[pair] = log;
    table.term[pair] = term;
    table.heardUs[pair] = nowUs;
  }

  save(): unknown {
    return this.table.save();
  }

  load(saved: unknown): void {
    this.table.load(saved);
  }
}
