import type { Checkpointed } from "./kernel/table.ts";
import type { Run } from "./run.ts";

/** The network cards of machines, by which images come and go: each as fast as its own bandwidth, whatever a registry could send. */
export class MachineWires implements Checkpointed {
  private readonly run: Run;
  /** Until when what is coming in takes up a machine's wire. Never changed, only replaced, so a checkpoint copies none. */
  private busyUntilUs: ReadonlyMap<number, number> = new Map();

  constructor(run: Run) {
    this.run = run;
  }

  /** When bytes have come in of which the first is sent now and the last at `sentUs`; they wait for those that came before. */
  takeIn(machine: number, bytes: number, sentUs: number): number {
    const beginsUs = Math.max(this.run.kernel.nowUs, this.busyUntilUs.get(machine) ?? 0);
    const atUs = Math.max(sentUs, beginsUs + this.takesUs(machine, bytes));
    this.busyUntilUs = new Map(this.busyUntilUs).set(machine, atUs);
    return atUs;
  }

  /** At b Mbit/s a byte takes 8/b µs. A guest has no more than the machine that it stands in. */
  takesUs(machine: number, bytes: number): number {
    const { entities } = this.run;
    let slowest = Infinity;
    for (let place = machine; place >= 0; place = entities.parent[place]! - 1) slowest = Math.min(slowest, this.bandwidthOf(place));
    return Math.ceil((bytes * 8) / slowest);
  }

  /** What was coming in is broken off. */
  free(machine: number): void {
    this.busyUntilUs = new Map(this.busyUntilUs).set(machine, 0);
  }

  private bandwidthOf(place: number): number {
    const settings = this.run.node(place).settings as { readonly bandwidthMbitPerSecond?: number };
    return settings.bandwidthMbitPerSecond || Infinity;
  }

  save(): unknown {
    return this.busyUntilUs;
  }

  load(saved: unknown): void {
    this.busyUntilUs = saved as ReadonlyMap<number, number>;
  }
}
