import { makeTable, type Table } from "../../engine/kernel/table.ts";

const columns = {
  state: "i32",
  /** The order in which the entries were made: rows are used again. */
  serial: "f64",
  registry: "i32",
  link: "i32",
  entity: "i32",
  address: "i32",
  service: "u32",
  /** What the instance says of itself (tags, zone, weight), as a number to compare. */
  meta: "u32",
  sinceUs: "f64",
  renewedUs: "f64",
  registeredUs: "f64",
  /** Renewals since it registered. */
  renewals: "i32",
  /** It stands in the copy from which answers are given. */
  isCached: "u8",
  // Checks of it, and what its agent believes.
  generation: "i32",
  checkedUs: "f64",
  results: "i32",
  fails: "i32",
  passes: "i32",
  agentSays: "u8",
  // Its machine.
  heardUs: "f64",
  isSilent: "u8",
} as const;

/** The entries of all registries: one row an instance, link and address. */
export type Entries = Table<typeof columns>;

export function makeEntries(): Entries {
  return makeTable(columns);
}

/** What a registry keeps of itself, by its own row. */
export class RegistryStates {
  readonly table = makeTable({
    /** It answers: it is up, and its election is over. */
    isReady: "u8",
    generation: "i32",
    serial: "f64",
    /** Changes that have not been pushed yet. */
    isMerging: "u8",
    renewalsNow: "i32",
    renewalsBefore: "i32",
    /** Instances whose renewals it counts on. */
    expected: "i32",
    isPreserving: "u8",
    sweptUs: "f64",
  });

  /** Makes room for a registry. */
  has(registry: number): void {
    while (this.table.length <= registry) this.table.add();
  }

  save(): unknown {
    return this.table.save();
  }

  load(saved: unknown): void {
    this.table.load(saved);
  }
}
