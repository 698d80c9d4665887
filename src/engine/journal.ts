import type { Kernel } from "./kernel/kernel.ts";
import { vocabulary, type What } from "./vocabulary.ts";

export const whats = Object.keys(vocabulary) as What[];
export const whatNumber = Object.fromEntries(whats.map((what, index) => [what, index])) as Record<What, number>;
const isKept = Uint8Array.from(whats, (what) => (vocabulary[what] === "hop" ? 0 : 1));

/** One row as others read it. Entities are rows of theirs, −1: none. */
export interface JournalRow {
  readonly id: number;
  readonly at: number;
  readonly what: What;
  readonly who: number;
  readonly whoIncarnation: number;
  readonly whom: number;
  readonly whomIncarnation: number;
  readonly client: number;
  readonly number: number;
  readonly a: number;
  readonly b: number;
  readonly cause: number;
}

/** A row is one cache line: three doubles (at, a, b), then integers. */
const doubles = 8;
const integers = 16;
const field = { what: 6, who: 7, whoIncarnation: 8, whom: 9, whomIncarnation: 10, client: 11, number: 12, cause: 13, id: 14 } as const;

class Rows {
  length = 0;
  times: Float64Array;
  fields: Int32Array;

  constructor(capacity: number) {
    this.times = new Float64Array(capacity * doubles);
    this.fields = new Int32Array(this.times.buffer);
  }

  add(): number {
    if (this.length * doubles === this.times.length) {
      const wider = new Float64Array(this.times.length * 2);
      wider.set(this.times);
      this.times = wider;
      this.fields = new Int32Array(wider.buffer);
    }
    return this.length++;
  }

  what(row: number): number {
    return this.fields[row * integers + field.what]!;
  }

  id(row: number): number {
    return this.fields[row * integers + field.id]!;
  }

  copy(from: Rows, row: number): void {
    const to = this.add();
    this.times.set(from.times.subarray(row * doubles, (row + 1) * doubles), to * doubles);
  }

  read(row: number): JournalRow {
    const { times, fields } = this;
    const time = row * doubles;
    const at = row * integers;
    const incarnation = fields[at + field.whomIncarnation]!;
    const client = fields[at + field.client]!;
    const number = fields[at + field.number]!;
    return {
      id: fields[at + field.id]!,
      at: times[time]!,
      what: whats[fields[at + field.what]!]!,
      who: fields[at + field.who]!,
      whoIncarnation: fields[at + field.whoIncarnation]!,
      whom: fields[at + field.whom]!,
      // Rows about no request carry in `number` the incarnation that they speak of, if it may be a former one.
      whomIncarnation: client < 0 && number > 0 ? number : incarnation,
      client,
      number: client < 0 ? 0 : number,
      a: times[time + 1]!,
      b: times[time + 2]!,
      cause: fields[at + field.cause]!,
    };
  }
}

/**
 * Ordinary hops that stay at hand once they are drained, by who reads them: enough for journeys where somebody watches; few
 * for the trace, since rows that are written over while they are still in the cache cost next to nothing. Where nobody
 * could read them they are counted and not written: they are a dozen for each request (measured: 1.1 times as fast).
 */
const windows = { nobody: 0, trace: 1 << 9, recall: 1 << 13, watcher: 1 << 17 };
export type JournalReader = keyof typeof windows;

/**
 * What happened, in order, as columns. Rows are numbered from 0 for ever; those about lives and losses are kept,
 * ordinary hops are dropped when the window moves on.
 */
export class Journal {
  /** The newest rows, from row id `base` on; and those before them, from `formerBase` on. */
  private recent = new Rows(4096);
  private base = 0;
  private former = new Rows(4096);
  /** Kept rows from before `formerBase`, in ascending order of id. */
  private old = new Rows(256);
  /** Rows below this have been drained and may be dropped. */
  drained = 0;
  private keepsHops = true;
  /** By kind of row: 1 where nobody could read it. */
  private readonly isPassedOver = new Uint8Array(whats.length);
  private window = windows.trace;
  private readonly kernel: Kernel;
  private readonly entities: { incarnation: Int32Array; lastLife: Int32Array };

  constructor(kernel: Kernel, entities: { incarnation: Int32Array; lastLife: Int32Array }) {
    this.kernel = kernel;
    this.entities = entities;
  }

  get length(): number {
    return this.base + this.recent.length;
  }

  private get formerBase(): number {
    return this.base - this.former.length;
  }

  /**
   * Writes a row and makes it the cause of what follows. `who`, `whom` and `client` are entity rows or −1.
   * A row about a life becomes the last word on `who`: silence is explained by it.
   */
  write(what: number, who: number, whom: number, client: number, number: number, a: number, b: number): number {
    return this.passesOver(what) ? this.kernel.cause : this.put(what, who, whom, client, number, a, b);
  }

  /**
   * Whether nobody could read a row of this kind. Then it is counted, and its writer need not find out what it would say. It
   * stands apart from `put`, and is short, so that V8 takes it in wherever a row may be written: a dozen times for each request.
   */
  passesOver(what: number): boolean {
    if (this.isPassedOver[what] === 0) return false;
    this.kernel.cause = this.base++;
    return true;
  }

  private put(what: number, who: number, whom: number, client: number, number: number, a: number, b: number): number {
    const { kernel, entities } = this;
    const { cause } = kernel;
    const id = this.length;
    kernel.cause = id;
    if (!this.keepsHops) this.base = id + 1;
    const rows = this.keepsHops ? this.recent : this.old;
    const row = rows.add();
    const { times, fields } = rows;
    const at = row * integers;
    times[row * doubles] = kernel.nowUs;
    times[row * doubles + 1] = a;
    times[row * doubles + 2] = b;
    fields[at + field.what] = what;
    fields[at + field.who] = who;
    fields[at + field.whoIncarnation] = who < 0 ? 0 : entities.incarnation[who]!;
    fields[at + field.whom] = whom;
    fields[at + field.whomIncarnation] = whom < 0 ? 0 : entities.incarnation[whom]!;
    fields[at + field.client] = client;
    fields[at + field.number] = number;
    fields[at + field.cause] = cause;
    fields[at + field.id] = id;
    if (client < 0 && who >= 0 && isLife[what] === 1) entities.lastLife[who] = id + 1;
    return id;
  }

  /** The newest row, if it was written, speaks of this incarnation of `whom`: a call goes to whoever had its address. */
  ofIncarnation(incarnation: number): void {
    const rows = this.keepsHops ? this.recent : this.old;
    const row = rows.length - 1;
    if (row >= 0 && rows.id(row) === this.length - 1) rows.fields[row * integers + field.whomIncarnation] = incarnation;
  }

  /** The row; null if it was an ordinary hop and has been dropped. */
  find(id: number): JournalRow | null {
    if (id < 0 || id >= this.length) return null;
    if (id >= this.base) return this.recent.read(id - this.base);
    if (id >= this.formerBase) return this.former.read(id - this.formerBase);
    const row = this.search(id);
    return row < this.old.length && this.old.id(row) === id ? this.old.read(row) : null;
  }

  what(id: number): What | null {
    if (id >= this.base && id < this.length) return whats[this.recent.what(id - this.base)]!;
    return this.find(id)?.what ?? null;
  }

  /** Ids ≥ `fromId` of rows about lives and losses, ascending. */
  *kept(fromId: number): Iterable<number> {
    if (fromId < this.formerBase) for (let row = this.search(fromId); row < this.old.length; row++) yield this.old.id(row);
    for (const rows of [this.former, this.recent]) {
      const base = rows === this.recent ? this.base : this.formerBase;
      for (let row = Math.max(0, fromId - base); row < rows.length; row++) if (isKept[rows.what(row)] === 1) yield base + row;
    }
  }

  /** Ids of a request's rows that are still held. */
  ofRequestRows(client: number, number: number): number[] {
    const found: number[] = [];
    for (const { length, fields } of [this.old, this.former, this.recent]) {
      for (let at = 0; at < length * integers; at += integers) {
        if (fields[at + field.number] === number && fields[at + field.client] === client) found.push(fields[at + field.id]!);
      }
    }
    return found;
  }

  /** Says, before anything has been written, who is going to read it. */
  keepFor(reader: JournalReader): void {
    this.keepsHops = reader !== "nobody";
    this.isPassedOver.set(whats.map((_, what) => (this.keepsHops || isKept[what] === 1 ? 0 : 1)));
    this.window = windows[reader];
  }

  /** Drops ordinary hops that are drained and out of the window: the former rows make room for the recent ones. */
  compact(): void {
    if (this.recent.length < this.window || this.drained < this.length) return;
    const { former } = this;
    for (let row = 0; row < former.length; row++) if (isKept[former.what(row)] === 1) this.old.copy(former, row);
    this.former = this.recent;
    this.recent = former;
    this.base += this.former.length;
    this.recent.length = 0;
  }

  /** Back to a former length (a checkpoint's). What was dropped meanwhile stays dropped. */
  truncate(length: number): void {
    this.drained = Math.min(this.drained, length);
    if (length >= this.base) {
      this.recent.length = length - this.base;
      return;
    }
    this.recent.length = 0;
    this.former.length = Math.max(0, length - this.formerBase);
    this.base = length;
    if (this.former.length === 0) this.old.length = this.search(length);
  }

  /** Begins empty, numbering on from a journal that somebody else keeps (a fork). */
  beginAt(length: number): void {
    for (const rows of [this.recent, this.former, this.old]) rows.length = 0;
    this.base = length;
    this.drained = length;
  }

  bytes(): number {
    return this.recent.times.byteLength + this.former.times.byteLength + this.old.times.byteLength;
  }

  /** The first row of `old` whose id is at least `id`. */
  private search(id: number): number {
    let low = 0;
    let high = this.old.length;
    while (low < high) {
      const middle = (low + high) >> 1;
      if (this.old.id(middle) < id) low = middle + 1;
      else high = middle;
    }
    return low;
  }
}

/** Rows that are the last word on the life of the one they are about. */
const aboutOwnLife: readonly What[] = [
  "act",
  "created",
  "removed",
  "moved",
  "waiting",
  "pulling",
  "pull-failed",
  "starting",
  "up",
  "start-refused",
  "stopping",
  "stopped",
  "died",
  "hung",
  "resumed",
  "slowed",
  "erring",
  "resetting",
  "failing",
  "booting",
  "power-lost",
  "isolated",
  "rejoined",
];
const isLife = Uint8Array.from(whats, (what) => (aboutOwnLife.includes(what) ? 1 : 0));
