import { presence } from "../../engine/entities.ts";
import { forgetConduct } from "../../engine/conduct.ts";
import { Heartbeats } from "../../engine/heartbeats.ts";
import type { Hosting } from "../../engine/hosting.ts";
import type { Hindrance } from "../../engine/environments.ts";
import { beginLookups, endLookups, wireLookups } from "../../engine/lookups.ts";
import { processLife, type ProcessEvent } from "../../engine/machines/process-life.ts";
import { startsWithDaemon } from "../../engine/policies/restart.ts";
import type { Run } from "../../engine/run.ts";
import type { NodeConfig } from "../../engine/world.ts";
import type { ContainerSettings } from "./declaration.ts";
import { Disks } from "./disks.ts";
import { Healthchecks } from "./healthchecks.ts";
import { OwnImages } from "./own-images.ts";
import { killed, Processes } from "./processes.ts";

/** An image that cannot be had is asked for again after this long (Kubernetes' ImagePullBackOff begins with 10 s). */
const backOffUs = 10_000_000;
/** What a shell says of a command, or a library of it, that is not there. */
const notFound = 127;
const aliveStates = ["running", "hung", "stopping", "hung-stopping", "ignoring"];
const overStates = ["exited", "dead"];

/** The lives of containers: what each state of their machine means for memory, address, work and registration. */
export class ContainerLives {
  readonly hosting: Hosting;
  readonly heartbeats: Heartbeats;
  readonly processes: Processes;
  readonly healthchecks: Healthchecks;
  readonly images: OwnImages;
  readonly disks: Disks;
  private readonly run: Run;
  private readonly numbers: Readonly<Record<string, number>>;

  constructor(run: Run) {
    this.run = run;
    this.images = new OwnImages(run);
    this.processes = new Processes(run, this.images);
    this.disks = new Disks(run, this.processes, this.images);
    this.hosting = run.host(processLife, {
      column: run.entities,
      delayUs: (row, delay) => this.delayUs(row, delay),
      effects: this.effects(),
      onChange: (row) => run.stateChanged(row),
    });
    this.numbers = Object.fromEntries(this.hosting.machine.events.map((event, index) => [event, index]));
    this.heartbeats = new Heartbeats(run, (row) => this.isAlive(row));
    this.healthchecks = new Healthchecks(run, this.processes);
  }

  heeds(row: number, event: ProcessEvent): boolean {
    return this.hosting.machine.heeds(this.run.entities.state[row]!, this.numbers[event]!);
  }

  send(row: number, event: ProcessEvent): boolean {
    return this.hosting.send(row, this.numbers[event]!);
  }

  isAlive(row: number): boolean {
    return aliveStates.some((state) => this.hosting.is(row, state));
  }

  /** Its process has ended, and Docker is not about to start it again. */
  private isOver(row: number): boolean {
    return overStates.some((state) => this.hosting.is(row, state));
  }

  machineOf(row: number): number {
    return this.run.entities.parent[row]! - 1;
  }

  /** It is in the document: running, if everything was there before time began, or about to be created. */
  create(row: number, warm: boolean): void {
    const { entities, pulls } = this.run;
    this.hosting.place(row, "absent");
    this.processes.created(row);
    if (!warm || this.creation(row) === "CREATE_WAITING" || entities.ownMb[row] === 0) return this.begin(row, !warm);
    if (!pulls.grant(this.machineOf(row), this.images.wantedBy(row))) return this.begin(row, false);
    entities.incarnation[row]!++;
    entities.firstServed[row] = 1;
    this.images.take(row);
    this.processes.beganLongAgo(row);
    this.hosting.place(row, "running");
    this.run.addressing.give(row, this.settingsOf(row).port);
    this.run.setPresence(row, presence.open);
    this.healthchecks.openWarm(row);
    this.run.memories.look(row);
    this.retime(row);
  }

  configure(row: number, node: NodeConfig): void {
    const before = this.images.withImage(row, node.settings as unknown as ContainerSettings, node.record.settings);
    this.disks.configure(row, before);
    const { command, runMs } = this.settingsOf(row);
    if (command !== before.command || runMs !== before.runMs) this.retime(row);
    this.healthchecks.configure(row, before, this.isAlive(row));
  }

  /** Its command runs as long as its settings say now, from the beginning of its process (of a warm run, from 0 s). */
  private retime(row: number): void {
    if (!this.hosting.is(row, "running")) return;
    const leftUs = this.processes.leftUs(row);
    if (leftUs === Infinity) this.hosting.delays.stop(row);
    else this.hosting.delays.start(row, leftUs);
  }

  canStart(row: number): boolean {
    return this.isOver(row) && this.processes.table.hasBegun[row] === 1 && this.machineIsUp(row);
  }

  /**
   * `docker start`, or the daemon that has come up: the same container again, with its id and its disk. Docker gives its
   * address back when it ends (moby monitor.go, Cleanup) and takes the lowest free one when it starts, which is the same
   * one unless another container took it meanwhile; here none ever does.
   */
  startAgain(row: number): boolean {
    const { run } = this;
    if (!this.canStart(row)) return false;
    if (!this.takeMemory(row)) return this.send(row, "NO_ROOM");
    run.addressing.takeAgain(row);
    return this.send(row, "START");
  }

  /** A new incarnation: it waits for its machine, pulls its image, or starts. */
  spawn(row: number): void {
    if (this.hosting.is(row, "restarting")) this.gone(row);
    this.begin(row, false);
  }

  placeUp(row: number): void {
    if (this.hosting.is(row, "waiting")) return void this.send(row, this.creation(row));
    const { processes } = this;
    if (!this.isOver(row) || !startsWithDaemon(processes.policyOf(row), processes.table.isManual[row] === 1)) return;
    if (!this.canStart(row)) return;
    processes.startedByDaemon(row);
    this.startAgain(row);
  }

  imageSettled(row: number, image: string, there: boolean): void {
    if (!this.hosting.is(row, "pulling") || this.images.wantedBy(row).name !== image) return;
    if (there) this.run.note("pulled", row);
    this.send(row, there ? "PULLED" : "PULL_FAILED");
  }

  remove(row: number): void {
    this.disks.lose(row);
    this.run.note("removed", row);
    this.run.network.resetInbound(row);
    this.gone(row);
    this.hosting.place(row, "absent");
    this.run.left(row);
  }

  private settingsOf(row: number): ContainerSettings {
    return this.processes.settingsOf(row);
  }

  private delayUs(row: number, delay: string): number {
    switch (delay) {
      case "backoff":
        return backOffUs;
      case "grace":
        return Math.round(this.settingsOf(row).stopGraceMs * 1000);
      case "command":
        return this.processes.leftUs(row);
      case "restart":
        return this.processes.table.waitUs[row]!;
      default:
        return this.processes.startUs(row);
    }
  }

  private effects(): Record<string, (row: number) => void> {
    const { run } = this;
    return {
      waits: (row) => run.note("waiting", row, this.machineOf(row)),
      pull: (row) => this.images.pull(row),
      "pull-gave-up": (row) => this.images.gaveUp(row),
      refused: (row) => this.refused(row),
      "start-began": (row) => this.startBegan(row),
      opened: (row) => this.opened(row),
      silenced: (row) => this.silenced(row),
      resumed: (row) => this.resumed(row),
      "began-stopping": (row) => this.beganStopping(row),
      exited: (row) => this.exited(row),
      "exited-at-once": (row) => this.exitedAtOnce(row),
      "ignored-stop": (row) => run.note("stop-ignored", row, -1, this.delayUs(row, "grace")),
      "command-ended": (row) => this.commandEnded(row),
      crashed: (row) => this.ended(row, this.processes.table.exitCode[row]!),
      "awaits-restart": (row) => this.awaitsRestart(row),
      "restart-cancelled": (row) => this.restartCancelled(row),
      "grace-over": (row) => run.predictions.tell(row, "refuses"),
      died: (row) => this.died(row),
      "died-with-machine": (row) => this.diedWithMachine(row),
    };
  }

  private begin(row: number, isTold: boolean): void {
    const { entities } = this.run;
    this.disks.lose(row);
    entities.incarnation[row]!++;
    entities.firstServed[row] = 0;
    this.processes.created(row);
    this.run.environments.cleared(row);
    if (!isTold) this.run.note("created", row);
    this.send(row, this.creation(row));
  }

  /** What the machine, its memory and its images say to a container that wants to be. */
  private creation(row: number): ProcessEvent {
    if (!this.machineIsUp(row)) return "CREATE_WAITING";
    if (this.hindrance(row) !== null || !this.takeMemory(row)) return "NO_ROOM";
    return this.images.isReady(row) ? "CREATE" : "CREATE_PULL";
  }

  private machineIsUp(row: number): boolean {
    return this.run.entities.up[this.machineOf(row)] === 1 && this.run.placeIsUp(row);
  }

  private takeMemory(row: number): boolean {
    const { ownMb } = this.run.entities;
    if (ownMb[row]! > 0) return true;
    const wanted = this.settingsOf(row).memoryMb;
    if (!this.run.reserve(row, wanted)) return false;
    ownMb[row] = wanted;
    return true;
  }

  /** Docker itself needs room on the machine's disk, and a process of its own there. */
  private hindrance(row: number): Hindrance | null {
    const { environments } = this.run;
    const machine = this.machineOf(row);
    const filler = environments.by(machine, "disk", "disk");
    if (filler >= 0) return { what: "no-space", whom: filler };
    const bomb = environments.by(machine, "forks", "processes");
    return bomb < 0 ? null : { what: "cannot-fork", whom: bomb };
  }

  private refused(row: number): void {
    const machine = this.machineOf(row);
    const hindrance = this.hindrance(row);
    if (hindrance !== null) return this.run.note(hindrance.what, row, hindrance.whom);
    const freeMb = this.run.capacityMb(machine) - this.run.entities.reservedMb[machine]!;
    this.run.note("start-refused", row, machine, this.settingsOf(row).memoryMb, freeMb);
  }

  private startBegan(row: number): void {
    const { run, processes } = this;
    if (processes.table.hasBegun[row] === 0) this.images.take(row);
    if (run.entities.address[row] === 0) run.addressing.give(row, this.settingsOf(row).port);
    run.entities.firstServed[row] = 0;
    processes.begins(row);
    run.setPresence(row, presence.refuse);
    run.note("starting", row, -1, processes.table.isAgain[row]!, processes.table.restarts[row]!);
    this.healthchecks.open(row);
  }

  private opened(row: number): void {
    const hindrance = this.run.environments.hindrance(row);
    if (hindrance !== null) return this.cannotRun(row, hindrance);
    this.run.setPresence(row, presence.open);
    this.run.note("up", row, -1, this.processes.table.isAgain[row]!);
    this.processes.table.upRow[row] = this.run.journal.length;
    this.heartbeats.begin(row);
    beginLookups(this.run, row);
    this.run.memories.look(row);
  }

  /** It is the same container again, with its disk as it was left: what was deleted is missing. */
  private cannotRun(row: number, { what, whom }: Hindrance): void {
    this.run.note(what, row, whom === row ? -1 : whom);
    this.processes.ends(row, notFound);
    this.send(row, "CRASH");
  }

  private silenced(row: number): void {
    this.run.note("hung", row);
    this.run.serving.hang(row);
    this.run.setPresence(row, presence.hung);
  }

  private resumed(row: number): void {
    this.run.note("resumed", row);
    this.run.setPresence(row, presence.open);
    this.heartbeats.beginNew(row);
    wireLookups(this.run, row, false);
    this.run.serving.resume(row);
    this.healthchecks.resumed(row);
  }

  private beganStopping(row: number): void {
    this.run.note("stopping", row);
    this.run.setPresence(row, presence.refuse);
    this.heartbeats.withdraw(row);
    if (this.run.entities.inFlight[row] === 0) this.send(row, "STOPPED");
  }

  private exited(row: number): void {
    this.run.note("stopped", row);
    this.endsAfterAll(row, 0);
    this.isOverNow(row);
  }

  private restartCancelled(row: number): void {
    this.run.note("stopped", row, -1, 1);
    this.gone(row);
  }

  /** What was waiting or pulling had no process that could end. */
  private endsAfterAll(row: number, exitCode: number): void {
    if (this.run.entities.address[row] !== 0) this.processes.ends(row, exitCode);
  }

  /** It left at SIGTERM without a word to those who wait for an answer, or to a registry. */
  private exitedAtOnce(row: number): void {
    this.run.predictions.tell(row, "refuses");
    this.run.note("exited", row, -1, 0, 0);
    this.processes.ends(row, 0);
    this.cutOff(row);
    this.isOverNow(row);
  }

  private commandEnded(row: number): void {
    this.run.kernel.cause = this.processes.table.upRow[row]! - 1;
    this.ended(row, this.settingsOf(row).exitCode);
  }

  /** Its process ended by itself; the restart policy says whether it comes back. */
  private ended(row: number, exitCode: number): void {
    const { run, processes } = this;
    processes.ends(row, exitCode);
    const comesBack = processes.willRestart(row);
    run.predictions.tell(row, "refuses", row, comesBack ? processes.nextWaitUs(row) + processes.startUs(row) : Infinity);
    run.note("exited", row, -1, exitCode, comesBack ? 1 : processes.givesUp(row) ? 2 : this.endsForInput(row, exitCode) ? 3 : 0);
    this.cutOff(row);
    if (!comesBack) return this.isOverNow(row);
    this.collapse(row);
    processes.awaitsRestart(row);
    this.send(row, "RESTART");
    run.left(row);
  }

  /** An interpreter without a terminal: it has nothing to read, and so nothing to do. */
  private endsForInput(row: number, exitCode: number): boolean {
    return exitCode === 0 && this.images.waitsForInput(row);
  }

  /** The container stays as it is, with its id, its address and its memory: only its process is gone. */
  private awaitsRestart(row: number): void {
    const { waitUs, restarts } = this.processes.table;
    this.run.note("restarting", row, -1, waitUs[row]!, restarts[row]!);
  }

  private died(row: number): void {
    this.run.note("died", row, -1, killed);
    this.endsAfterAll(row, killed);
    this.cutOff(row);
    this.isOverNow(row);
  }

  private diedWithMachine(row: number): void {
    this.run.note("died", row, this.machineOf(row));
    this.processes.vanishes(row);
    this.run.setPresence(row, presence.refuse);
    this.run.network.forgetInbound(row);
    this.gone(row);
  }

  /** Whoever waits for an answer from it is told: its connections are reset. */
  private cutOff(row: number): void {
    this.heartbeats.cutOff(row);
    this.run.setPresence(row, presence.refuse);
    this.run.network.resetInbound(row);
  }

  private isOverNow(row: number): void {
    this.gone(row);
    this.run.left(row);
  }

  /** Its work, its address and its memory go with it. */
  private gone(row: number): void {
    const { run } = this;
    this.collapse(row);
    run.addressing.leave(row);
    run.release(row, run.entities.ownMb[row]!);
    run.entities.ownMb[row] = 0;
  }

  /** What its process had in hand goes with it. */
  private collapse(row: number): void {
    const { run } = this;
    this.healthchecks.close(row);
    endLookups(run, row);
    run.serving.collapse(row);
    forgetConduct(run, row);
    run.setPresence(row, presence.refuse);
  }
}
