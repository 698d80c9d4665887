import type { SettingValues } from "../../document/topology.ts";
import type { Image } from "../../engine/images/image.ts";
import type { Resource } from "../../engine/environments.ts";
import type { Behaviour, Fault, OwnStatus } from "../../engine/kind.ts";
import type { Window } from "../../engine/policies/detection.ts";
import type { Run } from "../../engine/run.ts";
import { predictByLookup, wireLookups } from "../../engine/lookups.ts";
import { conductActs, wreckActs } from "../../document/fault-acts.ts";
import { misbehave } from "../../engine/conduct.ts";
import { allWell, faultState, servingFacts, slowDown } from "../../engine/serving-status.ts";
import type { ChartDescription, Fact, ProcessStatus, Tone } from "../../engine/status.ts";
import type { ProcessEvent } from "../../engine/machines/process-life.ts";
import type { NodeConfig } from "../../engine/world.ts";
import { killed } from "./processes.ts";
import { ContainerLives } from "./life.ts";

const tones: Readonly<Record<string, Tone>> = {
  absent: "idle",
  waiting: "busy",
  pulling: "busy",
  "pull-failed": "doubtful",
  refused: "dead",
  starting: "busy",
  running: "running",
  hung: "doubtful",
  stopping: "draining",
  "hung-stopping": "draining",
  ignoring: "draining",
  restarting: "busy",
  exited: "dead",
  dead: "dead",
};

export function behaviour(run: Run): Behaviour {
  return new Containers(run);
}

/** A process of an image, on the kernel of its machine: a new id and a new address each time it is created. */
class Containers implements Behaviour {
  private readonly run: Run;
  private readonly lives: ContainerLives;

  constructor(run: Run) {
    this.run = run;
    this.lives = new ContainerLives(run);
  }

  create(row: number, warm: boolean): void {
    this.run.serving.configure(row, this.run.serviceConfig(row));
    this.lives.create(row, warm);
  }

  wire(row: number, warm: boolean): void {
    wireLookups(this.run, row, warm);
    if (warm) this.lives.heartbeats.beginWarm(row);
  }

  configure(row: number, before: NodeConfig): void {
    const { run, lives } = this;
    run.serving.configure(row, run.serviceConfig(row));
    run.processors.changed(row);
    wireLookups(run, row, false);
    lives.heartbeats.beginNew(row);
    lives.heartbeats.reregister(row, before.links);
    lives.configure(row, before);
    run.touch(row);
  }

  registerAnew(row: number): void {
    this.lives.heartbeats.beginNew(row);
  }

  relearn(row: number): void {
    this.run.serving.learn(row, this.run.serviceConfig(row));
  }

  remove(row: number): void {
    this.lives.remove(row);
  }

  act(row: number, act: string, amount: number): boolean {
    const isRunning = this.lives.hosting.is(row, "running");
    switch (act) {
      case "kill":
        return this.byHand(row, "refuses", "KILL");
      case "crash":
        return this.crash(row, amount);
      case "start":
        return this.start(row);
      case "hang":
        return isRunning && this.fault(row, "hangs", "HANG");
      case "stop":
        return this.stop(row);
      case "slow":
        return isRunning && slowDown(this.run, row, amount);
      case "err":
      case "reset":
      case "fail-all":
      case "drop":
        return isRunning && misbehave(this.run, row, act, amount) === true;
      case "resume":
        return this.lives.hosting.is(row, "hung") ? this.lives.send(row, "RESUME") : allWell(this.run, row);
      case "recreate":
        return this.recreate(row);
      default:
        return isRunning && this.wreck(row, act, amount);
    }
  }

  placeUp(row: number): void {
    this.lives.placeUp(row);
  }

  placeDown(row: number): void {
    this.lives.send(row, "MACHINE_DOWN");
  }

  /** The daemon is stopped, and stops its containers; their restart policies say which of them are back with it. */
  placeStops(row: number): boolean {
    const { hosting } = this.lives;
    if (hosting.is(row, "running") || hosting.is(row, "hung")) this.lives.send(row, this.atSigterm(row));
    return ["stopping", "hung-stopping", "ignoring"].some((state) => hosting.is(row, state));
  }

  accept(row: number, call: number): void {
    this.run.serving.accept(row, call);
  }

  idle(row: number): void {
    this.lives.send(row, "STOPPED");
  }

  healthy(row: number): boolean {
    return this.run.serving.isWell(row);
  }

  imageSettled(row: number, image: string, there: boolean): void {
    this.lives.imageSettled(row, image, there);
  }

  predict(row: number, node: number, fault: Fault, wire: number): Window | null {
    return predictByLookup(this.run, row, node, fault, wire) ?? null;
  }

  status(row: number): OwnStatus {
    const { run, lives } = this;
    const state = lives.hosting.name(row);
    const fault = state === "running" ? faultState(run, row) : null;
    const shown = fault ?? (state === "running" ? shownHealth(lives.healthchecks.statusOf(row)) : state);
    const progress = state === "pulling" ? run.pulls.progress(lives.machineOf(row), lives.images.wantedBy(row).name) : null;
    const pulled: Fact[] = progress === null ? [] : [{ key: "layers", value: progress[0], upper: progress[1], unit: "count" }];
    return {
      state: shown,
      tone: fault !== null || shown === "unhealthy" ? "doubtful" : (tones[state] ?? "idle"),
      acts: actsIn(state, fault !== null, lives.processes.table.isAgain[row] === 1, lives.processes.table.hasBegun[row] === 1),
      facts: [
        ...pulled,
        ...lives.images.facts(row),
        ...lives.disks.facts(row),
        ...lives.healthchecks.facts(row),
        ...lives.processes.facts(row, state),
        ...this.memoryFacts(row),
        ...servingFacts(run, row),
      ],
      parts: run.partsOf(row),
    };
  }

  private memoryFacts(row: number): Fact[] {
    const used = this.lives.isAlive(row) ? Math.round(this.run.memories.usedMb(row)) : 0;
    const { memoryMb } = this.lives.processes.settingsOf(row);
    return used > 0 ? [{ key: "memory-used", value: used, unit: "MB", upper: memoryMb }] : [];
  }

  chart(row: number): ChartDescription {
    return this.lives.hosting.machine.describe(this.run.entities.state[row]!);
  }

  furtherCharts(row: number): ChartDescription[] {
    return this.lives.healthchecks.charts(row);
  }

  given(row: number): SettingValues {
    return this.lives.images.given(row);
  }

  madeOf(row: number): Image | null {
    return this.lives.images.of(row);
  }

  private wreck(row: number, act: string, amount: number): boolean {
    const { pidsLimit } = this.lives.processes.settingsOf(row);
    return this.run.environments.wreck(row, act, amount, pidsLimit > 0 ? pidsLimit : Infinity);
  }

  /** Namespaces of its own for files, network and processes. Its disk and its number of processes are the machine's unless limited. */
  hasOwn(row: number, resource: Resource): boolean {
    const { pidsLimit, diskLimitMb } = this.lives.processes.settingsOf(row);
    if (resource === "disk") return diskLimitMb > 0;
    return resource === "processes" ? pidsLimit > 0 : resource !== "cpu";
  }

  writtenKb(row: number): number {
    return this.lives.disks.writtenKb(row);
  }

  isDiskFull(row: number): boolean {
    return this.lives.disks.isAtLimit(row);
  }

  listedAs(row: number): ProcessStatus | null {
    if (!this.lives.isAlive(row)) return null;
    const { memories, processors } = this.run;
    const { image } = this.lives.processes.settingsOf(row);
    return { command: image, memoryMb: memories.usedMb(row), cpuPercent: Math.round(100 * processors.usedBy(row)) };
  }

  isOverMemory(row: number): boolean {
    return this.lives.isAlive(row) && this.run.memories.usedMb(row) > this.lives.processes.settingsOf(row).memoryMb;
  }

  /** Its control group's limit is reached: the kernel kills what is in it. */
  grew(row: number): void {
    const { memoryMb } = this.lives.processes.settingsOf(row);
    this.run.note("oom-killed", row, -1, this.run.memories.usedMb(row), memoryMb);
    this.killedForMemory(row);
  }

  killedForMemory(row: number): boolean {
    this.lives.processes.ends(row, killed);
    return this.lives.heeds(row, "CRASH") ? this.lives.send(row, "CRASH") : this.fault(row, "refuses", "KILL");
  }

  /** A fault, announced to those who will notice it. */
  private fault(row: number, how: Fault, event: ProcessEvent): boolean {
    if (["running", "hung", "ignoring"].some((state) => this.lives.hosting.is(row, state))) this.run.predictions.tell(row, how);
    return this.lives.send(row, event);
  }

  /** `docker kill` and `docker stop`: no restart policy brings it back. */
  private byHand(row: number, how: Fault, event: ProcessEvent): boolean {
    if (!this.lives.heeds(row, event)) return false;
    this.lives.processes.stoppedByHand(row);
    return this.fault(row, how, event);
  }

  private stop(row: number): boolean {
    const event = this.atSigterm(row);
    if (!this.lives.heeds(row, event)) return false;
    this.lives.processes.stoppedByHand(row);
    return event === "STOP" ? this.fault(row, "withdraws", event) : this.lives.send(row, event);
  }

  /** What the process makes of SIGTERM is its own affair. */
  private atSigterm(row: number): ProcessEvent {
    const { hosting, processes } = this.lives;
    const { onTerm } = processes.settingsOf(row);
    if (!hosting.is(row, "running") || onTerm === "drains") return "STOP";
    return onTerm === "exits" ? "STOP_AT_ONCE" : "STOP_IGNORED";
  }

  /** Its process ends by itself, with an exit code from 1 on (137: it was killed from outside, or for its memory). */
  private crash(row: number, amount: number): boolean {
    const { lives } = this;
    if (!lives.heeds(row, "CRASH")) return false;
    lives.processes.ends(row, Math.max(1, Math.min(255, Math.round(amount))));
    return lives.send(row, "CRASH");
  }

  private start(row: number): boolean {
    const { lives } = this;
    if (!lives.canStart(row)) return false;
    lives.processes.startedByHand(row);
    return lives.startAgain(row);
  }

  /** What is on its way already is not begun a second time: R twice makes one new instance. */
  private recreate(row: number): boolean {
    const { lives } = this;
    const isAgain = lives.processes.table.isAgain[row] === 1;
    if (["pulling", "waiting"].some((state) => lives.hosting.is(row, state))) return false;
    if (lives.hosting.is(row, "starting") && !isAgain) return false;
    if (lives.isAlive(row) || lives.hosting.is(row, "starting")) this.fault(row, "refuses", "KILL");
    lives.spawn(row);
    return true;
  }
}

/** As `docker ps` says it: "Up 3 minutes (unhealthy)". */
function shownHealth(status: string): string {
  return status === "none" ? "running" : status === "starting" ? "health-starting" : status;
}

function actsIn(state: string, isFaulty: boolean, isAgain: boolean, hasBegun: boolean): string[] {
  switch (state) {
    case "running":
      return ["kill", "crash", "recreate", "hang", "slow", ...conductActs, ...(isFaulty ? ["resume"] : []), "stop", ...wreckActs];
    case "hung":
      return ["kill", "crash", "recreate", "resume", "stop"];
    case "ignoring":
      return ["kill", "crash", "recreate"];
    case "stopping":
    case "hung-stopping":
      return ["kill", "recreate"];
    case "restarting":
      return ["kill", "recreate", "stop"];
    case "starting":
      return isAgain ? ["kill", "crash", "recreate", "stop"] : ["kill", "crash"];
    case "pulling":
    case "waiting":
      return ["kill"];
    case "exited":
    case "dead":
      return hasBegun ? ["recreate", "start"] : ["recreate"];
    default:
      return ["recreate"];
  }
}
