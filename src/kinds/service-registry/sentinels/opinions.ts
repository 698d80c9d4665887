import { makeTable, type Checkpointed } from "../../../engine/kernel/table.ts";
import { forgetsUs } from "./timing.ts";

const columns = {
  group: "i32",
  about: "i32",
  /** It says that the master is down, and when it said so. */
  isDown: "u8",
  saidUs: "f64",
  /** For whom it voted (row + 1), and in which epoch. */
  leader: "i32",
  epoch: "i32",
} as const;

export interface Opinion {
  readonly isDown: boolean;
  readonly leader: number;
  readonly epoch: number;
}

/** What the other sentinels have answered about one's master (SENTINEL is-master-down-by-addr). */
export class Opinions implements Checkpointed {
  private readonly table = makeTable(columns);

  /** Of another about a group; null: it was not asked, or so long ago that it means nothing. */
  of(group: number, about: number, nowUs: number): Opinion | null {
    const { table } = this;
    const row = this.find(group, about);
    if (row < 0 || nowUs - table.saidUs[row]! > forgetsUs) return null;
    return { isDown: table.isDown[row] === 1, leader: table.leader[row]! - 1, epoch: table.epoch[row]! };
  }

  /** When it last answered; −∞: never. */
  saidUs(group: number, about: number): number {
    const row = this.find(group, about);
    return row < 0 ? -Infinity : this.table.saidUs[row]!;
  }

  heard(group: number, about: number, { isDown, leader, epoch }: Opinion, nowUs: number): void {
    const { table } = this;
    const found = this.find(group, about);
    const row = found < 0 ? table.add() : found;
    table.group[row] = group;
    table.about[row] = about;
    table.isDown[row] = isDown ? 1 : 0;
    table.leader[row] = leader + 1;
    table.epoch[row] = epoch;
    table.saidUs[row] = nowUs;
  }

  forget(group: number): void {
    for (let row = this.table.length - 1; row >= 0; row--) if (this.table.group[row] === group) this.drop(row);
  }

  private drop(row: number): void {
    this.table.group[row] = -1;
    this.table.drop(row);
  }

  private find(group: number, about: number): number {
    const { table } = this;
    for (let row = 0; row < table.length; row++) if (table.group[row] === group && table.about[row] === about) return row;
    return -1;
  }

  save(): unknown {
    return this.table.save();
  }

  load(saved: unknown): void {
    this.table.load(saved);
  }
}
