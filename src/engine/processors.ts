import { presence, type Entities } from "./entities.ts";
import { Lanes } from "./kernel/lanes.ts";
import { priority, type Kernel } from "./kernel/kernel.ts";
import { makeTable } from "./kernel/table.ts";
import { processorPlan, type ProcessorPlan } from "./processor-plan.ts";
import { code } from "./protocol.ts";
import { taskState, type Tasks } from "./tasks.ts";
import type { World } from "./world.ts";

/** How long machines look back when they say how busy they are. */
const windowUs = 500_000;
/** Windows without a core left until a machine says so, and windows with room until it says that. */
const windowsUntilFull = 2;
const windowsUntilFree = 4;

interface Parts {
  readonly kernel: Kernel;
  readonly entities: Entities;
  readonly tasks: Tasks;
  /** A thread has computed what it had to. */
  computed(task: number): void;
  /** A machine has no core left, or has one again. */
  noteFull(machine: number, isFull: boolean, threads: number): void;
  touch(row: number): void;
}

/**
 * Cores, shared out among those who compute. Threads of one process all go at one rate, so a process keeps a clock of
 * work done per thread: a piece of work ends when that clock has come as far as the piece is long, and whatever slows
 * the process down slows the clock alone. Nothing here costs anything where nobody computes.
 */
export class Processors {
  private readonly parts: Parts;
  /** By entity: processes and machines. */
  readonly table = makeTable({
    /** Threads that compute for a request, and that compute for ever. */
    threads: "i32",
    hogs: "i32",
    /** Cores that each thread gets; work that each has done since time began; and when that was last written down. */
    rate: "f64",
    workedUs: "f64",
    sinceUs: "f64",
    /** Of its tasks the one that ends first (row + 1), and what the event for that must carry. */
    first: "i32",
    generation: "i32",
    /** Cores in use now; core time used in this window; cores used on average in the one before. */
    given: "f64",
    usedUs: "f64",
    usedBefore: "f64",
    /** Windows in a row without a core left (above zero), or with room (below). */
    streak: "i32",
    isFull: "u8",
  });
  readonly windows: Lanes;
  private plan: ProcessorPlan = processorPlan([]);
  private demand: number[] = [];

  constructor(parts: Parts) {
    this.parts = parts;
    this.windows = new Lanes(parts.kernel, code.processorWindow, (machine) => this.closeWindow(machine));
    parts.kernel.on(code.computed, (entity, task, generation) => this.firstDone(entity, task, generation));
  }

  /** What machines there are, and who stands on them. */
  learn(world: World): void {
    this.plan = processorPlan(world.nodes);
    this.demand = new Array<number>(world.nodes.length).fill(0);
  }

  /** A task begins with so much computing, and goes on waiting for so long; false where it stands on no machine. */
  begin(entity: number, task: number, computingUs: number, waitingUs: number): boolean {
    if ((this.plan.machine[entity] ?? -1) < 0) return false;
    this.grow(entity);
    this.bank(entity);
    const { table } = this.parts.tasks;
    table.state[task] = taskState.computing;
    table.remainingUs[task] = this.table.workedUs[entity]! + computingUs;
    table.workingSinceUs[task] = waitingUs;
    this.table.threads[entity]!++;
    const first = this.table.first[entity]! - 1;
    const isFirst = first < 0 || table.remainingUs[task]! < table.remainingUs[first]!;
    if (isFirst) this.table.first[entity] = task + 1;
    this.share(entity, isFirst);
    return true;
  }

  /** How many threads of it compute for ever from now on. */
  hog(entity: number, threads: number): void {
    this.grow(entity);
    this.bank(entity);
    this.table.hogs[entity] = threads;
    this.share(entity, false);
  }

  /** Its process is gone. */
  stop(entity: number): void {
    if (entity >= this.table.length) return;
    const { table } = this;
    if (table.threads[entity] === 0 && table.hogs[entity] === 0) return;
    this.bank(entity);
    table.threads[entity] = 0;
    table.hogs[entity] = 0;
    table.first[entity] = 0;
    this.share(entity, true);
  }

  /** It hangs, wakes, is slowed, or is set differently. Before it is slowed, `settle` writes down what is done. */
  changed(row: number): void {
    if (row < this.table.length) this.share(row, true);
  }

  settle(entity: number): void {
    if (entity < this.table.length) this.bank(entity);
  }

  private firstDone(entity: number, task: number, generation: number): void {
    const { table } = this;
    if (table.generation[entity] !== generation) return;
    this.bank(entity);
    table.threads[entity]!--;
    // It is no longer among those that compute when the next one is looked for.
    this.parts.tasks.table.state[task] = taskState.working;
    table.first[entity] = this.firstOf(entity) + 1;
    this.share(entity, true);
    this.parts.computed(task);
  }

  private firstOf(entity: number): number {
    const { table } = this.parts.tasks;
    let first = -1;
    for (let task = this.parts.entities.tasks[entity]! - 1; task >= 0; task = table.next[task]! - 1)
      if (table.state[task] === taskState.computing && (first < 0 || table.remainingUs[task]! < table.remainingUs[first]!)) first = task;
    return first;
  }

  /** Shares out the cores anew of the real machine under a thing. `isOther`: the thing's first task is another one. */
  private share(entity: number, isOther: boolean): void {
    const root = this.plan.root[entity] ?? -1;
    const generation = this.table.generation[entity];
    if (root >= 0) {
      this.ask(root);
      this.shareOut(root, this.plan.cores[root]!);
    }
    // Another rate has its event already.
    if (!isOther || this.table.generation[entity] !== generation) return;
    this.table.generation[entity]!++;
    this.schedule(entity);
  }

  /** How many cores a machine could use, and everything in it. */
  private ask(machine: number): number {
    let sum = 0;
    for (const claimant of this.plan.claimants[machine]!) {
      const wanted = this.plan.cores[claimant]! > 0 ? this.ask(claimant) : this.runnable(claimant);
      sum += this.demand[claimant] = Math.min(wanted, this.plan.limit[claimant]!);
    }
    return sum;
  }

  /** Threads that would compute if they could. */
  runnable(entity: number): number {
    if (entity >= this.table.length || this.parts.entities.presence[entity] === presence.hung) return 0;
    return this.table.threads[entity]! + this.table.hogs[entity]!;
  }

  /**
   * Nobody gets more than it can use, and what some leave the others share by their weights: the level rises until
   * the cores are used up. Cores that are reserved for a guest are nobody else's, in use or not.
   */
  private shareOut(machine: number, cores: number): void {
    const { plan, demand } = this;
    let left = cores;
    let weights = 0;
    let given = 0;
    const open: number[] = [];
    for (const claimant of plan.claimants[machine]!) {
      const reserved = this.reservedBy(claimant);
      if (reserved > 0) {
        const got = Math.min(demand[claimant]!, reserved, left);
        left = Math.max(0, left - reserved);
        given += this.give(claimant, got);
      } else if (demand[claimant] === 0) this.give(claimant, 0);
      else {
        open.push(claimant);
        weights += this.weight(claimant);
      }
    }
    for (let before = -1; open.length !== before;) {
      before = open.length;
      for (let index = open.length - 1; index >= 0; index--) {
        const claimant = open[index]!;
        const weight = this.weight(claimant);
        if (demand[claimant]! * weights > left * weight) continue;
        left -= demand[claimant]!;
        weights -= weight;
        given += this.give(claimant, demand[claimant]!);
        open.splice(index, 1);
      }
    }
    for (const claimant of open) given += this.give(claimant, (left * this.weight(claimant)) / weights);
    this.use(machine, given);
  }

  /** A guest has its cores for as long as it has its memory. */
  private reservedBy(claimant: number): number {
    return this.parts.entities.ownMb[claimant]! > 0 ? this.plan.reserved[claimant]! : 0;
  }

  /** Cores of a machine that are not reserved for a guest. */
  unreserved(machine: number): number {
    return (this.plan.claimants[machine] ?? []).reduce((left, claimant) => left - this.reservedBy(claimant), this.plan.cores[machine] ?? 0);
  }

  /** Cores that a guest wants for itself alone. */
  reservation(guest: number): number {
    return this.plan.reserved[guest]!;
  }

  /** A control group has one weight; processes that have none compete thread by thread. */
  private weight(claimant: number): number {
    const weight = this.plan.weight[claimant]!;
    return this.plan.byThread[claimant] === true ? weight * this.runnable(claimant) : weight;
  }

  private give(claimant: number, cores: number): number {
    if (this.plan.cores[claimant]! > 0) this.shareOut(claimant, cores);
    else this.setRate(claimant, cores);
    return cores;
  }

  private setRate(entity: number, cores: number): void {
    if (entity >= this.table.length) return;
    const threads = this.runnable(entity);
    const rate = threads === 0 ? 0 : cores / threads;
    const given = cores;
    if (this.table.rate[entity] === rate && this.table.given[entity] === given) return;
    this.bank(entity);
    this.table.given[entity] = given;
    if (this.table.rate[entity] === rate) return;
    this.table.rate[entity] = rate;
    this.table.generation[entity]!++;
    this.schedule(entity);
  }

  private speed(entity: number): number {
    return this.table.rate[entity]! / (this.parts.entities.slowness[entity]! || 1);
  }

  private schedule(entity: number): void {
    const { kernel, tasks } = this.parts;
    const task = this.table.first[entity]! - 1;
    const speed = this.speed(entity);
    if (task < 0 || speed <= 0) return;
    const leftUs = Math.max(0, tasks.table.remainingUs[task]! - this.table.workedUs[entity]!) / speed;
    const generation = this.table.generation[entity]!;
    kernel.after(Math.ceil(leftUs), priority.completion, code.computed, entity, task, generation);
  }

  /** Writes down what has been done until now. */
  private bank(row: number): void {
    const { table } = this;
    const nowUs = this.parts.kernel.nowUs;
    const forUs = nowUs - table.sinceUs[row]!;
    table.sinceUs[row] = nowUs;
    table.workedUs[row]! += forUs * this.speed(row);
    table.usedUs[row]! += forUs * table.given[row]!;
  }

  private grow(row: number): void {
    while (this.table.length <= row) this.table.add();
  }

  // What machines say of themselves.

  private use(machine: number, cores: number): void {
    this.grow(machine);
    if (this.table.given[machine] === cores) return;
    this.bank(machine);
    this.table.given[machine] = cores;
    if (this.windows.dueUs(machine) === 0) this.windows.start(machine, windowUs);
  }

  private closeWindow(machine: number): void {
    const used = this.read(machine);
    for (const claimant of this.plan.claimants[machine] ?? []) if (claimant < this.table.length) this.read(claimant);
    this.judge(machine, used);
    if (used > 0 || this.table.given[machine]! > 0) this.windows.start(machine, windowUs);
  }

  private read(row: number): number {
    const { table } = this;
    this.bank(row);
    const used = table.usedUs[row]! / windowUs;
    if (used !== table.usedBefore[row]) this.parts.touch(row);
    table.usedBefore[row] = used;
    table.usedUs[row] = 0;
    return used;
  }

  private judge(machine: number, used: number): void {
    const { table } = this;
    const cores = this.coresOf(machine);
    const streak = table.streak[machine]!;
    if (used >= 0.98 * cores) table.streak[machine] = Math.max(0, streak) + 1;
    else if (used < 0.9 * cores) table.streak[machine] = Math.min(0, streak) - 1;
    const isFull = table.isFull[machine] === 1;
    const turns = isFull ? table.streak[machine]! <= -windowsUntilFree : table.streak[machine]! >= windowsUntilFull;
    if (!turns) return;
    table.isFull[machine] = isFull ? 0 : 1;
    this.parts.noteFull(machine, !isFull, this.threadsOn(machine));
  }

  /** Cores that the threads on a machine would use if it had them. */
  threadsOn(machine: number): number {
    let sum = 0;
    for (const claimant of this.plan.claimants[machine] ?? [])
      sum += this.plan.cores[claimant]! > 0 ? this.threadsOn(claimant) : this.runnable(claimant);
    return sum;
  }

  coresOf(machine: number): number {
    return this.plan.cores[machine]!;
  }

  /** Cores that it used in the last window. */
  usedBy(row: number): number {
    return row < this.table.length ? this.table.usedBefore[row]! : 0;
  }
}
