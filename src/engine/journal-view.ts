import type { NodeId } from "../document/topology.ts";
import { whats, type Journal } from "./journal.ts";
import type { Run } from "./run.ts";
import type { LogRow } from "./status.ts";
import { whomIncarnation } from "./trace.ts";
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
    const place = this.journal.find(id);
    if (place === null) return null;
    const { rows, row } = place;
    const what = whats[rows.what[row]!]!;
    const isAct = what === "act";
    return {
      row: id,
      atUs: rows.at[row]!,
      what,
      who: this.name(rows.who[row]!),
      whoIncarnation: rows.whoIncarnation[row]!,
      whom: this.name(rows.whom[row]!),
      whomIncarnation: whomIncarnation(place),
      a: rows.a[row]!,
      b: isAct ? 0 : rows.b[row]!,
      client: this.name(rows.client[row]!),
      number: rows.client[row] === 0 ? 0 : rows.number[row]!,
      act: isAct ? this.run.actNames[rows.b[row]!]! : null,
      cause: rows.cause[row]! < 0 ? null : rows.cause[row]!,
    };
  }

  private name(row: number): NodeId | null {
    return row === 0 ? null : this.run.world.nodeIds[row - 1]!;
  }
}
