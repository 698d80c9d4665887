import { log } from "../../base/math.ts";
import { uniform } from "../../base/random.ts";
import { presence } from "../../engine/entities.ts";
import { whatNumber } from "../../engine/journal.ts";
import type { Behaviour } from "../../engine/kind.ts";
import { priority } from "../../engine/kernel/kernel.ts";
import { code } from "../../engine/protocol.ts";
import { predictByLookup, wireLookups } from "../../engine/lookups.ts";
import type { Run } from "../../engine/run.ts";
import type { settings } from "./declaration.ts";

type ClientSettings = (typeof settings)["defaults"];

/** Issues requests at its rate, or by hand, and counts how each of them ends. */
export function behaviour(run: Run): Behaviour {
  const { entities, kernel, journal, tasks, metrics, calling } = run;
  const settingsOf = (row: number) => run.node(row).settings as unknown as ClientSettings;

  const issue = (row: number) => {
    const number = ++entities.serial[row]!;
    const task = tasks.open(row, -1, row, number);
    metrics.issued(row);
    journal.write(whatNumber.issued, row, -1, row, number, 0, 0);
    tasks.deadlines.start(task, Math.round(settingsOf(row).timeoutMs * 1000));
    calling.begin(task);
  };

  const end = (task: number, outcome: "served" | "failed" | "timedOut", status: number) => {
    const row = tasks.table.entity[task]!;
    const number = tasks.table.number[task]!;
    const latencyUs = kernel.nowUs - tasks.table.beganUs[task]!;
    if (outcome === "served") journal.write(whatNumber.served, row, -1, row, number, latencyUs, status);
    else journal.write(outcome === "failed" ? whatNumber.failed : whatNumber["timed-out"], row, -1, row, number, status, latencyUs);
    if (outcome === "timedOut") run.feed.mark("timed-out", row, row, number, -1);
    metrics.ended(row, outcome, latencyUs);
    tasks.close(task);
  };

  const arrivalLuck: number[] = [];

  /** The next arrival: one interval on, or an exponential draw of it. */
  const schedule = (row: number) => {
    const { arrivals, ratePerSecond } = settingsOf(row);
    if (arrivals === "by-hand" || entities.sending[row] === 0 || entities.effective[row] !== presence.open) return;
    const meanUs = 1e6 / ratePerSecond;
    const draw = uniform((arrivalLuck[row] ??= run.luckOf(row, "arrivals")), entities.serial[row]!);
    const waitUs = arrivals === "constant" ? meanUs : -log(1 - draw) * meanUs;
    kernel.push(kernel.nowUs + Math.max(1, Math.round(waitUs)), priority.arrival, code.arrival, row, entities.generation[row]!, 0);
  };

  const restart = (row: number) => {
    entities.generation[row]!++;
    schedule(row);
  };

  run.receive(code.arrival, (row, generation) => {
    if (entities.generation[row] !== generation || entities.inDocument[row] === 0) return;
    kernel.cause = -1;
    issue(row);
    kernel.cause = -1;
    schedule(row);
  });

  return {
    create(row) {
      entities.incarnation[row]!++;
      entities.sending[row] = 1;
      run.setPresence(row, presence.open);
      run.stateChanged(row);
    },
    wire: (row, warm) => wireLookups(run, row, warm),
    settle: (row) => restart(row),
    configure(row, before) {
      wireLookups(run, row, false);
      const old = before.settings as unknown as ClientSettings;
      const now = settingsOf(row);
      if (old.arrivals !== now.arrivals || old.ratePerSecond !== now.ratePerSecond) restart(row);
    },
    remove(row) {
      run.note("removed", row);
      const cause = kernel.cause;
      for (let task = entities.tasks[row]! - 1; task >= 0; task = entities.tasks[row]! - 1) {
        kernel.cause = cause;
        end(task, "failed", 0);
      }
      entities.generation[row]!++;
    },
    act(row, act) {
      if (act === "send") {
        if (entities.effective[row] !== presence.open) return false;
        issue(row);
        return true;
      }
      const sending = act === "resume-sending" ? 1 : 0;
      if (entities.sending[row] === sending) return false;
      entities.sending[row] = sending;
      run.stateChanged(row);
      restart(row);
      return true;
    },
    placeUp(row) {
      run.stateChanged(row);
      wireLookups(run, row, false);
      restart(row);
    },
    placeDown: (row) => run.stateChanged(row),
    finished(task, status) {
      const row = tasks.table.entity[task]!;
      if (calling.planOf(row).length === 0) {
        journal.write(whatNumber["no-target"], row, -1, row, tasks.table.number[task]!, 0, 0);
        return end(task, "failed", 0);
      }
      end(task, status < 500 ? "served" : "failed", status);
    },
    deadline: (task) => end(task, "timedOut", 0),
    predict: (row, node, fault) => predictByLookup(run, row, node, fault),
    status(row) {
      const { arrivals, ratePerSecond } = settingsOf(row);
      const powered = entities.effective[row] === presence.open;
      const paused = entities.sending[row] === 0;
      const state = !powered ? "unpowered" : paused ? "paused" : arrivals === "by-hand" ? "by-hand" : "sending";
      return {
        state,
        tone: !powered ? "dead" : paused ? "idle" : "running",
        acts: ["send", ...(arrivals === "by-hand" ? [] : [paused ? "resume-sending" : "pause-sending"])],
        facts: arrivals === "by-hand" ? [] : [{ key: "rate-set", value: ratePerSecond, unit: "1/s" }],
        parts: run.partsOf(row),
      };
    },
    chart: () => null,
  };
}
