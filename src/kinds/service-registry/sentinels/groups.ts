import { makeTable, type Checkpointed } from "../../../engine/kernel/table.ts";

const columns = {
  sentinel: "i32",
  service: "u32",
  /** Of its failover (`sentinel-failover.ts`). */
  state: "i32",
  stateUs: "f64",
  /** The entry of the master (row + 1), and of the replica that is to become it. */
  master: "i32",
  promoted: "i32",
  /** Row of the journal (+ 1) that tells of the promotion: it is the cause of all that follows. */
  toldOf: "i32",
  /** The epoch of the last failover that it knows to have succeeded: who knows of a later one is believed. */
  configEpoch: "i32",
  failoverEpoch: "i32",
  /** For whom it has voted (row + 1), and in which epoch. */
  leader: "i32",
  leaderEpoch: "i32",
  /** When it last stood, or voted for another. */
  startUs: "f64",
  isDown: "u8",
  helloUs: "f64",
} as const;

/** What each sentinel knows of each name that it answers: who is master, and how a failover of it goes. */
export class Groups implements Checkpointed {
  readonly table = makeTable(columns);

  /** −1: it knows no such name. */
  of(sentinel: number, service: number): number {
    const { table } = this;
    for (let row = 0; row < table.length; row++) if (table.sentinel[row] === sentinel && table.service[row] === service) return row;
    return -1;
  }

  *at(sentinel: number): Iterable<number> {
    for (let row = 0; row < this.table.length; row++) if (this.table.sentinel[row] === sentinel) yield row;
  }

  add(sentinel: number, service: number): number {
    const { table } = this;
    const free = [...this.at(-1)][0];
    const row = free ?? table.add();
    table.clear(row);
    table.sentinel[row] = sentinel;
    table.service[row] = service;
    return row;
  }

  forget(sentinel: number): void {
    for (const row of this.at(sentinel)) this.table.sentinel[row] = -1;
  }

  save(): unknown {
    return this.table.save();
  }

  load(saved: unknown): void {
    this.table.load(saved);
  }
}
