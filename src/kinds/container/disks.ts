import { makeTable, type Checkpointed } from "../../engine/kernel/table.ts";
import type { Run } from "../../engine/run.ts";
import type { Fact } from "../../engine/status.ts";
import type { ContainerSettings } from "./declaration.ts";
import type { OwnImages } from "./own-images.ts";
import type { Processes } from "./processes.ts";

const columns = () =>
  makeTable({
    /** Requests answered when its writes were last reckoned up. */
    countedTo: "i32",
    /** What is in its writable layer, and in the anonymous volume that it has of its image, in kB. */
    layerKb: "f64",
    anonymousKb: "f64",
  });

/** Where a container's writes go. */
type Where = "layer" | "anonymous" | "volume";

/**
 * What containers write: each into a thin writable layer of its own, which is gone with the container (overlay2), or into a
 * volume of its machine's, which stays. Where its image says VOLUME and it is given none, Docker makes an anonymous one for each
 * container: that stays as well, but the next container gets another. All of it is reckoned up only when somebody asks, by the
 * requests answered meanwhile.
 */
export class Disks implements Checkpointed {
  private readonly run: Run;
  private readonly processes: Processes;
  private readonly images: OwnImages;
  private readonly table = columns();

  constructor(run: Run, processes: Processes, images: OwnImages) {
    this.run = run;
    this.processes = processes;
    this.images = images;
    run.keep(this);
  }

  /** Its settings have become others: what was written before was written by the former ones. */
  configure(row: number, before: ContainerSettings): void {
    this.reckon(row, before);
  }

  /** The container is taken away, or made anew: its writable layer goes with it, and is told of if anything was in it. */
  lose(row: number): void {
    const { run, table } = this;
    this.reckon(row, this.settingsOf(row));
    const lostKb = table.layerKb[row]!;
    const leftKb = table.anonymousKb[row]!;
    const keptKb = this.volumeKb(row);
    table.layerKb[row] = 0;
    table.anonymousKb[row] = 0;
    if (lostKb > 0) run.note("layer-lost", row, -1, Math.round(lostKb));
    if (keptKb > 0) run.note("volume-kept", row, this.machineOf(row), Math.round(keptKb));
    if (leftKb === 0) return;
    run.note("volume-orphaned", row, this.machineOf(row), Math.round(leftKb));
    run.disks.orphan(this.machineOf(row), leftKb);
  }

  facts(row: number): Fact[] {
    const settings = this.settingsOf(row);
    const layerKb = this.table.layerKb[row] ?? 0;
    const anonymousKb = this.table.anonymousKb[row] ?? 0;
    if (settings.writesMb === 0 && layerKb + anonymousKb === 0) return [];
    // Whoever looks changes nothing: what has been written since is added for the eye alone.
    const sinceKb = this.unreckonedKb(row, settings);
    const where = this.whereTo(row, settings);
    const megabytes = (kb: number, here: Where) => (kb + (where === here ? sinceKb : 0)) / 1000;
    return [
      { key: "writable-layer", value: megabytes(layerKb, "layer"), unit: "MB" },
      ...(where === "volume" ? [{ key: "volume", value: megabytes(this.volumeKb(row), "volume"), unit: "MB" } as const] : []),
      ...(where === "anonymous" || anonymousKb > 0
        ? [{ key: "anonymous-volume", value: megabytes(anonymousKb, "anonymous"), unit: "MB" } as const]
        : []),
    ];
  }

  /** What it has written that nobody has put on a volume of its machine's. */
  writtenKb(row: number): number {
    return (this.table.layerKb[row] ?? 0) + (this.table.anonymousKb[row] ?? 0) + this.unreckonedKb(row, this.settingsOf(row));
  }

  /** Whether its own writable layer may not grow (docker run --storage-opt size): volumes are no part of that. */
  isAtLimit(row: number): boolean {
    const settings = this.settingsOf(row);
    const sinceKb = this.whereTo(row, settings) === "layer" ? this.unreckonedKb(row, settings) : 0;
    return settings.diskLimitMb > 0 && (this.table.layerKb[row] ?? 0) + sinceKb >= settings.diskLimitMb * 1000;
  }

  private unreckonedKb(row: number, { writesMb }: ContainerSettings): number {
    if (writesMb === 0) return 0;
    // What has been served is entered only now and then.
    this.run.metrics.settle();
    return (this.run.entities.served[row]! - (this.table.countedTo[row] ?? 0)) * writesMb * 1000;
  }

  private reckon(row: number, settings: ContainerSettings): void {
    while (this.table.length <= row) this.table.add();
    const { table, run } = this;
    const kb = this.unreckonedKb(row, settings);
    table.countedTo[row] = run.entities.served[row]!;
    if (kb <= 0) return;
    const where = this.whereTo(row, settings);
    if (where === "layer") table.layerKb[row]! += kb;
    else if (where === "anonymous") table.anonymousKb[row]! += kb;
    else run.disks.write(this.machineOf(row), settings.volume, kb);
  }

  /** A volume that it is given is mounted over the one that its image asks for (docker run -v). */
  private whereTo(row: number, { volume }: ContainerSettings): Where {
    if (volume !== "") return "volume";
    return (this.images.of(row)?.config.volumes.length ?? 0) > 0 ? "anonymous" : "layer";
  }

  private volumeKb(row: number): number {
    const { volume } = this.settingsOf(row);
    return volume === "" ? 0 : this.run.disks.volumeKb(this.machineOf(row), volume);
  }

  private machineOf(row: number): number {
    return this.run.entities.parent[row]! - 1;
  }

  private settingsOf(row: number): ContainerSettings {
    return this.processes.settingsOf(row);
  }

  save(): unknown {
    return this.table.save();
  }

  load(saved: unknown): void {
    this.table.load(saved);
  }
}
