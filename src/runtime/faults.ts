import type { NodeId } from "../document/topology.ts";
import type { LogRow } from "../engine/status.ts";
import { vocabulary, type What } from "../engine/vocabulary.ts";
import type { Rows } from "./engine-port.ts";

/** What went wrong, as captions tell it: the act (or the death without one) from which everything else follows. */
export interface Fault {
  /** The journal row it starts at. */
  readonly row: number;
  readonly atUs: number;
  /** Names a clause in the words of captions: the act, or what happened by itself. */
  readonly cause: string;
  readonly node: NodeId | null;
  /** The first time of each thing that the director slows down for, and which target and observer it watches. */
  readonly seen: readonly string[];
}

export interface Explanation {
  readonly fault: Fault | null;
  /** Whoever is at fault and has the request in hand. */
  readonly holder: NodeId | null;
}

interface Sufferer {
  readonly fault: number;
  /** It gets requests again: its losses from now on are another story. */
  readonly back: boolean;
}

/** Rows that start a fault if no act did, and that tie it to the nodes which it befell. */
export const befalls: ReadonlySet<string> = new Set([
  "died",
  "exited",
  "stop-ignored",
  "hung",
  "slowed",
  "erring",
  "resetting",
  "failing",
  "stopping",
  "power-lost",
  "shutting-down",
  "panicked",
  "wrecked",
  "oom-killed",
  "heap-full",
  "isolated",
  "cut",
  "cut-there",
  "cut-back",
  "moved",
  "removed",
]);
const drops = new Set(["target-down", "target-removed", "passed-over"]);
const givesBack = new Set(["target-up", "target-added", "readmitted"]);
/** Acts that mend: what follows from them belongs to the fault they mend, if there is one. */
const mending = new Set(["recreate", "start", "power-on", "resume", "restore", "mend", "restart", "repair"]);
/** Rows that blame somebody: once it is back they are no longer its old fault's. */
const blaming = new Set(["missed", "target-down", "passed-over", "expired", "critical", "replica-down", "failed", "timed-out"]);
/** Losses that say themselves why: nobody else needs to be at fault. */
const ownStories = new Set(["rejected", "full", "queue-timed-out"]);
const walkLimit = 64;
/** What had run for so long had recovered, as Docker's back-off sees it: its next end is a fault of its own. */
const longRunUs = 10_000_000;

/** Finds the fault from which a journal row follows: along its causes, or else by the nodes it names. */
export class Faults {
  private faults = new Map<number, Fault>();
  /** Which fault an act (or the end of a process) belongs to; a mending act belongs to what it mends. */
  private ofAct = new Map<number, number>();
  /** By node, and for a wire that was cut by its two ends. */
  private sufferers = new Map<string, Sufferer>();
  /** Whoever lost a target, and the fault that took it. */
  private droppers = new Map<NodeId | null, number>();

  clone(): Faults {
    const copy = new Faults();
    copy.faults = new Map(this.faults);
    copy.ofAct = new Map(this.ofAct);
    copy.sufferers = new Map(this.sufferers);
    copy.droppers = new Map(this.droppers);
    return copy;
  }

  /** The fault a row follows from, having noted what the row says of faults; null where it follows from none. */
  of(row: LogRow, rows: Rows): Fault | null {
    // Whom an edit of the document takes away nobody has noticed.
    if (drops.has(row.what) && row.cause !== null && rows.row(row.cause)?.what === "edited") return null;
    const root = this.rootOf(row, rows);
    const fault = root === null ? this.ofNodes(row) : this.ofRoot(root, row);
    if (fault !== null && befalls.has(row.what)) this.suffer(row, fault);
    if (fault !== null && drops.has(row.what)) this.droppers.set(row.who, fault.row);
    this.recover(row);
    return fault;
  }

  /** What explains a loss that no cause explains: who has the request in hand, or took the targets away. */
  ofRequest(origin: LogRow, rows: Rows): Explanation {
    if (origin.what === "no-target") return { fault: this.get(this.droppers.get(origin.who) ?? -1), holder: null };
    if (origin.client === null || ownStories.has(origin.what)) return { fault: null, holder: null };
    for (const id of rows.ofRequest(origin.client, origin.number).reverse()) {
      const row = rows.row(id);
      const found = row === null ? null : (this.ofHolder(row) ?? this.ofFailure(row, rows));
      if (found !== null) return found;
    }
    return { fault: null, holder: null };
  }

  /** The fault of a call that failed earlier in a journey whose hops are no longer held. */
  private ofFailure(row: LogRow, rows: Rows): Explanation | null {
    const fault = vocabulary[row.what as What] === "loss" ? this.of(row, rows) : null;
    return fault === null ? null : { fault, holder: row.whom };
  }

  /** The open fault of whoever a row of a request's journey leaves the request with. */
  private ofHolder(row: LogRow): Explanation | null {
    const holder = row.what === "sent" ? row.whom : row.who;
    for (const name of [wire(row.who, row.whom), holder]) {
      const sufferer = name === null ? undefined : this.sufferers.get(name);
      if (sufferer !== undefined && !sufferer.back) return { fault: this.get(sufferer.fault), holder };
    }
    return null;
  }

  get(row: number): Fault | null {
    return this.faults.get(row) ?? null;
  }

  /** Whether this is the first of its kind that the fault brings; it is noted. */
  isFirst(fault: Fault, what: string): boolean {
    const known = this.faults.get(fault.row) ?? fault;
    if (known.seen.includes(what)) return false;
    this.faults.set(fault.row, { ...known, seen: [...known.seen, what] });
    return true;
  }

  /** The act that a row goes back to, or the row where it started by itself; null if it is ordinary traffic. */
  private rootOf(row: LogRow, rows: Rows): LogRow | null {
    let start: LogRow | null = befalls.has(row.what) ? row : null;
    let at: LogRow | null = row;
    for (let steps = 0; at !== null && steps < walkLimit; steps++) {
      if (at.what === "act") return at;
      if (at.what === "issued" || at.cause === null) break;
      at = rows.row(at.cause);
      if (at !== null && start?.what === "exited" && at.what === "up" && start.atUs - at.atUs >= longRunUs) break;
      // All rounds of a crash loop are one fault, however many there are.
      if (at !== null && this.ofAct.has(at.row)) return at;
      if (at !== null && befalls.has(at.what)) start = at;
    }
    return start;
  }

  private ofRoot(root: LogRow, row: LogRow): Fault | null {
    const known = this.ofAct.get(root.row);
    if (known !== undefined) return this.get(known);
    // What is done at 0 s is how the run begins, and no fault of it.
    if (root.atUs === 0) return null;
    const open = root.act !== null && mending.has(root.act) ? this.sufferer(root) : undefined;
    const mended = open === undefined ? null : this.get(open.fault);
    // An act that changes nothing starts no fault, and mending what is whole starts one only if it breaks it first.
    if (mended === null && root.what === "act" && !befalls.has(row.what)) return this.ofNodes(row);
    const fault = mended ?? begin(root);
    this.faults.set(fault.row, fault);
    this.ofAct.set(root.row, fault.row);
    return fault;
  }

  private sufferer({ who, whom }: LogRow): Sufferer | undefined {
    return this.sufferers.get(wire(who, whom) ?? who ?? "");
  }

  private ofNodes(row: LogRow): Fault | null {
    for (const name of [wire(row.who, row.whom), row.whom, row.who]) {
      const sufferer = name === null ? undefined : this.sufferers.get(name);
      if (sufferer === undefined || (sufferer.back && blaming.has(row.what))) continue;
      return this.get(sufferer.fault);
    }
    return null;
  }

  private suffer(row: LogRow, fault: Fault): void {
    const name = row.what.startsWith("cut") ? wire(row.who, row.whom) : row.who;
    if (name !== null) this.sufferers.set(name, { fault: fault.row, back: false });
    if (row.what === "exited") this.ofAct.set(row.row, fault.row);
  }

  private recover(row: LogRow): void {
    if (givesBack.has(row.what)) this.droppers.delete(row.who);
    if (row.what === "target-up") this.isBack(row.whom);
    if (row.what === "mended") this.isBack(wire(row.who, row.whom));
    if (row.what === "resumed") this.isBack(row.who);
    if (row.what === "first-request" && row.who !== null) this.sufferers.delete(row.who);
  }

  private isBack(name: string | null): void {
    const sufferer = name === null ? undefined : this.sufferers.get(name);
    if (name !== null && sufferer !== undefined) this.sufferers.set(name, { ...sufferer, back: true });
  }
}

function wire(from: NodeId | null, to: NodeId | null): string | null {
  return from === null || to === null ? null : `${from} → ${to}`;
}

function begin(root: LogRow): Fault {
  return { row: root.row, atUs: root.atUs, cause: root.act ?? root.what, node: root.who, seen: [] };
}
