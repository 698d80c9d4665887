import type { Behaviour, Fault, OwnStatus } from "../../engine/kind.ts";
import type { Run } from "../../engine/run.ts";
import { predictByLookup, wireLookups } from "../../engine/lookups.ts";
import { backToNormal, servingFacts, slowDown } from "../../engine/serving-status.ts";
import type { ChartDescription, Fact, Tone } from "../../engine/status.ts";
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

  configure(row: number): void {
    this.run.serving.configure(row, this.run.serviceConfig(row));
    wireLookups(this.run, row, false);
    this.lives.heartbeats.beginNew(row);
    this.run.touch(row);
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
        return this.fault(row, "refuses", "KILL");
      case "hang":
        return isRunning && this.fault(row, "hangs", "HANG");
      case "stop":
        return this.fault(row, "withdraws", "STOP");
      case "slow":
        return isRunning && slowDown(this.run, row, amount);
      case "resume":
        return this.lives.hosting.is(row, "hung") ? this.lives.send(row, "RESUME") : backToNormal(this.run, row);
      default:
        return this.recreate(row);
    }
  }

  placeUp(row: number): void {
    this.lives.placeUp(row);
  }

  placeDown(row: number): void {
    this.lives.send(row, "MACHINE_DOWN");
  }

  accept(row: number, call: number): void {
    this.run.serving.accept(row, call);
  }

  idle(row: number): void {
    this.lives.send(row, "STOPPED");
  }

  healthy(row: number): boolean {
    return !this.run.serving.isSaturated(row);
  }

  imageSettled(row: number, image: string, there: boolean): void {
    this.lives.imageSettled(row, image, there);
  }

  predict(row: number, node: number, fault: Fault): readonly [number, number] | null {
    return predictByLookup(this.run, row, node, fault);
  }

  status(row: number): OwnStatus {
    const { run, lives } = this;
    const state = lives.hosting.name(row);
    const slowed = state === "running" && run.entities.slowness[row]! > 0;
    const progress = state === "pulling" ? run.pulls.progress(lives.machineOf(row), lives.imageOf(row).name) : null;
    const pulled: Fact[] = progress === null ? [] : [{ key: "layers", value: progress[0], upper: progress[1], unit: "count" }];
    return {
      state: slowed ? "slowed" : state,
      tone: slowed ? "doubtful" : (tones[state] ?? "idle"),
      acts: actsIn(state, slowed),
      facts: [...pulled, ...servingFacts(run, row)],
      parts: run.partsOf(row),
    };
  }

  chart(row: number): ChartDescription {
    return this.lives.hosting.machine.describe(this.run.entities.state[row]!);
  }

  /** A fault, announced to those who will notice it. */
  private fault(row: number, how: Fault, event: "KILL" | "HANG" | "STOP"): boolean {
    if (this.lives.hosting.is(row, "running") || this.lives.hosting.is(row, "hung")) this.run.predictions.tell(row, how);
    return this.lives.send(row, event);
  }

  /** What is on its way already is not begun a second time: R twice makes one new instance. */
  private recreate(row: number): boolean {
    if (["starting", "pulling", "waiting"].some((state) => this.lives.hosting.is(row, state))) return false;
    if (this.lives.isAlive(row)) this.fault(row, "refuses", "KILL");
    this.lives.spawn(row);
    return true;
  }
}

function actsIn(state: string, slowed: boolean): string[] {
  switch (state) {
    case "running":
      return ["kill", "recreate", "hang", "slow", ...(slowed ? ["resume"] : []), "stop"];
    case "hung":
      return ["kill", "recreate", "resume", "stop"];
    case "stopping":
    case "hung-stopping":
      return ["kill", "recreate"];
    case "starting":
    case "pulling":
    case "waiting":
      return ["kill"];
    default:
      return ["recreate"];
  }
}
