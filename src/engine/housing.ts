import type { Behaviour } from "./kind.ts";
import { guestLife, machineLife } from "./machines/machine-life.ts";
import type { Hosting } from "./hosting.ts";
import { processorFacts } from "./processor-facts.ts";
import type { Run } from "./run.ts";
import type { Fact, Tone } from "./status.ts";

const tones: Readonly<Record<string, Tone>> = {
  off: "dead",
  waiting: "busy",
  booting: "busy",
  running: "running",
  "shutting-down": "draining",
  panicked: "dead",
  refused: "dead",
};

/** What machines differ in. */
export interface HousingOptions {
  bootUs(row: number): number;
  /** How long what runs on it may take to stop when it is shut down. */
  graceUs(row: number): number;
  /** Memory that it takes from the machine that it stands in; without this it takes none. */
  memoryMb?(row: number): number;
}

/** What every machine that others stand in does, real or virtual: boot, run, lose power, and take its own with it. */
export class Housing {
  readonly life: Hosting;
  private readonly run: Run;
  private readonly options: HousingOptions;

  constructor(run: Run, options: HousingOptions) {
    this.run = run;
    this.options = options;
    this.life = run.host(options.memoryMb === undefined ? machineLife : guestLife, {
      column: run.entities,
      delayUs: (row, delay) => (delay === "grace" ? options.graceUs(row) : options.bootUs(row)),
      effects: {
        "boot-began": (row) => run.note("booting", row),
        booted: (row) => this.booted(row),
        "began-shutting-down": (row) => this.beganShuttingDown(row),
        "switched-off": (row) => this.goesDown(row, "powered-off"),
        "went-down": (row) => this.goesDown(row, "power-lost"),
        panicked: (row) => this.goesDown(row, "panicked"),
        waits: (row) => run.note("waiting", row, run.entities.parent[row]! - 1),
        refused: (row) => this.refused(row),
      },
      onChange: (row) => run.stateChanged(row),
    });
  }

  create(row: number, warm: boolean): void {
    const { run, life } = this;
    run.entities.incarnation[row]!++;
    run.entities.range[row] = run.addressing.newRange();
    life.place(row, "off");
    run.setUp(row, false);
    if (!warm || !run.placeIsUp(row) || !this.takeMemory(row)) return void this.powerOn(row);
    life.place(row, "running");
    run.setUp(row, true);
  }

  powerOn(row: number): boolean {
    const { run, life } = this;
    if (life.is(row, "running") || life.is(row, "booting") || life.is(row, "waiting")) return false;
    if (!this.takeMemory(row)) return life.send(row, life.machine.eventOf("NO_ROOM"));
    return life.send(row, life.machine.eventOf(run.placeIsUp(row) ? "POWER_ON" : "POWER_ON_WAITING"));
  }

  send(
    row: number,
    event: "LOSE_POWER" | "RESTART" | "PANIC" | "SHUT_DOWN" | "SWITCH_OFF" | "SWITCH_OFF_WAITING" | "PLACE_UP" | "PLACE_DOWN",
  ): boolean {
    const { life } = this;
    const boots = event === "PLACE_UP" && life.is(row, "waiting");
    // It may have been refused, and have waited for its place since then: without memory nothing boots.
    return life.send(row, life.machine.eventOf(boots && !this.takeMemory(row) ? "NO_ROOM" : event));
  }

  isShuttingDown(row: number): boolean {
    return this.life.is(row, "shutting-down");
  }

  /** The machine around it is shut down: it shuts down before that. */
  placeStops(row: number): boolean {
    this.send(row, "SHUT_DOWN");
    return this.isShuttingDown(row);
  }

  /** Nothing runs on it any more that would have to be stopped. */
  leftBy(row: number): void {
    const { run } = this;
    if (!this.isShuttingDown(row) || run.stopChildren(row)) return;
    const around = run.entities.parent[row]! - 1;
    const isStoppingToo = around >= 0 && run.of(around).isStopping?.(around) === true;
    this.send(row, isStoppingToo ? "SWITCH_OFF_WAITING" : "SWITCH_OFF");
  }

  /** The machine is taken out: nothing of it stays. */
  remove(row: number): void {
    this.send(row, "LOSE_POWER");
    this.run.pulls.forget(row);
    this.giveMemory(row);
  }

  /** The acts of a power button; null if the act is none of them. */
  act(row: number, act: string): boolean | null {
    switch (act) {
      case "unplug":
        return this.unplug(row);
      case "power-on":
        return this.powerOn(row);
      case "shut-down":
        return this.send(row, "SHUT_DOWN");
      case "restart":
        if (this.life.is(row, "refused")) return this.powerOn(row);
        this.blame(row);
        return this.send(row, "RESTART");
      case "prune":
        return this.prune(row);
      case "prune-volumes":
        return this.pruneVolumes(row);
      case "panic":
        if (!this.life.is(row, "running")) return false;
        this.blame(row);
        return this.send(row, "PANIC");
      case "repair":
        return this.run.environments.repair(row);
      default:
        return null;
    }
  }

  /** `docker image prune`: what no name stands for, and nothing is made of. */
  private prune(row: number): boolean {
    const { run } = this;
    if (!this.life.is(row, "running")) return false;
    const inUse = run.node(row).children.flatMap((child) => run.of(child).madeOf?.(child)?.digest ?? []);
    const { images, bytes } = run.images.prune(row, new Set(inUse));
    run.note("pruned", row, -1, images, Math.round(bytes / 1000));
    run.touch(row);
    run.imagesMoved();
    return true;
  }

  private pruneVolumes(row: number): boolean {
    if (!this.life.is(row, "running")) return false;
    this.run.note("volumes-pruned", row, -1, this.run.disks.prune(row));
    return true;
  }

  private unplug(row: number): boolean {
    if (this.life.is(row, "off")) return false;
    this.blame(row);
    return this.send(row, "LOSE_POWER");
  }

  /** All that stands in it is about to fall silent: those who watch it will notice. */
  blame(row: number, place = row): void {
    const { run } = this;
    for (const child of run.node(row).children) {
      run.predictions.tell(child, "silent", place);
      this.blame(child, place);
    }
  }

  private booted(row: number): void {
    this.run.setUp(row, true);
    this.run.note("up", row);
    this.run.tellChildren(row, true);
  }

  /**
   * As systemd does it: everything is told to stop at once, each in its own way. When watchers notice is not predicted: what
   * has stopped refuses them until the last has, which nobody knows before, and from then on the machine is silent.
   */
  private beganShuttingDown(row: number): void {
    this.run.note("shutting-down", row);
    this.leftBy(row);
  }

  /** Its kernel is gone, and everything that runs on it. */
  private goesDown(row: number, what: "powered-off" | "power-lost" | "panicked"): void {
    const { run } = this;
    run.note(what, row);
    run.setUp(row, false);
    run.tellChildren(row, false);
    run.pulls.breakOff(row);
    run.left(row);
  }

  private refused(row: number): void {
    const machine = this.run.entities.parent[row]! - 1;
    if (this.lacksCores(row)) {
      const { processors } = this.run;
      return this.run.note("cores-refused", row, machine, processors.reservation(row), processors.unreserved(machine));
    }
    const free = machine < 0 ? 0 : this.run.capacityMb(machine) - this.run.entities.reservedMb[machine]!;
    this.run.note("start-refused", row, machine, this.options.memoryMb!(row), free);
  }

  private takeMemory(row: number): boolean {
    const { entities } = this.run;
    if (entities.ownMb[row]! > 0 || this.options.memoryMb === undefined) return true;
    const wanted = this.options.memoryMb(row);
    if (this.lacksCores(row) || !this.run.reserve(row, wanted)) return false;
    entities.ownMb[row] = wanted;
    this.run.processors.changed(row);
    return true;
  }

  /** It wants cores of its own, and its machine has not as many left. */
  private lacksCores(row: number): boolean {
    const { processors, entities } = this.run;
    const machine = entities.parent[row]! - 1;
    const wanted = machine < 0 || entities.ownMb[row]! > 0 ? 0 : processors.reservation(row);
    return wanted > 0 && wanted > processors.unreserved(machine);
  }

  private giveMemory(row: number): void {
    this.run.release(row, this.run.entities.ownMb[row]!);
    this.run.entities.ownMb[row] = 0;
  }

  status(row: number): Pick<ReturnType<Behaviour["status"]>, "state" | "tone" | "acts" | "facts" | "parts"> {
    const { run, life } = this;
    const state = life.name(row);
    const on = state !== "off" && state !== "refused";
    return {
      state,
      tone: tones[state] ?? "idle",
      acts: [
        ...(on ? ["unplug", "restart"] : ["power-on"]),
        ...(state === "running" ? ["shut-down", "panic", "prune", "prune-volumes"] : []),
        ...(run.environments.isWrecked(row) ? ["repair"] : []),
      ],
      facts: [
        { key: "memory-reserved", value: run.entities.reservedMb[row]!, unit: "MB" },
        { key: "memory-total", value: run.capacityMb(row), unit: "MB" },
        ...processorFacts(run, row),
        { key: "disk-used", value: Math.round(run.disks.usedKb(row) / 1000), upper: run.disks.capacityKb(row) / 1000, unit: "MB" },
        ...orphans(run.disks.orphanedKb(row)),
        ...run.environments.amiss(row).map((what) => ({ key: "amiss", value: `amiss.${what}`, unit: "word" }) as const),
      ],
      parts: run.images.partsOn(row),
    };
  }
}

const orphans = (kb: number): Fact[] => (kb === 0 ? [] : [{ key: "orphaned-volumes", value: kb / 1000, unit: "MB" }]);
