import { sha256 } from "@noble/hashes/sha2.js";
import { bytesToHex, utf8ToBytes } from "@noble/hashes/utils.js";
import { whats, type Journal, type Place } from "./journal.ts";
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
    const place = this.journal.find(id)!;
    const { rows, row } = place;
    const what = whats[rows.what[row]!]!;
    const line: Record<string, unknown> = { t: rows.at[row]!, what };
    if (what === "act") line["act"] = this.run.actNames[rows.b[row]!];
    if (rows.who[row]! > 0) line["who"] = this.name(rows.who[row]!, rows.whoIncarnation[row]!);
    if (rows.whom[row]! > 0) line["whom"] = this.name(rows.whom[row]!, whomIncarnation(place));
    if (rows.client[row]! > 0) line["request"] = `${this.run.world.nodeIds[rows.client[row]! - 1]!}/${rows.number[row]!}`;
    if (rows.a[row] !== 0) line["a"] = rows.a[row]!;
    if (rows.b[row] !== 0 && what !== "act") line["b"] = rows.b[row]!;
    const cause = this.cause(rows.cause[row]!);
    if (cause !== null) line["cause"] = cause;
    return JSON.stringify(line);
  }

  /** Causes that are always kept can be named; an ordinary hop may be gone, so it never is. */
  private cause(id: number): string | null {
    const place = this.journal.find(id);
    if (place === null) return null;
    const { rows, row } = place;
    const what = whats[rows.what[row]!]!;
    if (vocabulary[what] === "hop") return null;
    const who = rows.who[row]! > 0 ? ` ${this.name(rows.who[row]!, rows.whoIncarnation[row]!)}` : "";
    return `${rows.at[row]!} ${what === "act" ? this.run.actNames[rows.b[row]!]! : what}${who}`;
  }

  private name(entity: number, incarnation: number): string {
    return `${this.run.world.nodeIds[entity - 1]!}#${incarnation}`;
  }
}

/** Rows about no request carry in `number` the incarnation that they speak of, if it may be a former one. */
export function whomIncarnation({ rows, row }: Place): number {
  return rows.client[row] === 0 && rows.number[row]! > 0 ? rows.number[row]! : rows.whomIncarnation[row]!;
}
