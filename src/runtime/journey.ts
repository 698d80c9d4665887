import type { NodeId } from "../document/topology.ts";
import { vocabulary, type What } from "../engine/vocabulary.ts";
import type { Journey, JourneyStep, LogRow } from "./protocol.ts";
import type { Engine, Rows } from "./engine-port.ts";
import type { Run } from "./run.ts";

/** The journal keeps the newest hops; a replay is read in pieces smaller than what it keeps. */
const eventsAtOnce = 4_000;
const whyLimit = 64;

/** A request's journey so far, with rows that were dropped recomputed on a fork; null if nobody ever issued it. */
export function journeyOf(run: Run, client: NodeId, number: number): Journey | null {
  const rows = new Map<number, LogRow>();
  collect(run.engine.journal, client, number, rows);
  if (!isWhole(rows)) recompute(run, client, number, rows);
  const ordered = [...rows.values()].sort((one, other) => one.row - other.row);
  const first = ordered[0];
  if (first === undefined) return null;
  const ended = ordered.find(({ what }) => what in outcomes) ?? null;
  return {
    client,
    number,
    outcome: outcomes[ended?.what ?? ""] ?? "in flight",
    issuedUs: first.atUs,
    endedUs: ended?.atUs ?? null,
    steps: ordered.map((row, index): JourneyStep => ({ ...row, lastsUs: lastsUs(row, ordered[index + 1]) })),
    why: why(run, ordered, rows),
  };
}

const outcomes: Readonly<Record<string, Journey["outcome"]>> = { served: "served", failed: "failed", "timed-out": "timed out" };

function lastsUs(row: LogRow, next: LogRow | undefined): number | null {
  return next === undefined ? null : next.atUs - row.atUs;
}

function collect(journal: Rows, client: NodeId, number: number, into: Map<number, LogRow>): void {
  for (const id of journal.ofRequest(client, number)) {
    const row = journal.row(id);
    if (row !== null) into.set(id, row);
  }
}

const isWhole = (rows: ReadonlyMap<number, LogRow>): boolean => [...rows.values()].some(({ what }) => what === "issued");

/** Plays the past again from the last checkpoint at which the request had not been issued, until it has ended. */
function recompute(run: Run, client: NodeId, number: number, rows: Map<number, LogRow>): void {
  const issued = (engine: Engine) => engine.countersOf(client)?.issued ?? 0;
  if (issued(run.engine) < number) return;
  const engine = run.past((past) => issued(past) < number);
  if (engine === null) return;
  let looksAfterEnd = 0;
  const look = () => {
    collect(engine.journal, client, number, rows);
    if (hasEnded(rows)) looksAfterEnd++;
  };
  // Whoever still works on it when it has ended writes a few rows more.
  replay(engine, run, look, run.nowUs, () => looksAfterEnd > 1);
}

const hasEnded = (rows: ReadonlyMap<number, LogRow>): boolean => [...rows.values()].some(({ what }) => what in outcomes);

/** From the loss back to the act that caused it; empty if nothing was lost. */
function why(run: Run, ordered: readonly LogRow[], known: ReadonlyMap<number, LogRow>): LogRow[] {
  let row: LogRow | null = ordered.findLast(({ what }) => vocabulary[what as What] === "loss") ?? null;
  const chain: LogRow[] = [];
  while (row !== null && chain.length < whyLimit) {
    chain.push(row);
    if (row.what === "act" || row.what === "issued" || row.cause === null) break;
    row = run.engine.journal.row(row.cause) ?? known.get(row.cause) ?? recall(run, row.cause);
  }
  return chain;
}

/** A row that has been dropped, by playing again until it is written. */
function recall(run: Run, id: number): LogRow | null {
  const engine = run.past((past) => past.journal.length <= id);
  if (engine === null) return null;
  let found: LogRow | null = null;
  replay(
    engine,
    run,
    () => (found ??= engine.journal.row(id)),
    run.nowUs,
    () => engine.journal.length > id,
  );
  return found;
}

/** Plays a fork of the run to a time in pieces, with the run's own inputs. */
function replay(engine: Engine, run: Run, look: () => void, toUs: number, isDone: () => boolean = () => false): void {
  const { inputs } = run.recipe;
  for (;;) {
    const input = inputs[engine.inputs.length];
    const goalUs = input === undefined ? toUs : Math.min(toUs, input.atUs - 1);
    const arrived = engine.nowUs >= goalUs || engine.runUntil(goalUs, eventsAtOnce);
    look();
    if (isDone() || (arrived && goalUs === toUs)) return;
    if (!arrived || input === undefined) continue;
    if ("act" in input) engine.act(input.act);
    else engine.edit(input.document);
    engine.runUntil(input.atUs);
  }
}
