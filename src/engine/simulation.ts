import { assert } from "../base/assert.ts";
import type { Act, LinkId, NodeId, ScheduledAct, Topology } from "../document/topology.ts";
import { about, type About } from "./about.ts";
import { detections } from "./detections.ts";
import type { Feed } from "./feed.ts";
import type { Hosting } from "./hosting.ts";
import type { JournalReader } from "./journal.ts";
import { JournalView } from "./journal-view.ts";
import type { Kinds } from "./kind.ts";
import { actOnLink, hostLinks } from "./link-faults.ts";
import { reconcile } from "./reconcile.ts";
import { discovered, takenOver, turnedTo } from "./routes.ts";
import { Run } from "./run.ts";
import type { ChartDescription, Counters, Detection, Input, NodeStatus } from "./status.ts";
import { targetTable, type TargetRow } from "./target-table.ts";
import { Trace } from "./trace.ts";
import { byOrder, type World } from "./world.ts";

export interface SimulationOptions {
  readonly document: Topology;
  readonly kinds: Kinds;
  readonly inputs?: readonly Input[];
  /** Default: the document's. */
  readonly seed?: number;
  /** Default: as the document says. */
  readonly cold?: boolean;
  /** The machine-host's memory; off, XState decides every transition anew. */
  readonly memory?: boolean;
  /** Hash the trace as it goes. */
  readonly digest?: boolean;
  /** Each line of the trace, without its line feed. */
  readonly onTraceLine?: (line: string) => void;
  /** Feed messages and marks to those who draw; never changes the run. */
  readonly watch?: boolean;
  /** Keep each request's hops at hand for a while, for those who read its journey; never changes the run (default: as `watch`). */
  readonly journeys?: boolean;
}

/** All that an event may change, and what it refers to. Only the engine looks inside. */
export interface Checkpoint {
  readonly atUs: number;
  readonly events: number;
  readonly parts: readonly unknown[];
  readonly world: World;
  readonly inputs: readonly Input[];
  readonly scheduledUntilUs: number;
  readonly rows: number;
  readonly digest: ReturnType<Trace["save"]>;
}

/** Events between two drainings of the journal: so few that its rows are written over while they are still in the cache. */
const eventsAtOnce = 1 << 8;

/**
 * One run: a document played from time 0. `{document, seed, inputs}` is the whole replay; the same three give the
 * same trace, byte for byte, wherever and however it is played.
 */
export class Simulation {
  readonly seed: number;
  readonly journal: JournalView;
  readonly feed: Feed;
  private readonly options: SimulationOptions;
  private readonly run: Run;
  private readonly trace: Trace;
  private readonly linkLife: Hosting;
  private taken: Input[] = [];
  /** Inputs that the replay was given and that are still to come. */
  private coming: Input[];
  private schedule: readonly ScheduledAct[] = [];
  private scheduledUntilUs = -1;

  constructor(options: SimulationOptions, from: Checkpoint | null = null) {
    this.options = options;
    this.seed = options.seed ?? options.document.seed;
    this.run = new Run(options.document, options.kinds, this.seed, options.memory ?? true);
    this.linkLife = hostLinks(this.run);
    this.journal = new JournalView(this.run);
    this.feed = this.run.feed;
    this.feed.on = options.watch ?? false;
    this.run.journal.keepFor(readerOf(options));
    this.trace = new Trace(this.run, options.digest ?? false, options.onTraceLine ?? null);
    this.coming = [...(options.inputs ?? [])].sort((a, b) => a.atUs - b.atUs);
    if (from === null) this.enact(options.document, !(options.cold ?? options.document.start === "cold"));
    else {
      this.run.journal.beginAt(from.rows);
      this.restore(from);
    }
  }

  get nowUs(): number {
    return this.run.kernel.nowUs;
  }

  /** Events played so far. */
  get events(): number {
    return this.run.kernel.events;
  }

  get document(): Topology {
    return this.run.world.document;
  }

  get inputs(): readonly Input[] {
    return this.taken;
  }

  get nodeIds(): readonly NodeId[] {
    return this.run.world.nodeIds;
  }

  get linkIds(): readonly LinkId[] {
    return this.run.world.linkIds;
  }

  /** Changes when `nodeIds` or `linkIds` do. */
  indexVersion = 0;

  // Playing.

  /** Plays all up to and including `toUs`; false if `maxEvents` stopped it before. */
  runUntil(toUs: number, maxEvents = Infinity): boolean {
    let left = maxEvents;
    for (;;) {
      const outsideUs = this.nextOutsideUs();
      const goalUs = outsideUs <= toUs ? outsideUs - 1 : toUs;
      left -= this.playEvents(goalUs, left);
      if (left <= 0 && this.run.kernel.queue.nextAt() <= goalUs) return false;
      if (outsideUs > toUs) break;
      this.takeOutside(outsideUs);
    }
    if (toUs > this.nowUs) this.run.kernel.comeTo(toUs);
    this.settle();
    this.assertConservation();
    return true;
  }

  /** Plays the next event, input or scheduled act; false if nothing will ever happen. */
  step(): boolean {
    const outsideUs = this.nextOutsideUs();
    const eventUs = this.run.kernel.queue.nextAt();
    if (outsideUs === Infinity && eventUs === Infinity) return false;
    if (outsideUs <= eventUs) this.takeOutside(outsideUs);
    else this.run.kernel.step();
    this.settle();
    return true;
  }

  nextEventUs(): number {
    return Math.min(this.nextOutsideUs(), this.run.kernel.queue.nextAt());
  }

  private playEvents(toUs: number, most: number): number {
    let played = 0;
    while (played < most) {
      const chunk = this.run.kernel.run(toUs, Math.min(eventsAtOnce, most - played));
      played += chunk;
      this.settle();
      if (chunk < eventsAtOnce) break;
    }
    return played;
  }

  /** Does what can wait until some events have been played. */
  private settle(): void {
    this.run.metrics.settle();
    this.trace.drain();
  }

  /** The time of the next thing that comes from outside: a scheduled act, or an input. */
  private nextOutsideUs(): number {
    const inputUs = this.coming[0]?.atUs ?? Infinity;
    for (const scheduled of this.schedule) {
      const atUs = Math.round(scheduled.atMs * 1000);
      if (atUs > this.scheduledUntilUs) return Math.min(atUs, inputUs);
    }
    return inputUs;
  }

  /** What comes from outside is first at its instant: inputs in their order, then the schedule. */
  private takeOutside(atUs: number): void {
    const { kernel } = this.run;
    kernel.comeTo(Math.max(kernel.nowUs, atUs));
    while ((this.coming[0]?.atUs ?? Infinity) <= atUs) {
      const input = this.coming.shift()!;
      this.taken.push(input);
      if ("act" in input) this.perform(input.act);
      else this.enact(input.document, false);
    }
    const due = this.schedule.filter((scheduled) => {
      const dueUs = Math.round(scheduled.atMs * 1000);
      return dueUs > this.scheduledUntilUs && dueUs <= atUs;
    });
    this.scheduledUntilUs = Math.max(this.scheduledUntilUs, atUs);
    for (const scheduled of due) this.perform(scheduled);
  }

  // What is done to it.

  /** Does something to the run, at the instant after the one displayed. */
  act(act: Act): Input {
    return this.accept({ atUs: this.nowUs + 1, act });
  }

  /** The document has become another one. */
  edit(document: Topology): Input {
    return this.accept({ atUs: this.nowUs + 1, document });
  }

  private accept(input: Input): Input {
    this.coming.push(input);
    this.coming.sort((a, b) => a.atUs - b.atUs);
    return input;
  }

  private perform(act: Act): void {
    const { run } = this;
    run.kernel.cause = -1;
    const number = run.actNames.indexOf(act.act);
    const node = run.world.nodeRows.get(act.target);
    if (number < 0) return;
    if (node !== undefined && run.world.nodes[node] !== undefined) {
      run.note("act", node, -1, act.amount ?? 0, number);
      if (run.node(node).kind.acts.includes(act.act)) run.of(node).act(node, act.act, act.amount ?? 0);
      return;
    }
    const link = run.world.linkRows.get(act.target);
    if (link !== undefined && run.world.links[link] !== undefined) actOnLink(run, this.linkLife, link, act, number);
  }

  private enact(document: Topology, warm: boolean): void {
    const { run } = this;
    run.kernel.cause = -1;
    if (this.indexVersion > 0) run.note("edited", -1);
    reconcile(run, document, this.options.kinds, warm);
    this.learn();
  }

  private learn(): void {
    this.schedule = Object.values(this.run.world.document.schedule).sort((a, b) => a.atMs - b.atMs || byOrder(a, b));
    this.indexVersion++;
  }

  // Checkpoints.

  checkpoint(): Checkpoint {
    const digest = this.trace.save();
    const { run } = this;
    return {
      atUs: this.nowUs,
      events: this.events,
      parts: run.save(),
      world: run.world,
      inputs: [...this.taken, ...this.coming.filter((input) => input.atUs <= this.nowUs)],
      scheduledUntilUs: this.scheduledUntilUs,
      rows: run.journal.length,
      digest,
    };
  }

  /** Goes back (or over) to a checkpoint; inputs that came after it are no more. */
  restore(checkpoint: Checkpoint): void {
    const { run } = this;
    const isSameWorld = run.world === checkpoint.world;
    if (!isSameWorld) run.learn(checkpoint.world);
    run.load(checkpoint.parts);
    run.journal.truncate(checkpoint.rows);
    if (!isSameWorld) for (const row of run.world.order) run.of(row).relearn?.(row);
    this.trace.load(checkpoint.digest);
    this.taken = [...checkpoint.inputs];
    this.coming = [];
    this.scheduledUntilUs = checkpoint.scheduledUntilUs;
    this.learn();
    this.feed.clear();
    run.entities.changed.fill(3, 0, run.entities.length);
  }

  /** An independent simulation at the same state; its journal begins where this one's ends. */
  fork(): Simulation {
    const { onTraceLine: _, inputs: __, ...rest } = this.options;
    return new Simulation({ ...rest, seed: this.seed, watch: false, journeys: true }, this.checkpoint());
  }

  // What is told of it.

  /** Things whose card may have changed since this was last asked. */
  takeChanged(): NodeId[] {
    const { entities, world } = this.run;
    const found: NodeId[] = [];
    for (let row = 0; row < entities.length; row++) {
      if (entities.changed[row] === 0) continue;
      entities.changed[row] = 0;
      found.push(world.nodeIds[row]!);
    }
    return found;
  }

  status(id: NodeId): NodeStatus | null {
    const row = this.rowOf(id);
    if (row < 0) return null;
    const { run } = this;
    const { entities } = run;
    const address = entities.address[row]! - 1;
    const lost = entities.lostAddress[row]! - 1;
    return {
      id,
      incarnation: entities.incarnation[row]!,
      sinceUs: entities.sinceUs[row]!,
      address: address < 0 ? null : run.addressing.show(address),
      lostAddress: address < 0 && lost >= 0 ? run.addressing.show(lost) : null,
      ...run.of(row).status(row),
    };
  }

  chart(id: NodeId): ChartDescription | null {
    const row = this.rowOf(id);
    return row < 0 ? null : this.run.of(row).chart(row);
  }

  /** What is told of a thing only when somebody asks. */
  about(id: NodeId): About | null {
    return this.rowOf(id) < 0 ? null : about(this.run, this.rowOf(id));
  }

  counters(): Counters {
    return this.run.metrics.counters(this.run.tasks.issuedAndLive());
  }

  countersOf(id: NodeId): Counters | null {
    const row = this.rowOf(id);
    return row < 0 ? null : this.run.metrics.countersOf(row);
  }

  /** Who sends to whom by discovery, as consumers believe now, and to whoever has taken an address over. */
  routes(): readonly (readonly [NodeId, NodeId])[] {
    return [...discovered(this.run), ...turnedTo(this.run), ...takenOver(this.run)];
  }

  get routesVersion(): number {
    return this.run.upstreams.version;
  }

  linkRates(): readonly (readonly [number, number, number])[] {
    return this.feed.linkRates();
  }

  /** A row for each fault and each of those who watch it. */
  detections(): Detection[] {
    return detections(this.run);
  }

  /** Every balancer's targets, those that are gone included. */
  targets(): TargetRow[] {
    return targetTable(this.run);
  }

  /** SHA-256 of the trace so far, in hex; needs `digest: true`. */
  digest(): string {
    return this.trace.hash();
  }

  /** Bytes that the engine's columns take. */
  get bytes(): number {
    return this.run.bytes;
  }

  private rowOf(id: NodeId): number {
    const row = this.run.world.nodeRows.get(id);
    return row === undefined || this.run.world.nodes[row] === undefined ? -1 : row;
  }

  /** Every request issued ends exactly once. */
  private assertConservation(): void {
    const { issued, served, failed, timedOut } = this.run.metrics.whole;
    const ended = served[0]! + failed[0]! + timedOut[0]!;
    const live = this.run.tasks.issuedAndLive();
    assert(issued[0]! === ended + live, `at ${this.nowUs} µs ${issued[0]} requests were issued, ${ended} ended and ${live} live`);
  }
}

function readerOf({ watch = false, journeys = false, digest = false, onTraceLine }: SimulationOptions): JournalReader {
  return watch ? "watcher" : journeys ? "recall" : digest || onTraceLine !== undefined ? "trace" : "nobody";
}
