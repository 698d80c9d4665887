import { compareText } from "../base/order.ts";
import { assert } from "../base/assert.ts";
import { AgentChecks } from "./agent-checks.ts";
import { Addressing } from "./addressing.ts";
import { Calling } from "./calling.ts";
import { Checks } from "./checks.ts";
import { MachineDisks } from "./disks.ts";
import { Discovery } from "./discovery.ts";
import { makeAddresses, makeEntities, presence } from "./entities.ts";
import { Feed } from "./feed.ts";
import { Hosting, type HostingOptions } from "./hosting.ts";
import { linkActs } from "../document/link-settings.ts";
import { Journal, whatNumber } from "./journal.ts";
import type { Behaviour, Kinds } from "./kind.ts";
import { Kernel } from "./kernel/kernel.ts";
import type { Checkpointed } from "./kernel/table.ts";
import { makeLinks } from "./links.ts";
import { hostMachine } from "./machines/machine-host.ts";
import { Metrics } from "./metrics.ts";
import { Network, type Ending } from "./network.ts";
import { code } from "./protocol.ts";
import { callerParts } from "./caller-parts.ts";
import { Predictions } from "./predictions.ts";
import { Images } from "./images/images.ts";
import { Pulls } from "./pulls.ts";
import { Environments } from "./environments.ts";
import { MachineWires } from "./machine-wires.ts";
import { Members } from "./members.ts";
import type { Memories } from "./memories.ts";
import type { Processors } from "./processors.ts";
import { Pushes } from "./pushes.ts";
import { Questions } from "./questions.ts";
import { RequestKeys } from "./request-keys.ts";
import { makeMemories, makeProcessors, makeServing } from "./run-parts.ts";
import type { Serving, ServiceConfig } from "./serving.ts";
import { ServiceConfigs, type WorkSettings } from "./service-config.ts";
import { Tasks } from "./tasks.ts";
import { Upstreams } from "./upstreams.ts";
import { luckKey, makeWorld, type LinkConfig, type NodeConfig, type World } from "./world.ts";
import type { AnyStateMachine } from "xstate";
import type { Topology } from "../document/topology.ts";
import type { PartStatus } from "./status.ts";

/** Everything of one run that an event may change, and the parts that change it. Kinds are handed this. */
export class Run {
  readonly kernel = new Kernel();
  readonly entities = makeEntities();
  readonly addresses = makeAddresses();
  readonly links = makeLinks();
  readonly journal = new Journal(this.kernel, this.entities);
  readonly feed = new Feed(this.kernel);
  readonly network = new Network(this.kernel, this.entities, this.addresses, this.links, this.journal, this.feed);
  readonly tasks = new Tasks(this.kernel, this.entities, this.network);
  readonly metrics = new Metrics(this.kernel, this.entities);
  readonly upstreams = new Upstreams(this.kernel, this.entities, this.addresses, this.journal);
  readonly requestKeys = new RequestKeys((client) => this.luck[client]!);
  readonly calling: Calling;
  readonly serving: Serving;
  readonly checks: Checks;
  readonly agentChecks: AgentChecks;
  readonly addressing: Addressing;
  readonly images = new Images();
  readonly pulls: Pulls;
  readonly disks: MachineDisks;
  readonly wires: MachineWires;
  readonly pushes: Pushes;
  readonly discovery: Discovery;
  readonly questions: Questions;
  readonly predictions: Predictions;
  readonly processors: Processors;
  readonly memories: Memories;
  readonly members: Members;
  readonly environments: Environments;
  readonly seed: number;
  readonly memory: boolean;
  world: World;
  /** The lives of links, once they are hosted. */
  linkLife: Hosting | null = null;
  private readonly kept: Checkpointed[] = [];
  private readonly kindNumbers = new Map<string, number>();
  private readonly behaviours: Behaviour[] = [];
  /** What is called for every request, by kind's number: one look-up where the behaviours' own shapes differ. */
  private readonly accepts: NonNullable<Behaviour["accept"]>[] = [];
  private readonly endeds: NonNullable<Behaviour["ended"]>[] = [];
  private readonly finisheds: NonNullable<Behaviour["finished"]>[] = [];
  private readonly idles: ((row: number) => void)[] = [];
  private readonly serviceConfigs = new ServiceConfigs();
  private hostings = 0;
  private luck: number[] = [];
  private readonly receivers: ((to: number, first: number, second: number) => void)[][] = [];

  /** Names of all acts, for rows about them. */
  readonly actNames: readonly string[];

  constructor(document: Topology, kinds: Kinds, seed: number, memory: boolean) {
    this.seed = seed;
    this.memory = memory;
    this.actNames = [...new Set([...linkActs, ...[...kinds.values()].flatMap((kind) => kind.acts)])].sort(compareText);
    this.world = makeWorld({ ...document, nodes: {}, links: {} }, kinds, null);
    const ask: Calling["ask"] = (link, task, attempt, ordinal) => this.questions.ask(link, task, attempt, ordinal);
    const { kernel, entities, addresses, links, journal, network, tasks, upstreams } = this;
    this.calling = new Calling(
      { kernel, entities, addresses, links, journal, network, tasks, upstreams, world: () => this.world },
      (task, status, how) => this.finished(task, status, how),
      ask,
    );
    this.processors = makeProcessors(this);
    this.keep(this.processors.table);
    this.keep(this.processors.windows);
    this.memories = makeMemories(this);
    this.keep(this.memories.table);
    this.keep(this.memories.steps);
    this.members = new Members(this);
    this.environments = new Environments(this);
    this.serving = makeServing(this, (client) => this.luck[client]!);
    this.serving.use(this.calling);
    this.serving.onIdle = (row) => this.idles[this.entities.kind[row]!]!(row);
    this.checks = new Checks(this);
    this.agentChecks = new AgentChecks(this);
    this.addressing = new Addressing(this);
    this.pulls = new Pulls(this);
    this.disks = this.keep(new MachineDisks(this));
    this.wires = this.keep(new MachineWires(this));
    this.pushes = new Pushes(this);
    this.discovery = new Discovery(this);
    this.questions = new Questions(this);
    this.predictions = new Predictions(this);
    this.tasks.onDeadline = (task) => this.of(this.tasks.table.entity[task]!).deadline?.(task);
    const abandoned = (target: number) => this.upstreams.released(target, false);
    this.tasks.onAbandoned = abandoned;
    upstreams.rows.onVacated((target) => tasks.forgetTarget(upstreams.ownerOf(target), target));
    this.network.use({
      abandoned,
      accept: (row, call) => this.accepts[this.entities.kind[row]!]!(row, call),
      heeds: (row) => this.of(row).callerLeft !== undefined,
      callerLeft: (row, call) => this.of(row).callerLeft!(tasks.ofClosed(call)),
      standIn: (owner, from) => this.of(owner).standIn?.(owner, from) ?? -1,
      ended: (row, call, how) => this.endeds[this.entities.kind[row]!]!(row, call, how),
    });
    for (const kind of kinds.values()) {
      this.kindNumbers.set(kind.id, this.behaviours.length);
      this.behaviours.push(undefined as never);
      this.receivers.push([]);
    }
    for (const kind of kinds.values()) {
      this.building = this.kindNumbers.get(kind.id)!;
      const behaviour = kind.behaviour(this);
      this.behaviours[this.building] = behaviour;
      this.accepts.push(behaviour.accept?.bind(behaviour) ?? refuseToAccept);
      this.endeds.push(behaviour.ended?.bind(behaviour) ?? ((_, call, how) => this.calling.ended(call, how)));
      this.finisheds.push(behaviour.finished?.bind(behaviour) ?? ((task, status) => this.serving.finish(task, status)));
      this.idles.push(behaviour.idle?.bind(behaviour) ?? nothing);
    }
  }

  private building = 0;

  /** Lookups whose answer is known from the beginning of a warm run, once every registration is. */
  readonly pendingLookups: LinkConfig[] = [];

  /** Who builds the image of this name; −1: nobody in the document, so it was built elsewhere and is in every registry. */
  builderOf(image: string): number {
    return this.world.builders.get(image) ?? -1;
  }

  /** The addresses that a caller holds, by its links and by its lookups. */
  partsOf(row: number): PartStatus[] {
    return callerParts(this, row);
  }

  /** Takes a table of a kind's own into every checkpoint. */
  keep<T extends Checkpointed>(table: T): T {
    this.kept.push(table);
    return table;
  }

  /** Runs an XState machine for rows of a column; its delays are kept in every checkpoint. */
  host(machine: AnyStateMachine, options: Omit<HostingOptions, "machine" | "code">): Hosting {
    const hosting = new Hosting(this.kernel, {
      ...options,
      machine: hostMachine(machine, { memory: this.memory }),
      code: code.machineTimers + this.hostings++,
    });
    this.keep(hosting.delays);
    return hosting;
  }

  /** While a kind's behaviour is being made: what its things do with a message to them. */
  receive(message: number, handler: (to: number, first: number, second: number) => void): void {
    this.receivers[this.building]![message] = handler;
    this.kernel.on(message, (to, first, second) => this.receivers[this.entities.kind[to]!]![message]?.(to, first, second));
  }

  of(row: number): Behaviour {
    return this.behaviours[this.entities.kind[row]!]!;
  }

  kindNumber(id: string): number {
    return this.kindNumbers.get(id)!;
  }

  node(row: number): NodeConfig {
    const node = this.world.nodes[row];
    assert(node !== undefined, "a node that is asked for is in the document");
    return node;
  }

  /** While an edit is being followed: things are created, and wired to each other after that. */
  following = false;

  /** Takes on a new world: what is derived from it is derived anew. */
  learn(world: World): void {
    this.world = world;
    this.calling.learn(world);
    this.processors.learn(world);
    this.requestKeys.learn(world);
    this.luck = world.nodeIds.map((id) => luckKey(this.seed, id, "requests"));
  }

  luckOf(row: number, purpose: string): number {
    return luckKey(this.seed, this.world.nodeIds[row]!, purpose);
  }

  private finished(task: number, status: number, how: Ending): void {
    this.finisheds[this.entities.kind[this.tasks.table.entity[task]!]!]!(task, status, how);
  }

  note(what: keyof typeof whatNumber, who: number, whom = -1, a = 0, b = 0): void {
    this.journal.write(whatNumber[what], who, whom, -1, 0, a, b);
  }

  /** Something about a thing has changed that its card shows. */
  touch(row: number): void {
    this.entities.changed[row] = 3;
  }

  /** An image is somewhere else now, or another one, or has another instance: the packages say so. */
  imagesMoved(): void {
    for (const row of this.world.packages) this.touch(row);
  }

  /** A life has come to another state. */
  stateChanged(row: number): void {
    this.entities.sinceUs[row] = this.kernel.nowUs;
    this.touch(row);
  }

  // Places.

  /** Whether everything around a thing is up. */
  placeIsUp(row: number): boolean {
    for (let parent = this.entities.parent[row]! - 1; parent >= 0; parent = this.entities.parent[parent]! - 1)
      if (this.entities.up[parent] === 0) return false;
    return true;
  }

  setPresence(row: number, value: number): void {
    this.entities.presence[row] = value;
    this.refresh(row, this.placeIsUp(row));
  }

  /** A place comes up or goes down; those in it are told by `tellChildren`. */
  setUp(row: number, up: boolean): void {
    this.entities.up[row] = up ? 1 : 0;
    this.setPresence(row, up ? presence.open : presence.silent);
  }

  private refresh(row: number, around: boolean): void {
    const { entities } = this;
    entities.effective[row] = around ? entities.presence[row]! : presence.silent;
    const parent = entities.parent[row]! - 1;
    const isCutOffItself = entities.island[row] === row + 1;
    if (!isCutOffItself) entities.island[row] = parent < 0 ? 0 : entities.island[parent]!;
    const children = this.world.nodes[row]?.children;
    if (children !== undefined) for (const child of children) this.refresh(child, around && entities.up[row] === 1);
  }

  /** Cuts a place off from the rest of the network, or joins it again: that is the last word on all who answered in it. */
  setIsland(row: number, cut: boolean, told = 0): void {
    const { island, lastLife, effective, parent } = this.entities;
    const around = parent[row] === 0 ? 0 : island[parent[row]! - 1]!;
    const visit = (node: number) => {
      // What is cut off by itself within it stays so.
      if (node !== row && island[node] === node + 1) return;
      island[node] = cut ? row + 1 : around;
      if (cut ? effective[node] === presence.open : lastLife[node] === told) lastLife[node] = lastLife[row]!;
      this.touch(node);
      for (const child of this.node(node).children) visit(child);
    };
    visit(row);
    if (cut) this.pulls.hush(({ from, to }) => island[from] !== island[to]);
  }

  tellChildren(row: number, up: boolean): void {
    const cause = this.kernel.cause;
    for (const child of this.node(row).children) {
      this.kernel.cause = cause;
      if (up) this.of(child).placeUp?.(child);
      else this.of(child).placeDown?.(child);
    }
    this.kernel.cause = cause;
  }

  private stoppingIn = -1;

  /** What stands in a place is to end in good order, and the place after it; whether some of it still needs a while. */
  stopChildren(row: number): boolean {
    const { cause } = this.kernel;
    const outer = this.stoppingIn;
    this.stoppingIn = row;
    let isAwaited = false;
    for (const child of this.node(row).children) {
      this.kernel.cause = cause;
      if (this.of(child).placeStops?.(child) === true) isAwaited = true;
    }
    this.stoppingIn = outer;
    this.kernel.cause = cause;
    return isAwaited;
  }

  /** A thing has ended; a place that is just telling all in it to end will see that by itself. */
  left(row: number): void {
    const parent = this.entities.parent[row]! - 1;
    if (parent >= 0 && parent !== this.stoppingIn) this.of(parent).leftBy?.(parent);
  }

  /** Sets memory aside in the machine that a thing stands in; false: there is not enough left. */
  reserve(row: number, megabytes: number): boolean {
    const machine = this.entities.parent[row]! - 1;
    if (machine < 0) return true;
    if (this.entities.reservedMb[machine]! + megabytes > this.capacityMb(machine)) return false;
    this.entities.reservedMb[machine]! += megabytes;
    this.touch(machine);
    return true;
  }

  release(row: number, megabytes: number): void {
    const machine = this.entities.parent[row]! - 1;
    if (machine < 0) return;
    this.entities.reservedMb[machine]! -= megabytes;
    this.touch(machine);
  }

  /** What a machine has for those in it. */
  capacityMb(machine: number): number {
    const settings = this.node(machine).settings as Record<string, number>;
    return (settings["memoryMb"] ?? Infinity) - (settings["guestOsMb"] ?? 0);
  }

  // Services.

  serviceConfig(row: number): ServiceConfig {
    return this.serviceConfigs.of(this.node(row).settings as unknown as WorkSettings);
  }

  // Checkpoints.

  private all(): Checkpointed[] {
    return [
      this.kernel,
      this.entities,
      this.addresses,
      this.links,
      this.network.calls,
      this.network.timeouts,
      this.tasks.table,
      this.tasks.deadlines,
      this.metrics,
      this.upstreams,
      this.images,
      this.pulls,
      this.pushes,
      this.discovery,
      this.questions,
      this.addressing,
      ...this.kept,
    ];
  }

  /** Bytes of all columns. */
  get bytes(): number {
    const parts = [...this.all(), this.journal] as { bytes?(): number }[];
    return parts.reduce((sum, part) => sum + (part.bytes?.() ?? 0), 0);
  }

  save(): unknown[] {
    return this.all().map((part) => part.save());
  }

  load(saved: readonly unknown[]): void {
    this.all().forEach((part, index) => part.load(saved[index]));
  }
}

function nothing(): void {}

function refuseToAccept(): never {
  throw new Error("a call has reached a thing that accepts none");
}
