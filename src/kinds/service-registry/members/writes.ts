import { makeTable, type Checkpointed } from "../../../engine/kernel/table.ts";

/** What members agree on: an event of an entry's life, or nothing but that a leader leads. */
export const writeKinds = ["LEADS", "ENTER", "PASS", "WARN", "FAIL", "WITHDRAW", "EVICT", "REAP"] as const;
export type WriteKind = (typeof writeKinds)[number];
/** Those that befall an entry. */
export type EntryWrite = Exclude<WriteKind, "LEADS">;

export interface Write {
  readonly kind: WriteKind;
  readonly link: number;
  readonly address: number;
  readonly term: number;
}

const columns = { previous: "i32", index: "i32", term: "i32", kind: "u8", link: "i32", address: "i32" } as const;

/**
 * The logs of all members. A write knows the one before it, so a log is its last write, and two logs that end in the same write
 * are the same (Raft's log matching, §5.3, by construction). 0 stands for an empty log. To send a log is to send its end: what
 * the other lacks is sent with it, as in a snapshot.
 */
export class Writes implements Checkpointed {
  private readonly table = makeTable(columns);

  /** A write at the end of a log; the log's new end. */
  append(log: number, write: Write): number {
    const { table } = this;
    const row = table.add();
    table.previous[row] = log;
    table.index[row] = this.indexOf(log) + 1;
    table.term[row] = write.term;
    table.kind[row] = writeKinds.indexOf(write.kind);
    table.link[row] = write.link;
    table.address[row] = write.address;
    return row + 1;
  }

  /** How many writes a log holds. */
  indexOf(log: number): number {
    return log === 0 ? 0 : this.table.index[log - 1]!;
  }

  termOf(log: number): number {
    return log === 0 ? 0 : this.table.term[log - 1]!;
  }

  at(log: number): Write {
    const { kind, link, address, term } = this.table;
    const row = log - 1;
    return { kind: writeKinds[kind[row]!]!, link: link[row]!, address: address[row]!, term: term[row]! };
  }

  /** Whether one log is the beginning of another. */
  begins(one: number, other: number): boolean {
    let end = other;
    while (this.indexOf(end) > this.indexOf(one)) end = this.table.previous[end - 1]!;
    return end === one;
  }

  /** The writes of a log after a beginning of it, in order, each as the log that ends with it. */
  after(beginning: number, log: number): number[] {
    const found: number[] = [];
    for (let end = log; this.indexOf(end) > this.indexOf(beginning); end = this.table.previous[end - 1]!) found.push(end);
    return found.reverse();
  }

  /** Whether a log may lead where another is known: its last write is of a later term, or of the same and no shorter (§5.4.1). */
  isUpToDate(log: number, than: number): boolean {
    const [ours, theirs] = [this.termOf(log), this.termOf(than)];
    return ours > theirs || (ours === theirs && this.indexOf(log) >= this.indexOf(than));
  }

  save(): unknown {
    return this.table.save();
  }

  load(saved: unknown): void {
    this.table.load(saved);
  }
}
