import { presence } from "../../engine/entities.ts";
import type { Hosting } from "../../engine/hosting.ts";
import { beginLookups, endLookups, wireLookups } from "../../engine/lookups.ts";
import { processLife } from "../../engine/machines/process-life.ts";
import type { Image } from "../../engine/pulls.ts";
import type { Run } from "../../engine/run.ts";
import type { settings } from "./declaration.ts";
import { Heartbeats } from "./heartbeats.ts";

type ContainerSettings = (typeof settings)["defaults"];
type ProcessEvent =
  | "CREATE_WAITING"
  | "CREATE_PULL"
  | "CREATE"
  | "NO_ROOM"
  | "PULLED"
  | "PULL_FAILED"
  | "HANG"
  | "RESUME"
  | "STOP"
  | "STOPPED"
  | "KILL"
  | "MACHINE_DOWN";

/** An image that cannot be had is asked for again after this long (Kubernetes' ImagePullBackOff begins with 10 s). */
const backOffUs = 10_000_000;
const aliveStates = ["running", "hung", "stopping", "hung-stopping"];

/** The lives of containers: what each state of their machine means for memory, address, work and registration. */
export class ContainerLives {
  readonly hosting: Hosting;
  readonly heartbeats: Heartbeats;
  private readonly run: Run;
  private readonly numbers: Readonly<Record<string, number>>;

  constructor(run: Run) {
    this.run = run;
    this.hosting = run.host(processLife, {
      column: run.entities,
      delayUs: (row, delay) => this.delayUs(row, delay),
      effects: this.effects(),
      onChange: (row) => run.stateChanged(row),
    });
    this.numbers = Object.fromEntries(this.hosting.machine.events.map((event, index) => [event, index]));
    this.heartbeats = new Heartbeats(run, (row) => this.isAlive(row));
  }

  send(row: number, event: ProcessEvent): boolean {
    return this.hosting.send(row, this.numbers[event]!);
  }

  isAlive(row: number): boolean {
    return aliveStates.some((state) => this.hosting.is(row, state));
  }

  imageOf(row: number): Image {
    const { image, imageMb, layers } = this.settingsOf(row);
    return { name: image, layers, megabytes: imageMb };
  }

  machineOf(row: number): number {
    return this.run.entities.parent[row]! - 1;
  }

  /** It is in the document: running, if everything was there before time began, or about to be created. */
  create(row: number, warm: boolean): void {
    const { entities, pulls } = this.run;
    this.hosting.place(row, "absent");
    if (!warm || this.creation(row) === "CREATE_WAITING" || entities.ownMb[row] === 0) return this.begin(row, !warm);
    entities.incarnation[row]!++;
    pulls.grant(this.machineOf(row), this.imageOf(row));
    entities.firstServed[row] = 1;
    this.hosting.place(row, "running");
    this.run.newAddress(row, this.settingsOf(row).port);
    this.run.setPresence(row, presence.open);
  }

  /** A new incarnation: it waits for its machine, pulls its image, or starts. */
  spawn(row: number): void {
    this.begin(row, false);
  }

  placeUp(row: number): void {
    if (this.hosting.is(row, "waiting")) this.send(row, this.creation(row));
  }

  imageSettled(row: number, image: string, there: boolean): void {
    if (!this.hosting.is(row, "pulling") || this.imageOf(row).name !== image) return;
    if (there) this.run.note("pulled", row);
    this.send(row, there ? "PULLED" : "PULL_FAILED");
  }

  remove(row: number): void {
    this.run.note("removed", row);
    this.run.network.resetInbound(row);
    this.gone(row);
    this.hosting.place(row, "absent");
  }

  private settingsOf(row: number): ContainerSettings {
    return this.run.node(row).settings as unknown as ContainerSettings;
  }

  private delayUs(row: number, delay: string): number {
    if (delay === "backoff") return backOffUs;
    const { startMs, stopGraceMs } = this.settingsOf(row);
    return Math.round((delay === "grace" ? stopGraceMs : startMs) * 1000);
  }

  private effects(): Record<string, (row: number) => void> {
    const { run } = this;
    return {
      waits: (row) => run.note("waiting", row, this.machineOf(row)),
      pull: (row) => run.pulls.ask(this.machineOf(row), row, this.imageOf(row)),
      "pull-gave-up": (row) => run.note("pull-failed", row),
      refused: (row) => this.refused(row),
      "start-began": (row) => this.startBegan(row),
      opened: (row) => this.opened(row),
      silenced: (row) => this.silenced(row),
      resumed: (row) => this.resumed(row),
      "began-stopping": (row) => this.beganStopping(row),
      exited: (row) => this.exited(row),
      died: (row) => this.died(row),
      "died-with-machine": (row) => this.diedWithMachine(row),
    };
  }

  private begin(row: number, isTold: boolean): void {
    const { entities } = this.run;
    entities.incarnation[row]!++;
    entities.firstServed[row] = 0;
    if (!isTold) this.run.note("created", row);
    this.send(row, this.creation(row));
  }

  /** What the machine, its memory and its images say to a container that wants to be. */
  private creation(row: number): ProcessEvent {
    const { run } = this;
    const machine = this.machineOf(row);
    if (run.entities.up[machine] === 0 || !run.placeIsUp(row)) return "CREATE_WAITING";
    if (!this.takeMemory(row)) return "NO_ROOM";
    return run.pulls.has(machine, this.imageOf(row)) ? "CREATE" : "CREATE_PULL";
  }

  private takeMemory(row: number): boolean {
    const { ownMb } = this.run.entities;
    if (ownMb[row]! > 0) return true;
    const wanted = this.settingsOf(row).memoryMb;
    if (!this.run.reserve(row, wanted)) return false;
    ownMb[row] = wanted;
    return true;
  }

  private refused(row: number): void {
    const machine = this.machineOf(row);
    const freeMb = this.run.capacityMb(machine) - this.run.entities.reservedMb[machine]!;
    this.run.note("start-refused", row, machine, this.settingsOf(row).memoryMb, freeMb);
  }

  private startBegan(row: number): void {
    this.run.newAddress(row, this.settingsOf(row).port);
    this.run.setPresence(row, presence.refuse);
    this.run.note("starting", row);
  }

  private opened(row: number): void {
    this.run.setPresence(row, presence.open);
    this.run.note("up", row);
    this.heartbeats.begin(row);
    beginLookups(this.run, row);
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
  }

  private beganStopping(row: number): void {
    this.run.note("stopping", row);
    this.run.setPresence(row, presence.refuse);
    this.heartbeats.withdraw(row);
    if (this.run.entities.inFlight[row] === 0) this.send(row, "STOPPED");
  }

  private exited(row: number): void {
    this.run.note("stopped", row);
    this.gone(row);
  }

  private died(row: number): void {
    this.run.note("died", row, -1, 137);
    this.run.setPresence(row, presence.refuse);
    this.run.network.resetInbound(row);
    this.gone(row);
  }

  private diedWithMachine(row: number): void {
    this.run.note("died", row, this.machineOf(row));
    this.run.setPresence(row, presence.refuse);
    this.run.network.forgetInbound(row);
    this.gone(row);
  }

  /** Its work, its address and its memory go with it. */
  private gone(row: number): void {
    const { run } = this;
    endLookups(run, row);
    run.serving.collapse(row);
    run.setPresence(row, presence.refuse);
    run.leaveAddress(row);
    run.release(row, run.entities.ownMb[row]!);
    run.entities.ownMb[row] = 0;
  }
}
