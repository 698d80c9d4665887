import { Installed, type Refusal } from "../../engine/installed.ts";
import type { Behaviour, OwnStatus } from "../../engine/kind.ts";
import { killLargest } from "../../engine/out-of-memory.ts";
import type { Run } from "../../engine/run.ts";
import type { ChartDescription, ProcessStatus } from "../../engine/status.ts";
import type { settings } from "./declaration.ts";

type ServerSettings = (typeof settings)["defaults"];

/** java -XX:+ExitOnOutOfMemoryError. */
const outOfHeap = 3;

export function behaviour(run: Run): Behaviour {
  return new ApplicationServers(run);
}

/** One process of Java on the operating system of its machine, and everything that is deployed in it. */
class ApplicationServers implements Behaviour {
  private readonly run: Run;
  private readonly installed: Installed;

  constructor(run: Run) {
    this.run = run;
    this.installed = new Installed(run, {
      startUs: (row) => Math.round(this.settingsOf(row).startMs * 1000),
      placeIsReady: (row) => run.placeIsUp(row),
      refusal: (row) => this.refusal(row),
      port: (row) => this.settingsOf(row).port,
      machine: (row) => this.machineOf(row),
      opened: (row) => this.opened(row),
      // Each of its applications has a time of its own.
      graceUs: () => Infinity,
      isBusy: (row) => run.stopChildren(row),
      hangs: (row, hangs) => this.eachApplication(row, (child) => run.of(child).placeHangs?.(child, hangs)),
      gone: (row) => this.gone(row),
    });
  }

  create(row: number, warm: boolean): void {
    // A process is no place that falls silent when it is gone: the kernel under it still refuses what comes for it.
    this.run.entities.up[row] = 1;
    this.installed.create(row, warm);
  }

  configure(row: number): void {
    this.run.memories.look(row);
    this.run.touch(row);
  }

  remove(row: number): void {
    this.installed.remove(row);
  }

  act(row: number, act: string, amount: number): boolean {
    if (act === "crash") return this.installed.ends(row, Math.max(1, Math.min(255, Math.round(amount))));
    return this.installed.act(row, act) ?? false;
  }

  placeUp(row: number): void {
    if (!this.installed.isAlive(row)) this.installed.start(row);
  }

  placeStops(row: number): boolean {
    return this.installed.placeStops(row);
  }

  leftBy(row: number): void {
    this.installed.settle(row);
  }

  placeDown(row: number): void {
    this.installed.send(row, "PLACE_DOWN");
  }

  listedAs(row: number): ProcessStatus | null {
    if (!this.installed.isAlive(row)) return null;
    const { processors } = this.run;
    const cpuPercent = this.run.node(row).children.reduce((sum, child) => sum + 100 * processors.usedBy(child), 0);
    const { heapMb, port } = this.settingsOf(row);
    return { command: `java -Xmx${heapMb}m … :${port}`, memoryMb: this.run.entities.ownMb[row]!, cpuPercent: Math.round(cpuPercent) };
  }

  killedForMemory(row: number): boolean {
    return this.installed.act(row, "kill") ?? false;
  }

  isOverMemory(row: number): boolean {
    return this.installed.isAlive(row) && this.wantedMb(row) > this.run.entities.ownMb[row]!;
  }

  /** Its heap has filled up further: the machine has the memory for that, or somebody must die. */
  grew(row: number): void {
    const { run } = this;
    const { heapMb } = this.settingsOf(row);
    const usedMb = this.heapUsedMb(row);
    if (usedMb > heapMb) {
      run.note("heap-full", row, -1, usedMb, heapMb);
      this.installed.ends(row, outOfHeap);
      return;
    }
    while (this.isOverMemory(row)) {
      const moreMb = this.wantedMb(row) - run.entities.ownMb[row]!;
      if (run.reserve(row, moreMb)) run.entities.ownMb[row]! += moreMb;
      else if (!killLargest(run, this.machineOf(row))) return;
    }
  }

  status(row: number): OwnStatus {
    const own = this.installed.status(row);
    const { heapMb, javaVersion } = this.settingsOf(row);
    const acts = own.state === "running" || own.state === "hung" || own.state === "starting" ? [...own.acts, "crash"] : own.acts;
    return {
      ...own,
      acts,
      facts: [
        { key: "java", value: javaVersion },
        { key: "heap", value: Math.round(this.heapUsedMb(row)), upper: heapMb, unit: "MB" },
        { key: "process-memory", value: this.run.entities.ownMb[row]!, unit: "MB" },
      ],
      parts: [],
    };
  }

  chart(row: number): ChartDescription {
    return this.installed.life.machine.describe(this.run.entities.state[row]!);
  }

  private settingsOf(row: number): ServerSettings {
    return this.run.node(row).settings as unknown as ServerSettings;
  }

  private machineOf(row: number): number {
    return this.run.entities.parent[row]! - 1;
  }

  private eachApplication(row: number, visit: (child: number) => void): void {
    const { kernel } = this.run;
    const { cause } = kernel;
    for (const child of this.run.node(row).children) {
      kernel.cause = cause;
      visit(child);
    }
    kernel.cause = cause;
  }

  /** What its applications have of its heap. */
  private heapUsedMb(row: number): number {
    const { entities, memories } = this.run;
    const running = this.run.node(row).children.filter((child) => entities.address[child]! > 0);
    return running.reduce((sum, child) => sum + memories.usedMb(child), 0);
  }

  /** A heap that has grown is not given back while the process lives. */
  private wantedMb(row: number): number {
    return this.settingsOf(row).runtimeMb + Math.ceil(this.heapUsedMb(row));
  }

  private refusal(row: number): Refusal | null {
    const { run } = this;
    const { environments, entities } = run;
    const { port, runtimeMb } = this.settingsOf(row);
    const machine = this.machineOf(row);
    const hindrance = environments.hindrance(row);
    if (hindrance !== null) return hindrance;
    const taker = environments.by(row, "ports", "network");
    if (taker >= 0) return { what: "port-taken", whom: taker, a: port };
    const other = run.node(machine).children.find((sibling) => sibling !== row && this.listensOn(sibling, port));
    if (other !== undefined) return { what: "port-taken", whom: other, a: port };
    if (entities.ownMb[row]! > 0) return null;
    if (run.reserve(row, runtimeMb)) {
      entities.ownMb[row] = runtimeMb;
      return null;
    }
    return { what: "start-refused", whom: machine, a: runtimeMb, b: run.capacityMb(machine) - entities.reservedMb[machine]! };
  }

  /** Whether somebody on the same machine, and in its network, has the port already. */
  private listensOn(sibling: number, port: number): boolean {
    const { entities, addresses, environments } = this.run;
    const address = entities.address[sibling]! - 1;
    return address >= 0 && addresses.port[address] === port && environments.spaceOf(sibling, "network") !== sibling;
  }

  private opened(row: number): void {
    if (this.run.kernel.nowUs > 0 || !this.run.following) this.run.tellChildren(row, true);
  }

  private gone(row: number): void {
    const { run } = this;
    run.serving.collapse(row);
    this.eachApplication(row, (child) => run.of(child).placeDown?.(child));
    run.release(row, run.entities.ownMb[row]!);
    run.entities.ownMb[row] = 0;
  }
}
