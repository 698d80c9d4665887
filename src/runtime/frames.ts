import type { NodeId } from "../document/topology.ts";
import type { Counters, LogRow, NodeStatus } from "../engine/status.ts";
import type { Caption, Frame, IndexMessage, TimeState } from "./protocol.ts";
import type { Engine } from "./engine-port.ts";
import type { Run } from "./run.ts";

const statusEveryMs = 100;
const countersEveryMs = 100;
const ratesEveryMs = 250;
const nodeCountersPerFrame = 300;
const logRowsPerFrame = 500;

export interface FrameWish {
  /** Wall time since the last frame. */
  readonly wallMs: number;
  /** The run jumped; everything is told anew. */
  readonly fresh: boolean;
  /** Nothing moves any more, so whatever was held back is told now. */
  readonly still: boolean;
  /** Ordinary hops go into the log as well. */
  readonly hops: boolean;
}

/** Makes frames of the run's state: what changed, and each thing no more often than an eye can use. */
export class Frames {
  private nowMs = 0;
  private countersAtMs = -Infinity;
  private ratesAtMs = -Infinity;
  private counters: Counters | null = null;
  private readonly late = new Set<NodeId>();
  private readonly statusAtMs = new Map<NodeId, number>();
  private readonly told = new Map<NodeId, Counters>();
  private cursor = 0;
  private nextLogRow = 0;
  private routesVersion = -1;
  private indexVersion = -1;
  private engine: Engine | null = null;

  /** The index message, when the lists that frames point into have changed. */
  index(engine: Engine): IndexMessage | null {
    if (engine === this.engine && engine.indexVersion === this.indexVersion) return null;
    this.engine = engine;
    this.indexVersion = engine.indexVersion;
    return { type: "index", nodes: [...engine.nodeIds], links: [...engine.linkIds] };
  }

  make(run: Run, time: TimeState, captions: readonly Caption[], wish: FrameWish): Frame {
    const { engine } = run;
    this.nowMs += wish.wallMs;
    if (wish.fresh) this.forget();
    const { hops, marks } = run.hops.take(wish.fresh);
    const countersDue = wish.still || this.nowMs - this.countersAtMs >= countersEveryMs;
    if (countersDue || this.counters === null) this.counters = engine.counters();
    const nodeCounters = countersDue ? this.changedCounters(engine, wish.still || wish.fresh) : [];
    if (countersDue) this.countersAtMs = this.nowMs;
    return {
      type: "frame",
      time,
      hops,
      marks,
      statuses: this.statuses(engine, wish),
      counters: this.counters,
      nodeCounters,
      captions,
      log: this.log(engine, wish.hops),
      ...this.rates(engine, wish.still),
      routes: this.routes(engine),
      fresh: wish.fresh,
    };
  }

  private forget(): void {
    this.late.clear();
    this.statusAtMs.clear();
    this.told.clear();
    this.countersAtMs = -Infinity;
    this.ratesAtMs = -Infinity;
    this.nextLogRow = 0;
    this.routesVersion = -1;
  }

  private statuses(engine: Engine, { fresh, still }: FrameWish): NodeStatus[] {
    for (const id of engine.takeChanged()) this.late.add(id);
    if (fresh) for (const id of engine.nodeIds) this.late.add(id);
    const statuses: NodeStatus[] = [];
    for (const id of this.late) {
      if (!still && this.nowMs - (this.statusAtMs.get(id) ?? -Infinity) < statusEveryMs) continue;
      this.late.delete(id);
      this.statusAtMs.set(id, this.nowMs);
      const status = engine.status(id);
      if (status !== null) statuses.push(status);
    }
    return statuses;
  }

  /** Where there are too many nodes for one frame, each has its turn. */
  private changedCounters(engine: Engine, all: boolean): (readonly [NodeId, Counters])[] {
    const { nodeIds } = engine;
    const changed: (readonly [NodeId, Counters])[] = [];
    const count = all ? nodeIds.length : Math.min(nodeIds.length, nodeCountersPerFrame);
    for (let looked = 0; looked < count; looked++) {
      this.cursor = (this.cursor + 1) % nodeIds.length;
      const id = nodeIds[this.cursor]!;
      const counters = engine.countersOf(id);
      if (counters === null || isSame(counters, this.told.get(id))) continue;
      this.told.set(id, counters);
      changed.push([id, counters]);
    }
    return changed;
  }

  private log(engine: Engine, withHops: boolean): LogRow[] {
    const { journal } = engine;
    const ids = withHops
      ? range(Math.max(this.nextLogRow, journal.length - logRowsPerFrame), journal.length)
      : [...journal.kept(this.nextLogRow)];
    this.nextLogRow = journal.length;
    return ids.slice(-logRowsPerFrame).flatMap((id) => journal.row(id) ?? []);
  }

  private rates(engine: Engine, still: boolean): Pick<Frame, "linkRates" | "routeRates"> {
    if (!still && this.nowMs - this.ratesAtMs < ratesEveryMs) return { linkRates: [], routeRates: [] };
    this.ratesAtMs = this.nowMs;
    return { linkRates: engine.linkRates(), routeRates: engine.feed.routeRates() };
  }

  private routes(engine: Engine): Frame["routes"] {
    if (engine.routesVersion === this.routesVersion) return null;
    this.routesVersion = engine.routesVersion;
    const rows = new Map(engine.nodeIds.map((id, row) => [id, row]));
    return engine.routes().map(([from, to]) => [rows.get(from)!, rows.get(to)!] as const);
  }
}

function range(from: number, to: number): number[] {
  return Array.from({ length: Math.max(0, to - from) }, (_, index) => from + index);
}

function isSame(one: Counters, other: Counters | undefined): boolean {
  return other !== undefined && (Object.keys(one) as (keyof Counters)[]).every((key) => one[key] === other[key]);
}
