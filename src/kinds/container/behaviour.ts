import type { Behaviour, Fault } from "../../engine/kind.ts";
import type { Run } from "../../engine/run.ts";
import { predictByLookup, wireLookups } from "../../engine/lookups.ts";
import { backToNormal, servingFacts, slowDown } from "../../engine/serving-status.ts";
import type { Tone } from "../../engine/status.ts";
import { imageOf, makeLife } from "./life.ts";

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

/** A process of an image, on the kernel of its machine: a new id and a new address each time it is created. */
export function behaviour(run: Run): Behaviour {
  const { serving, entities } = run;
  const life = makeLife(run);
  const { hosting } = life;

  /** A fault, announced to those who will notice it. */
  const fault = (row: number, how: Fault, event: "KILL" | "HANG" | "STOP") => {
    if (hosting.is(row, "running") || hosting.is(row, "hung")) run.predictAll(row, how);
    return life.send(row, event);
  };

  const recreate = (row: number) => {
    const underWay = ["starting", "pulling", "waiting"].some((state) => hosting.is(row, state));
    if (underWay) return false;
    if (life.isAlive(row)) fault(row, "refuses", "KILL");
    life.spawn(row);
    return true;
  };

  const acts: Readonly<Record<string, (row: number, amount: number) => boolean>> = {
    kill: (row) => fault(row, "refuses", "KILL"),
    hang: (row) => hosting.is(row, "running") && fault(row, "hangs", "HANG"),
    stop: (row) => fault(row, "withdraws", "STOP"),
    slow: (row, amount) => hosting.is(row, "running") && slowDown(run, row, amount),
    resume: (row) => (hosting.is(row, "hung") ? life.send(row, "RESUME") : backToNormal(run, row)),
    recreate,
  };

  return {
    create(row, warm) {
      serving.configure(row, run.serviceConfig(row));
      life.create(row, warm);
    },
    wire(row, warm) {
      wireLookups(run, row, warm);
      if (warm) life.registerWarm(row);
    },
    configure(row) {
      serving.configure(row, run.serviceConfig(row));
      wireLookups(run, row, false);
      life.registerNew(row);
      run.touch(row);
    },
    relearn: (row) => serving.learn(row, run.serviceConfig(row)),
    remove: (row) => life.remove(row),
    act: (row, act, amount) => acts[act]?.(row, amount) ?? false,
    placeUp: (row) => life.placeUp(row),
    placeDown: (row) => void life.send(row, "MACHINE_DOWN"),
    accept: (row, call) => serving.accept(row, call),
    idle: (row) => void life.send(row, "STOPPED"),
    healthy: (row) => !serving.isSaturated(row),
    imageSettled: (row, image, there) => life.imageSettled(row, image, there),
    predict: (row, node, fault) => predictByLookup(run, row, node, fault),
    status(row) {
      const state = hosting.name(row);
      const slowed = state === "running" && entities.slowness[row]! > 0;
      const progress = state === "pulling" ? run.pulls.progress(entities.parent[row]! - 1, imageOf(run, row).name) : null;
      const pulled = progress === null ? [] : [{ key: "layers", value: progress[0], upper: progress[1], unit: "count" as const }];
      return {
        state: slowed ? "slowed" : state,
        tone: slowed ? "doubtful" : (tones[state] ?? "idle"),
        acts: actsIn(state, slowed),
        facts: [...pulled, ...servingFacts(run, row)],
        parts: run.partsOf(row),
      };
    },
    chart: (row) => hosting.machine.describe(entities.state[row]!),
  };
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
