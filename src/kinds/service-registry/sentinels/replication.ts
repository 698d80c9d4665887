import { uniform } from "../../../base/random.ts";
import { presence } from "../../../engine/entities.ts";
import { priority } from "../../../engine/kernel/kernel.ts";
import { makeTable } from "../../../engine/kernel/table.ts";
import { code } from "../../../engine/protocol.ts";
import type { Run } from "../../../engine/run.ts";
import { streamUs } from "./timing.ts";

/** By address. */
const columns = {
  /** Whose process is meant (incarnation + 1; 0: none): another one at the same address has to ask anew what it is. */
  process: "i32",
  /** The address that it replicates from (+ 1); 0: it is a master. */
  source: "i32",
  /** How much of its master's stream it has. */
  offset: "i32",
} as const;

/** What Redis's instances are in truth, whatever a sentinel knows of it: a master, or whose replica, and how far it has come. */
export class Replication {
  private readonly run: Run;
  private readonly table = makeTable(columns);
  /** Whether a sentinel's word about the time still counts. */
  private readonly isWatched: (sentinel: number, generation: number) => boolean;

  constructor(run: Run, isWatched: (sentinel: number, generation: number) => boolean) {
    this.run = run;
    this.isWatched = isWatched;
    run.keep(this.table);
    run.receive(code.replicationPing, (sentinel, _, generation) => this.stream(sentinel, generation));
  }

  /** Whether the process that listens at an address has been told what it is. */
  isTold(address: number): boolean {
    return address < this.table.length && this.table.process[address] === this.processAt(address);
  }

  /** The address that it replicates from; −1: it is a master. */
  sourceOf(address: number): number {
    return this.table.source[address]! - 1;
  }

  offsetOf(address: number): number {
    return this.table.offset[address]!;
  }

  /** Each process has a number of its own, by which two that are equal in all else are told apart (`run_id`). */
  runIdOf(address: number): number {
    const { addresses } = this.run;
    return uniform(this.run.luckOf(addresses.owner[address]!, "run id"), addresses.incarnation[address]!);
  }

  /** REPLICAOF NO ONE. */
  lead(address: number): void {
    this.tell(address, -1);
  }

  /** REPLICAOF: it takes over what its master has, as soon as it reaches it. */
  follow(address: number, source: number): void {
    this.tell(address, source);
    this.synchronise(address);
  }

  /** Whether a replica has its master at the other end of its connection. */
  isLinked(address: number): boolean {
    const source = this.sourceOf(address);
    if (source < 0 || !this.isTold(source)) return false;
    return this.run.network.meets(source, this.run.addresses.owner[address]!) === presence.open;
  }

  /** All that replicate from a master now, as its INFO lists them. */
  *replicasOf(source: number): Iterable<number> {
    for (let address = 0; address < this.table.length; address++) {
      const isReplica = this.table.source[address] === source + 1 && this.isTold(address);
      if (isReplica && this.isOpen(address) && this.isLinked(address)) yield address;
    }
  }

  /** Masters' streams tick on the whole ten seconds; where several sentinels stand by, they all mean the same tick. */
  watch(sentinel: number, generation: number): void {
    const { kernel } = this.run;
    const dueUs = streamUs * (Math.floor(kernel.nowUs / streamUs) + 1);
    kernel.push(dueUs, priority.timer, code.replicationPing, sentinel, 0, generation);
  }

  private stream(sentinel: number, generation: number): void {
    if (!this.isWatched(sentinel, generation)) return;
    const ticks = Math.floor(this.run.kernel.nowUs / streamUs);
    for (let address = 0; address < this.table.length; address++) {
      if (this.table.process[address] === 0 || !this.isTold(address) || !this.isOpen(address)) continue;
      if (this.sourceOf(address) < 0 || this.isLinked(address)) this.table.offset[address] = ticks;
    }
    this.watch(sentinel, generation);
  }

  private tell(address: number, source: number): void {
    while (this.table.length <= address) this.table.add();
    this.table.process[address] = this.processAt(address);
    this.table.source[address] = source + 1;
  }

  private synchronise(address: number): void {
    if (this.isLinked(address)) this.table.offset[address] = this.table.offset[this.sourceOf(address)]!;
  }

  private processAt(address: number): number {
    return this.run.addresses.incarnation[address]! + 1;
  }

  private isOpen(address: number): boolean {
    const { addresses, entities } = this.run;
    const holder = addresses.holder[address]! - 1;
    return holder >= 0 && entities.effective[holder] === presence.open;
  }
}
