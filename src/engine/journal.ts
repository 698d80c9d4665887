import type { Kernel } from "./kernel/kernel.ts";
import { makeTable, type Table } from "./kernel/table.ts";
import { vocabulary, type What } from "./vocabulary.ts";

export const whats = Object.keys(vocabulary) as What[];
export const whatNumber = Object.fromEntries(whats.map((what, index) => [what, index])) as Record<What, number>;
const isKept = Uint8Array.from(whats, (what) => (vocabulary[what] === "hop" ? 0 : 1));

const spec = {
  at: "f64",
  what: "u8",
  who: "i32",
  whoIncarnation: "i32",
  whom: "i32",
  whomIncarnation: "i32",
  client: "i32",
  number: "i32",
  a: "f64",
  b: "f64",
  cause: "i32",
  id: "i32",
} as const;
type Rows = Table<typeof spec>;
const columns = Object.keys(spec) as (keyof typeof spec)[];

/** Hop rows that stay at hand for journeys once they are drained. */
const windowRows = 1 << 17;

/** A row's place: which of the two tables holds it, and where. */
export interface Place {
  readonly rows: Rows;
  readonly row: number;
}

/**
 * What happened, in order, as columns. Rows are numbered from 0 for ever; those about lives and losses are kept,
 * ordinary hops are dropped when the window moves on. Entities are stored as row + 1.
 */
export class Journal {
  /** The newest rows, from row id `base` on. */
  private recent: Rows = makeTable(spec, 4096);
  private base = 0;
  /** Kept rows from before `base`, in ascending order of id. */
  private old: Rows = makeTable(spec, 256);
  /** Rows below this have been drained and may be dropped. */
  drained = 0;
  private readonly kernel: Kernel;
  private readonly incarnations: { readonly incarnation: Int32Array; lastLife: Int32Array };

  constructor(kernel: Kernel, entities: { readonly incarnation: Int32Array; lastLife: Int32Array }) {
    this.kernel = kernel;
    this.incarnations = entities;
  }

  get length(): number {
    return this.base + this.recent.length;
  }

  /**
   * Writes a row and makes it the cause of what follows. `who`, `whom` and `client` are entity rows or −1.
   * A row about a life becomes the last word on `who`: silence is explained by it.
   */
  write(what: number, who: number, whom: number, client: number, number: number, a: number, b: number): number {
    const { recent, kernel } = this;
    const { incarnation, lastLife } = this.incarnations;
    const row = recent.add();
    recent.at[row] = kernel.nowUs;
    recent.what[row] = what;
    recent.who[row] = who + 1;
    recent.whoIncarnation[row] = who < 0 ? 0 : incarnation[who]!;
    recent.whom[row] = whom + 1;
    recent.whomIncarnation[row] = whom < 0 ? 0 : incarnation[whom]!;
    recent.client[row] = client + 1;
    recent.number[row] = number;
    recent.a[row] = a;
    recent.b[row] = b;
    recent.cause[row] = kernel.cause;
    const id = this.base + row;
    recent.id[row] = id;
    kernel.cause = id;
    if (isLife[what] === 1 && who >= 0) lastLife[who] = id + 1;
    return id;
  }

  /** Where the row stands; null if it was an ordinary hop and has been dropped. */
  find(id: number): Place | null {
    if (id < 0 || id >= this.length) return null;
    if (id >= this.base) return { rows: this.recent, row: id - this.base };
    const row = this.search(id);
    return row < this.old.length && this.old.id[row] === id ? { rows: this.old, row } : null;
  }

  what(id: number): What | null {
    const place = this.find(id);
    return place === null ? null : whats[place.rows.what[place.row]!]!;
  }

  /** Ids ≥ `fromId` of rows about lives and losses, ascending. */
  *kept(fromId: number): Iterable<number> {
    for (let row = this.search(fromId); row < this.old.length; row++) yield this.old.id[row]!;
    for (let row = Math.max(0, fromId - this.base); row < this.recent.length; row++) {
      if (isKept[this.recent.what[row]!] === 1) yield this.base + row;
    }
  }

  /** Ids of a request's rows that are still held. */
  ofRequestRows(client: number, number: number): number[] {
    const found: number[] = [];
    for (const rows of [this.old, this.recent]) {
      for (let row = 0; row < rows.length; row++) if (rows.number[row] === number && rows.client[row] === client + 1) found.push(rows.id[row]!);
    }
    return found;
  }

  /** Drops ordinary hops that are drained and out of the window. */
  compact(): void {
    if (this.recent.length < windowRows * 2) return;
    const end = Math.min(this.recent.length - windowRows, this.drained - this.base);
    if (end <= 0) return;
    for (let row = 0; row < end; row++) if (isKept[this.recent.what[row]!] === 1) this.keep(row);
    for (const name of columns) this.recent[name].copyWithin(0, end, this.recent.length);
    this.recent.length -= end;
    this.base += end;
  }

  /** Back to a former length (a checkpoint's). What was dropped meanwhile stays dropped. */
  truncate(length: number): void {
    if (length >= this.base) this.recent.length = length - this.base;
    else {
      this.recent.length = 0;
      this.base = length;
      this.old.length = this.search(length);
    }
    this.drained = Math.min(this.drained, length);
  }

  /** Begins empty, numbering on from a journal that somebody else keeps (a fork). */
  beginAt(length: number): void {
    this.recent.length = 0;
    this.old.length = 0;
    this.base = length;
    this.drained = length;
  }

  bytes(): number {
    return this.recent.bytes() + this.old.bytes();
  }

  private keep(row: number): void {
    const kept = this.old.add();
    for (const name of columns) this.old[name][kept] = this.recent[name][row]!;
  }

  /** The first row of `old` whose id is at least `id`. */
  private search(id: number): number {
    let low = 0;
    let high = this.old.length;
    while (low < high) {
      const middle = (low + high) >> 1;
      if (this.old.id[middle]! < id) low = middle + 1;
      else high = middle;
    }
    return low;
  }
}

const isLife = Uint8Array.from(whats, (what) => (vocabulary[what] === "life" ? 1 : 0));
