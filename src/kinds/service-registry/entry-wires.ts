import type { Run } from "../../engine/run.ts";
import type { LinkConfig } from "../../engine/world.ts";
import type { Entries } from "./entries.ts";

/** The wires over which instances were registered, by entry. */
export class EntryWires {
  private readonly run: Run;
  private readonly table: Entries;

  constructor(run: Run, table: Entries) {
    this.run = run;
    this.table = table;
  }

  /** How long a message takes between an instance and its registry. */
  latencyUs(row: number): number {
    return this.linkOf(row)?.latencyUs ?? 0;
  }

  /** As drawn; −1: it was registered with another member. */
  drawn(row: number): number {
    const link = this.linkOf(row);
    return link?.to === this.table.registry[row] ? link.row : -1;
  }

  /** The wire, if there is one and it leads to this member, is not cut. */
  isWhole(row: number, registry = this.table.registry[row]!): boolean {
    const link = this.linkOf(row);
    return link?.to !== registry || this.run.links.cut[link.row] === 0;
  }

  private linkOf(row: number): LinkConfig | undefined {
    return this.run.world.links[this.table.link[row]!];
  }
}
