import { sha256 } from "@noble/hashes/sha2.js";
import { bytesToHex, utf8ToBytes } from "@noble/hashes/utils.js";
import type { Journal } from "./journal.ts";
import type { Run } from "./run.ts";
import { vocabulary } from "./vocabulary.ts";

/** The hash of the trace so far, which can be copied and gone on with. */
type Digest = ReturnType<typeof sha256.create>;

/**
 * The journal as text: one JSON object a line. A line holds time, what, who (document id # incarnation), numbers
 * scoped to a client, and its cause; never names, words, rows or global counters, so that renaming, reordering or
 * adding something unrelated leaves the other lines as they were.
 */
export class Trace {
  private readonly run: Run;
  private readonly journal: Journal;
  private digest: Digest | null;
  private readonly onLine: ((line: string) => void) | null;

  constructor(run: Run, digest: boolean, onLine: ((line: string) => void) | null) {
    this.run = run;
    this.journal = run.journal;
    this.digest = digest ? sha256.create() : null;
    this.onLine = onLine;
  }

  /** Writes out what has not been written yet, and lets the journal drop what it may. */
  drain(): void {
    const { journal } = this;
    if (this.digest !== null || this.onLine !== null) {
      const lines: string[] = [];
      for (let id = journal.drained; id < journal.length; id++) lines.push(this.line(id));
      if (lines.length > 0) this.digest?.update(utf8ToBytes(lines.join("\n") + "\n"));
      if (this.onLine !== null) for (const line of lines) this.onLine(line);
    }
    journal.drained = journal.length;
    journal.compact();
  }

  /** SHA-256 of the lines, each with its line feed. */
  hash(): string {
    this.drain();
    return this.digest === null ? "" : bytesToHex(this.digest.clone().digest());
  }

  save(): Digest | null {
    this.drain();
    return this.digest?.clone() ?? null;
  }

  load(saved: Digest | null): void {
    if (this.digest !== null && saved !== null) this.digest = saved.clone();
  }

  private line(id: number): string {
    const row = this.journal.find(id)!;
    const isAct = row.what === "act";
    const line: Record<string, unknown> = { t: row.at, what: row.what };
    if (isAct) line["act"] = this.run.actNames[row.b];
    if (row.who >= 0) line["who"] = this.name(row.who, row.whoIncarnation);
    if (row.whom >= 0) line["whom"] = this.name(row.whom, row.whomIncarnation);
    if (row.client >= 0) line["request"] = `${this.run.world.nodeIds[row.client]!}/${row.number}`;
    if (row.a !== 0) line["a"] = row.a;
    if (row.b !== 0 && !isAct) line["b"] = row.b;
    const cause = this.cause(row.cause);
    if (cause !== null) line["cause"] = cause;
    return JSON.stringify(line);
  }

  /** Causes that are always kept can be named; an ordinary hop may be gone, so it never is. */
  private cause(id: number): string | null {
    const row = this.journal.find(id);
    if (row === null || vocabulary[row.what] === "hop") return null;
    const who = row.who >= 0 ? ` ${this.name(row.who, row.whoIncarnation)}` : "";
    return `${row.at} ${row.what === "act" ? this.run.actNames[row.b]! : row.what}${who}`;
  }

  private name(entity: number, incarnation: number): string {
    return `${this.run.world.nodeIds[entity]!}#${incarnation}`;
  }
}
