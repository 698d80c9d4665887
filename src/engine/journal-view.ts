import type { NodeId } from "../document/topology.ts";
import type { Journal } from "./journal.ts";
import type { Run } from "./run.ts";
import type { LogRow } from "./status.ts";
import type { What } from "./vocabulary.ts";

/** The journal as watchers read it: ids instead of rows. */
export class JournalView {
  private readonly run: Run;
  private readonly journal: Journal;

  constructor(run: Run) {
    this.run = run;
    this.journal = run.journal;
  }

  /** The id of the next row; rows are numbered from 0 for ever. */
  get length(): number {
    return this.journal.length;
  }

  what(id: number): What | null {
    return this.journal.what(id);
  }

  kept(fromId: number): Iterable<number> {
    return this.journal.kept(fromId);
  }

  ofRequest(client: NodeId, number: number): number[] {
    const row = this.run.world.nodeRows.get(client);
    return row === undefined ? [] : this.journal.ofRequestRows(row, number);
  }

  /** Null if the row was an ordinary hop and has been dropped. */
  row(id: number): LogRow | null {
    const row = this.journal.find(id);
    if (row === null) return null;
    const isAct = row.what === "act";
    return {
      row: id,
      atUs: row.at,
      what: row.what,
      who: this.name(row.who),
      whoIncarnation: row.whoIncarnation,
      whom: this.name(row.whom),
      whomIncarnation: row.whomIncarnation,
      a: row.a,
      b: isAct ? 0 : row.b,
      client: this.name(row.client),
      number: row.number,
      act: isAct ? this.run.actNames[row.b]! : null,
      cause: row.cause < 0 ? null : row.cause,
    };
  }

  private name(row: number): NodeId | null {
    return row < 0 ? null : this.run.world.nodeIds[row]!;
  }
}
