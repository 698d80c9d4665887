import { sampleUs, type Distribution } from "../base/distribution.ts";
import { hashString, uniform } from "../base/random.ts";
import type { Calling } from "./calling.ts";
import { conduct, strikes } from "./conduct.ts";
import { presence, type Entities } from "./entities.ts";
import { whatNumber, type Journal } from "./journal.ts";
import { priority, type Kernel } from "./kernel/kernel.ts";
import type { Metrics } from "./metrics.ts";
import type { Environments } from "./environments.ts";
import type { Memories } from "./memories.ts";
import { ending, type Network } from "./network.ts";
import type { Processors } from "./processors.ts";
import { code } from "./protocol.ts";
import { taskState, type Tasks } from "./tasks.ts";
import type { Feed } from "./feed.ts";

/** How one service handles requests. */
export interface ServiceConfig {
  readonly work: Distribution;
  readonly concurrency: number;
  readonly queueLimit: number;
  /** How much of its work needs a processor, of 1. */
  readonly computing: number;
  /** Whether its requests take memory, and whether they write to a disk. */
  readonly takesMemory: boolean;
  readonly writes: boolean;
}

interface Parts {
  readonly kernel: Kernel;
  readonly entities: Entities;
  readonly journal: Journal;
  readonly network: Network;
  readonly tasks: Tasks;
  readonly metrics: Metrics;
  readonly feed: Feed;
  readonly processors: Processors;
  readonly memories: Memories;
  readonly environments: Environments;
  /** The key of what is drawn for a client's requests. */
  luckOf(client: number): number;
  idOf(entity: number): string;
}

/**
 * Work with a concurrency limit and a bounded queue. What is left to do is stored with the rate at which it is
 * done, so that slowing, hanging and resuming in the middle of a request are exact.
 */
export class Serving {
  private readonly parts: Parts;
  private calling!: Calling;
  private readonly configs: (ServiceConfig | undefined)[] = [];
  /** The salts that tell a service's draws from another's for the same request. */
  private readonly salts: number[] = [];
  /** Called when a thing that takes no more calls (it is stopping, say) has no more work in hand. */
  onIdle: (entity: number) => void = () => {};

  constructor(parts: Parts) {
    this.parts = parts;
    parts.kernel.on(code.workDone, (entity, task, generation) => this.workDone(entity, task, generation));
  }

  use(calling: Calling): void {
    this.calling = calling;
  }

  /** Takes note of how a service is set. */
  learn(entity: number, config: ServiceConfig): void {
    this.configs[entity] = config;
    this.salts[entity] = hashString(this.parts.idOf(entity));
  }

  /** A service is set differently: with more room it takes on more. */
  configure(entity: number, config: ServiceConfig): void {
    this.learn(entity, config);
    if (this.parts.entities.presence[entity] === presence.open) this.takeFromQueue(entity);
  }

  /** Whether work and queue are full, so that even a health check is turned away. */
  isSaturated(entity: number): boolean {
    const { entities } = this.parts;
    const { concurrency, queueLimit } = this.configs[entity]!;
    return entities.busy[entity]! >= concurrency && entities.queueCount[entity]! >= queueLimit;
  }

  /** Whether a health check that asks the process itself would be told that all is well. */
  isWell(entity: number): boolean {
    return this.parts.entities.conduct[entity]! <= conduct.errs && !this.isSaturated(entity);
  }

  /** A call has arrived. */
  accept(entity: number, call: number): void {
    const { entities, journal, network, tasks } = this.parts;
    const config = this.configs[entity]!;
    const { calls } = network;
    const client = calls.client[call]!;
    const number = calls.number[call]!;
    entities.received[entity]!++;
    entities.changed[entity]! |= 2;
    if (entities.firstServed[entity] === 0) this.first(entity, calls.caller[call]!);
    journal.write(whatNumber.arrived, entity, calls.caller[call]!, client, number, 0, 0);
    if (entities.conduct[entity] === conduct.resets && entities.presence[entity] === presence.open)
      return network.turnBack(call, ending.reset);
    const task = tasks.open(entity, call, client, number);
    calls.calleeTask[call] = task + 1;
    const hung = entities.presence[entity] === presence.hung;
    if (!hung && entities.busy[entity]! < config.concurrency) return this.beginWork(task);
    if (entities.queueCount[entity]! >= config.queueLimit) return hung ? this.drop(entity, task) : this.reject(entity, task);
    tasks.enqueue(task);
    journal.write(whatNumber.queued, entity, -1, client, number, entities.queueCount[entity]!, 0);
    this.parts.feed.mark("queued", entity, client, number, -1);
  }

  private first(entity: number, caller: number): void {
    const { entities, journal, kernel } = this.parts;
    entities.firstServed[entity] = 1;
    const cause = kernel.cause;
    if (entities.lastLife[entity]! > 0) kernel.cause = entities.lastLife[entity]! - 1;
    journal.write(whatNumber["first-request"], entity, caller, -1, 0, 0, 0);
    kernel.cause = cause;
  }

  /** It hangs, and not even its queue takes more: whoever asked hears nothing and will give up. */
  private drop(entity: number, task: number): void {
    this.parts.metrics.record(entity, "timedOut", 0);
    this.parts.tasks.close(task);
  }

  /** Work and queue are full. */
  private reject(entity: number, task: number): void {
    const { journal, tasks, feed } = this.parts;
    const client = tasks.table.client[task]!;
    const number = tasks.table.number[task]!;
    journal.write(whatNumber.rejected, entity, -1, client, number, 503, 0);
    feed.mark("rejected", entity, client, number, -1);
    // It never had a place: none becomes free by its leaving.
    tasks.table.state[task] = taskState.waiting;
    this.finish(task, 503);
  }

  private beginWork(task: number): void {
    const { entities, journal, kernel, tasks, feed } = this.parts;
    const { table } = tasks;
    const entity = table.entity[task]!;
    const config = this.configs[entity]!;
    const client = table.client[task]!;
    const number = table.number[task]!;
    const call = table.incoming[task]! - 1;
    const ordinal = call < 0 ? 0 : this.parts.network.calls.ordinal[call]!;
    table.state[task] = taskState.working;
    entities.busy[entity]!++;
    table.remainingUs[task] = sampleUs(config.work, uniform(this.parts.luckOf(client), number, this.salts[entity]! + ordinal));
    table.workingSinceUs[task] = kernel.nowUs;
    journal.write(whatNumber.begun, entity, -1, client, number, 0, 0);
    if (feed.on) feed.mark("begun", entity, client, number, -1);
    if (config.takesMemory) this.parts.memories.began(entity);
    if (config.computing === 0 || !this.compute(entity, task, config.computing)) this.scheduleDone(entity, task);
  }

  /** It computes first, and waits for the rest of its work. */
  private compute(entity: number, task: number, share: number): boolean {
    const workUs = this.parts.tasks.table.remainingUs[task]!;
    return this.parts.processors.begin(entity, task, workUs * share, workUs * (1 - share));
  }

  /** What it had to compute is computed. */
  computed(task: number): void {
    const { table } = this.parts.tasks;
    table.remainingUs[task] = table.workingSinceUs[task]!;
    if (table.remainingUs[task]! > 0) this.scheduleDone(table.entity[task]!, task);
    else this.done(table.entity[task]!, task);
  }

  private scheduleDone(entity: number, task: number): void {
    const { kernel, tasks, entities } = this.parts;
    const slowness = entities.slowness[entity]! || 1;
    const { table } = tasks;
    table.workingSinceUs[task] = kernel.nowUs;
    kernel.after(Math.ceil(table.remainingUs[task]! * slowness), priority.completion, code.workDone, entity, task, table.generation[task]!);
  }

  private workDone(entity: number, task: number, generation: number): void {
    if (this.parts.tasks.table.generation[task] === generation) this.done(entity, task);
  }

  private done(entity: number, task: number): void {
    const { tasks, journal } = this.parts;
    const { table } = tasks;
    journal.write(whatNumber.worked, entity, -1, table.client[task]!, table.number[task]!, 0, 0);
    if (this.parts.entities.conduct[entity] !== conduct.good && this.errs(entity, task)) return;
    if (this.configs[entity]!.writes && this.parts.environments.diskIsFull(entity)) this.finish(task, 500);
    else if (this.calling.planOf(entity).length === 0 || !tasks.isWanted(task)) this.finish(task, 200);
    else this.calling.begin(task);
  }

  /** Answers with an error instead, if it treats this request so. */
  private errs(entity: number, task: number): boolean {
    const { entities, tasks } = this.parts;
    const { client, number } = tasks.table;
    const how = entities.conduct[entity];
    if (how === conduct.resets) return false;
    const luck = this.parts.luckOf(client[task]!);
    if (!strikes(entities.conductPercent[entity]!, luck, number[task]!, this.salts[entity]! + errSalt)) return false;
    this.finish(task, how === conduct.errs ? 500 : entities.conductPercent[entity]!);
    return true;
  }

  /** The task is done: its caller gets the status. */
  finish(task: number, status: number): void {
    const { tasks, network, journal, metrics, kernel, entities } = this.parts;
    const { table } = tasks;
    const entity = table.entity[task]!;
    const call = table.incoming[task]! - 1;
    const held = table.state[task] === taskState.working || table.state[task] === taskState.calling;
    if (tasks.isWanted(task)) {
      journal.write(whatNumber.answered, entity, network.calls.caller[call]!, table.client[task]!, table.number[task]!, status, 0);
      network.answer(call, status);
      metrics.record(entity, status < 500 ? "served" : "failed", kernel.nowUs - table.beganUs[task]!);
    } else metrics.record(entity, "timedOut", 0);
    tasks.close(task);
    if (held) entities.busy[entity]!--;
    this.takeFromQueue(entity);
    if (entities.inFlight[entity] === 0 && entities.presence[entity] !== presence.open) this.onIdle(entity);
  }

  private takeFromQueue(entity: number): void {
    const { entities, tasks, metrics } = this.parts;
    const config = this.configs[entity]!;
    while (entities.busy[entity]! < config.concurrency) {
      const task = tasks.dequeue(entity);
      if (task < 0) return;
      if (tasks.isWanted(task)) this.beginWork(task);
      else {
        metrics.record(entity, "timedOut", 0);
        tasks.close(task);
      }
    }
  }

  /** The process stops doing anything: what was being worked on keeps what is left of it. */
  hang(entity: number): void {
    this.parts.entities.presence[entity] = presence.hung;
    this.eachWorking(entity, (task) => this.bank(entity, task));
    this.parts.processors.changed(entity);
  }

  resume(entity: number): void {
    const { network, tasks } = this.parts;
    this.eachWorking(entity, (task) => this.scheduleDone(entity, task));
    this.parts.processors.changed(entity);
    this.takeFromQueue(entity);
    network.unpark(entity, tasks);
  }

  /** Everything takes `factor` times as long from now on, what is in hand included. */
  slow(entity: number, factor: number): void {
    const { entities } = this.parts;
    const hung = entities.presence[entity] === presence.hung;
    if (!hung) this.eachWorking(entity, (task) => this.bank(entity, task));
    this.parts.processors.settle(entity);
    entities.slowness[entity] = factor;
    this.parts.processors.changed(entity);
    if (!hung) this.eachWorking(entity, (task) => this.scheduleDone(entity, task));
  }

  /** Writes down what is left of a piece of work, and voids its end. */
  private bank(entity: number, task: number): void {
    const { kernel, tasks, entities } = this.parts;
    const { table } = tasks;
    const slowness = entities.slowness[entity]! || 1;
    table.remainingUs[task] = Math.max(0, table.remainingUs[task]! - (kernel.nowUs - table.workingSinceUs[task]!) / slowness);
    table.generation[task]!++;
  }

  private eachWorking(entity: number, visit: (task: number) => void): void {
    const { entities, tasks } = this.parts;
    const { table } = tasks;
    for (let task = entities.tasks[entity]! - 1; task >= 0; task = table.next[task]! - 1)
      if (table.state[task] === taskState.working) visit(task);
  }

  /** The process is gone, and everything that it had in hand with it. */
  collapse(entity: number): void {
    const { entities, tasks, metrics } = this.parts;
    for (let left = entities.inFlight[entity]!; left > 0; left--) metrics.record(entity, "failed", 0);
    tasks.closeAll(entity);
    this.parts.processors.stop(entity);
    this.parts.memories.forget(entity);
    this.parts.environments.ended(entity);
    entities.slowness[entity] = 0;
  }
}

/** Tells the draw of an error from that of the work. */
const errSalt = 0x3a7f;
