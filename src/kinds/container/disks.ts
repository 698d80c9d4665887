import { makeTable, type Checkpointed } from "../../engine/kernel/table.ts";
import type { Run } from "../../engine/run.ts";
import type { Fact } from "../../engine/status.ts";
import type { ContainerSettings } from "./declaration.ts";
import type { Processes } from "./processes.ts";

const columns = () =>
  makeTable({
    /** Requests answered when its writes were last reckoned up. */
    countedTo: "i32",
    /** What is in its writable layer, in kB. */
    layerKb: "f64",
  });

/**
 * What containers write: each into a thin writable layer of its own, which is gone with the container, or into a volume
 * of its machine's, which stays (overlay2 and local volumes of Docker). It is reckoned up only when somebody asks, by the
 * requests answered meanwhile.
 */
export class Disks implements Checkpointed {
  private readonly run: Run;
  private readonly processes: Processes;
  private readonly table = columns();
  /** In kB, by machine and name. */
  private volumes = new Map<string, number>();

  constructor(run: Run, processes: Processes) {
    this.run = run;
    this.processes = processes;
    run.keep(this);
  }

  /** Its settings have become others: what was written before was written by the former ones. */
  configure(row: number, before: ContainerSettings): void {
    this.reckon(row, before);
  }

  /** The container is taken away, or made anew: its writable layer goes with it, and is told of if anything was in it. */
  lose(row: number): void {
    this.reckon(row, this.settingsOf(row));
    const lostKb = this.table.layerKb[row]!;
    const keptKb = this.volumeKb(row);
    this.table.layerKb[row] = 0;
    if (lostKb > 0) this.run.note("layer-lost", row, -1, Math.round(lostKb));
    if (keptKb > 0) this.run.note("volume-kept", row, this.machineOf(row), Math.round(keptKb));
  }

  facts(row: number): Fact[] {
    const settings = this.settingsOf(row);
    const layerKb = this.table.layerKb[row] ?? 0;
    if (settings.writesMb === 0 && layerKb === 0) return [];
    // Whoever looks changes nothing: what has been written since is added for the eye alone.
    const sinceKb = this.writtenKb(row, settings);
    const isHeld = settings.volume !== "";
    return [
      { key: "writable-layer", value: (layerKb + (isHeld ? 0 : sinceKb)) / 1000, unit: "MB" },
      ...(isHeld ? [{ key: "volume", value: (this.volumeKb(row) + sinceKb) / 1000, unit: "MB" } as const] : []),
    ];
  }

  private writtenKb(row: number, { writesMb }: ContainerSettings): number {
    return (this.run.entities.served[row]! - (this.table.countedTo[row] ?? 0)) * writesMb * 1000;
  }

  private reckon(row: number, settings: ContainerSettings): void {
    while (this.table.length <= row) this.table.add();
    const { table } = this;
    const { volume } = settings;
    const kb = this.writtenKb(row, settings);
    table.countedTo[row] = this.run.entities.served[row]!;
    if (kb <= 0) return;
    if (volume === "") table.layerKb[row]! += kb;
    else this.volumes.set(this.keyOf(row, volume), this.kbOf(row, volume) + kb);
  }

  private volumeKb(row: number): number {
    const { volume } = this.settingsOf(row);
    return volume === "" ? 0 : this.kbOf(row, volume);
  }

  private kbOf(row: number, volume: string): number {
    return this.volumes.get(this.keyOf(row, volume)) ?? 0;
  }

  /** A volume is one machine's; a machine that is made anew has an empty disk. */
  private keyOf(row: number, volume: string): string {
    const machine = this.machineOf(row);
    return `${this.run.world.nodeIds[machine]}#${this.run.entities.incarnation[machine]} ${volume}`;
  }

  private machineOf(row: number): number {
    return this.run.entities.parent[row]! - 1;
  }

  private settingsOf(row: number): ContainerSettings {
    return this.processes.settingsOf(row);
  }

  save(): unknown {
    return { table: this.table.save(), volumes: new Map(this.volumes) };
  }

  load(saved: unknown): void {
    const from = saved as { readonly table: unknown; readonly volumes: ReadonlyMap<string, number> };
    this.table.load(from.table);
    this.volumes = new Map(from.volumes);
  }
}
