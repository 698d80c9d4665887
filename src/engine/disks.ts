import { chainsOf } from "./images/image.ts";
import type { Shelf } from "./images/images.ts";
import { makeTable, type Checkpointed } from "./kernel/table.ts";
import type { Run } from "./run.ts";

/** Anonymous volumes whose container is gone: nothing mounts them again, and nothing takes them away. */
const orphaned = "";

/** The disks of machines, real or virtual: images' layers, volumes, and what containers write lie there side by side. */
export class MachineDisks implements Checkpointed {
  private readonly run: Run;
  /** It has been told that a disk is full. */
  private readonly table = makeTable({ isTold: "u8" });
  /** Volumes in kB, by machine and name. A map is never changed, only replaced, so a checkpoint copies none. */
  private volumes: ReadonlyMap<string, ReadonlyMap<string, number>> = new Map();
  /** Derived. */
  private readonly shelved = new WeakMap<Shelf, number>();

  constructor(run: Run) {
    this.run = run;
  }

  volumeKb(machine: number, name: string): number {
    return this.volumes.get(this.keyOf(machine))?.get(name) ?? 0;
  }

  write(machine: number, volume: string, kb: number): void {
    const key = this.keyOf(machine);
    const there = new Map(this.volumes.get(key)).set(volume, this.volumeKb(machine, volume) + kb);
    this.volumes = new Map(this.volumes).set(key, there);
    this.run.touch(machine);
  }

  /** A container is gone, and not its anonymous volume (docker rm without -v). */
  orphan(machine: number, kb: number): void {
    this.write(machine, orphaned, kb);
  }

  /** `docker volume prune`: anonymous volumes that no container has; volumes with a name stay. Returns what that freed. */
  prune(machine: number): number {
    const kb = this.orphanedKb(machine);
    if (kb > 0) this.write(machine, orphaned, -kb);
    return kb;
  }

  orphanedKb(machine: number): number {
    return this.volumeKb(machine, orphaned);
  }

  usedKb(machine: number): number {
    const { run } = this;
    let kb = this.imagesKb(machine) + run.pulls.fetchedKb(machine);
    for (const volume of this.volumes.get(this.keyOf(machine))?.values() ?? []) kb += volume;
    for (const child of run.node(machine).children) kb += run.of(child).writtenKb?.(child) ?? 0;
    return kb;
  }

  capacityKb(machine: number): number {
    return ((this.run.node(machine).settings as { readonly diskMb?: number }).diskMb ?? Infinity) * 1000;
  }

  /** Whether so much more finds no room (ENOSPC); if so, that is told once, until there is room again. */
  lacksRoom(machine: number, moreKb = 0): boolean {
    const lacks = this.usedKb(machine) + moreKb > this.capacityKb(machine);
    while (this.table.length <= machine) this.table.add();
    if (lacks && this.table.isTold[machine] === 0)
      this.run.note("disk-full", machine, -1, Math.floor(this.usedKb(machine) / 1000), this.capacityKb(machine) / 1000);
    this.table.isTold[machine] = lacks ? 1 : 0;
    return lacks;
  }

  private imagesKb(machine: number): number {
    const shelf = this.run.images.shelfOf(machine);
    let kb = this.shelved.get(shelf);
    if (kb === undefined) this.shelved.set(shelf, (kb = this.layersKb(shelf)));
    return kb;
  }

  /** A layer that several images share lies there once. */
  private layersKb({ images }: Shelf): number {
    const bytes = new Map<string, number>();
    for (const digest of images) {
      const { layers } = this.run.images.get(digest);
      chainsOf(layers).forEach((chain, index) => bytes.set(chain, layers[index]!.bytes));
    }
    return [...bytes.values()].reduce((sum, some) => sum + some, 0) / 1000;
  }

  /** A machine that is made anew has an empty disk. */
  private keyOf(machine: number): string {
    return `${machine}#${this.run.entities.incarnation[machine]}`;
  }

  save(): unknown {
    return { table: this.table.save(), volumes: this.volumes };
  }

  load(saved: unknown): void {
    const from = saved as { readonly table: unknown; readonly volumes: ReadonlyMap<string, ReadonlyMap<string, number>> };
    this.table.load(from.table);
    this.volumes = from.volumes;
  }
}
