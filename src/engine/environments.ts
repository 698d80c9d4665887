import { wreckActs, type spoilingActs } from "../document/fault-acts.ts";
import { makeTable } from "./kernel/table.ts";
import type { Run } from "./run.ts";

/** What a process shares with others, or has for itself (Linux: namespaces, control groups, and the kernel). */
export const resources = ["files", "network", "cpu", "memory", "disk", "processes", "users"] as const;
export type Resource = (typeof resources)[number];

/** What a process may do to what it stands on, and the resource by which others feel it. */
export const wrecks = {
  "delete-library": "files",
  "grab-ports": "network",
  "hog-cpu": "cpu",
  "eat-memory": "memory",
  "fill-disk": "disk",
  "fork-bomb": "processes",
  "kill-all": "users",
} as const satisfies Readonly<Record<(typeof spoilingActs)[number], Resource>>;
export type Wreck = (typeof wreckActs)[number];

/** What keeps a process from starting: what is written of it, and whom it blames. */
export interface Hindrance {
  readonly what: "library-missing" | "port-taken" | "cannot-fork" | "no-space";
  readonly whom: number;
}

const usualThreads = 64;
const usualMbPerSecond = 1024;
/** Processes of a fork bomb that want a core at once, where nothing limits them (kernel.pid_max is 32768 or more). */
const bombThreads = 4096;

/**
 * The spaces that processes live in: a machine's own, or a container's where it has one for that resource. A space
 * holds what somebody in it has done: everybody else in it feels that, and nobody outside.
 */
export class Environments {
  /** By the row that the space belongs to: who did it (row + 1). */
  readonly table = makeTable({ library: "i32", ports: "i32", disk: "i32", forks: "i32" });
  private readonly run: Run;

  constructor(run: Run) {
    this.run = run;
    run.keep(this.table);
  }

  /** Whose space of a resource a thing lives in: its own, or that of the first around it which has one. */
  spaceOf(row: number, resource: Resource): number {
    const { run } = this;
    let place = row;
    while (run.of(place).hasOwn?.(place, resource) !== true && run.entities.parent[place]! > 0) place = run.entities.parent[place]! - 1;
    return place;
  }

  /** The machine on whose kernel it runs. */
  kernelOf(row: number): number {
    return this.spaceOf(this.run.entities.parent[row]! - 1, "cpu");
  }

  /** A process goes wild. `threads`: the most that it may have. False where that makes no sense. */
  wreck(row: number, act: string, amount: number, threads = Infinity): boolean {
    const { run } = this;
    switch (act as Wreck) {
      case "delete-library":
        return this.mark(row, "library", "files");
      case "grab-ports":
        return this.mark(row, "ports", "network");
      case "fill-disk":
        return this.mark(row, "disk", "disk");
      case "fork-bomb":
        this.mark(row, "forks", "processes");
        run.processors.hog(row, Math.min(threads, bombThreads));
        return true;
      case "hog-cpu":
        this.note(row, act as Wreck, "cpu");
        run.processors.hog(row, Math.min(threads, amount > 0 ? amount : usualThreads));
        return true;
      case "eat-memory":
        this.note(row, act as Wreck, "memory");
        run.memories.eat(row, amount > 0 ? amount : usualMbPerSecond);
        return true;
      case "kill-all":
        return this.killAll(row);
      case "panic":
        return this.panic(row);
      default:
        return false;
    }
  }

  private mark(row: number, what: "library" | "ports" | "disk" | "forks", resource: Resource): boolean {
    const space = this.spaceOf(row, resource);
    while (this.table.length <= space) this.table.add();
    this.table[what][space] = row + 1;
    const acts = Object.keys(wrecks) as (keyof typeof wrecks)[];
    this.note(
      row,
      acts.find((act) => wrecks[act] === resource)!,
      resource,
    );
    this.run.touch(space);
    return true;
  }

  private note(row: number, act: Wreck, resource: Resource): void {
    const space = this.spaceOf(row, resource);
    this.run.note("wrecked", row, space === row ? -1 : space, wreckActs.indexOf(act as never));
  }

  /** kill -9 -1: every other process that it can see and may signal. */
  private killAll(row: number): boolean {
    const { run } = this;
    this.note(row, "kill-all", "users");
    const space = this.spaceOf(row, "users");
    const { cause } = run.kernel;
    for (const other of run.world.order) {
      const isSeen = run.of(other).listedAs?.(other) != null && this.spaceOf(other, "users") === space;
      if (!isSeen || other === row || run.entities.parent[row] === other + 1) continue;
      run.kernel.cause = cause;
      run.of(other).act(other, "kill", 0);
    }
    return true;
  }

  private panic(row: number): boolean {
    const kernel = this.kernelOf(row);
    this.run.note("wrecked", row, kernel, wreckActs.indexOf("panic"));
    return this.run.of(kernel).act(kernel, "panic", 0);
  }

  /** What would keep a process from starting here. */
  hindrance(row: number): Hindrance | null {
    const found = (what: Hindrance["what"], column: "library" | "forks" | "disk", resource: Resource): Hindrance | null => {
      const by = this.by(row, column, resource);
      return by < 0 ? null : { what, whom: by };
    };
    return found("library-missing", "library", "files") ?? found("cannot-fork", "forks", "processes");
  }

  /** Who has filled the disk that a thing writes to, has taken its ports …; −1: nobody. */
  by(row: number, what: "library" | "ports" | "disk" | "forks", resource: Resource): number {
    const space = this.spaceOf(row, resource);
    return space < this.table.length ? this.table[what][space]! - 1 : -1;
  }

  /** Whether what a thing writes finds no room. */
  diskIsFull(row: number): boolean {
    if (this.table.length > 0 && this.by(row, "disk", "disk") >= 0) return true;
    return (this.run.of(row).isDiskFull?.(row) ?? false) || this.run.disks.lacksRoom(this.kernelOf(row), 1);
  }

  /** Its process has ended: what it held of others' is free again. Files stay as they are. */
  ended(row: number): void {
    this.free(row, "ports", "network");
    this.free(row, "forks", "processes");
  }

  /** A container is gone with all that it wrote, or a machine has been set to rights. */
  cleared(row: number): void {
    this.free(row, "library", "files");
    this.free(row, "disk", "disk");
  }

  private free(row: number, what: "library" | "ports" | "disk" | "forks", resource: Resource): void {
    const space = this.table.length === 0 ? 0 : this.spaceOf(row, resource);
    if (space >= this.table.length || this.table[what][space] !== row + 1) return;
    this.table[what][space] = 0;
    this.run.touch(space);
  }

  /** An operator installs what is missing and makes room. False if nothing is amiss. */
  repair(machine: number): boolean {
    if (!this.isWrecked(machine)) return false;
    this.table.library[machine] = 0;
    this.table.disk[machine] = 0;
    this.run.note("repaired", machine);
    this.run.touch(machine);
    return true;
  }

  /** Whether a machine has something to repair: what a restart does not mend. */
  isWrecked(machine: number): boolean {
    return machine < this.table.length && this.table.library[machine]! + this.table.disk[machine]! > 0;
  }

  /** What of a space is amiss. */
  amiss(space: number): ("library" | "ports" | "disk" | "forks")[] {
    if (space >= this.table.length) return [];
    return (["library", "ports", "disk", "forks"] as const).filter((what) => this.table[what][space]! > 0);
  }
}
