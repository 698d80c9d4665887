import type { Entities } from "./entities.ts";
import { Lanes } from "./kernel/lanes.ts";
import { priority, type Kernel } from "./kernel/kernel.ts";
import { makeTable } from "./kernel/table.ts";
import { code } from "./protocol.ts";

/** How processes of one service take memory, in MB. */
export interface MemoryUse {
  readonly usesMb: number;
  readonly requestMb: number;
  readonly leakMb: number;
}

interface Parts {
  readonly kernel: Kernel;
  readonly entities: Entities;
  useOf(entity: number): MemoryUse;
  /** Whether it has come to need more than it has; if so, `grew` follows at the same instant. */
  isOver(entity: number): boolean;
  grew(entity: number): void;
}

/** What eats memory is looked at so often. */
const leakStepUs = 250_000;

/** What processes use of their memory. Nothing here is called for a service that takes none for its requests. */
export class Memories {
  readonly table = makeTable({
    /** What its requests have left behind, and what it has eaten; how much more it eats in a second. */
    leftMb: "f64",
    eatsMbPerSecond: "f64",
    /** `grew` is on its way. */
    isTold: "u8",
  });
  readonly steps: Lanes;
  private readonly parts: Parts;

  constructor(parts: Parts) {
    this.parts = parts;
    this.steps = new Lanes(parts.kernel, code.memoryStep, (entity) => this.step(entity));
    parts.kernel.on(code.memoryGrew, (entity) => {
      this.table.isTold[entity] = 0;
      if (this.parts.isOver(entity)) this.parts.grew(entity);
    });
  }

  /** It has begun to work on a request. */
  began(entity: number): void {
    this.grow(entity);
    this.table.leftMb[entity]! += this.parts.useOf(entity).leakMb;
    this.look(entity);
  }

  /** It eats so much more each second from now on. */
  eat(entity: number, mbPerSecond: number): void {
    this.grow(entity);
    this.table.eatsMbPerSecond[entity]! += mbPerSecond;
    this.steps.start(entity, leakStepUs);
  }

  /** Its process is gone, and its memory with it. */
  forget(entity: number): void {
    if (entity >= this.table.length) return;
    this.table.leftMb[entity] = 0;
    this.table.eatsMbPerSecond[entity] = 0;
    this.steps.stop(entity);
  }

  /** What it uses now. */
  usedMb(entity: number): number {
    const { usesMb, requestMb } = this.parts.useOf(entity);
    const left = entity < this.table.length ? this.table.leftMb[entity]! : 0;
    return usesMb + requestMb * this.parts.entities.busy[entity]! + left;
  }

  isEating(entity: number): boolean {
    return entity < this.table.length && this.table.eatsMbPerSecond[entity]! > 0;
  }

  /** Whoever must act on it does so after what is happening now, which may be in the midst of its work. */
  look(entity: number): void {
    this.grow(entity);
    if (this.table.isTold[entity] === 1 || !this.parts.isOver(entity)) return;
    this.table.isTold[entity] = 1;
    this.parts.kernel.push(this.parts.kernel.nowUs, priority.completion, code.memoryGrew, entity, 0, 0);
  }

  private step(entity: number): void {
    this.table.leftMb[entity]! += (this.table.eatsMbPerSecond[entity]! * leakStepUs) / 1e6;
    this.steps.start(entity, leakStepUs);
    this.parts.entities.changed[entity] = 3;
    this.look(entity);
  }

  private grow(entity: number): void {
    while (this.table.length <= entity) this.table.add();
  }
}
