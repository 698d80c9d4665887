import type { Behaviour, Fault, OwnStatus } from "../../engine/kind.ts";
import { presence } from "../../engine/entities.ts";
import type { Ending } from "../../engine/network.ts";
import { predictByLookup, wireLookups } from "../../engine/lookups.ts";
import type { Window } from "../../engine/policies/detection.ts";
import type { Run } from "../../engine/run.ts";
import type { NodeConfig } from "../../engine/world.ts";
import { Issuing, type ClientSettings } from "./issuing.ts";

export function behaviour(run: Run): Behaviour {
  return new Clients(run);
}

/** Issues requests at its rate, or by hand, and counts how each of them ends. */
class Clients implements Behaviour {
  private readonly run: Run;
  private readonly issuing: Issuing;

  constructor(run: Run) {
    this.run = run;
    this.issuing = new Issuing(run);
  }

  create(row: number): void {
    const { run } = this;
    run.entities.incarnation[row]!++;
    run.entities.sending[row] = 1;
    run.setPresence(row, presence.open);
    run.stateChanged(row);
  }

  wire(row: number, warm: boolean): void {
    wireLookups(this.run, row, warm);
  }

  settle(row: number): void {
    this.issuing.restart(row);
  }

  configure(row: number, before: NodeConfig): void {
    wireLookups(this.run, row, false);
    const old = before.settings as unknown as ClientSettings;
    const now = this.issuing.settingsOf(row);
    if (old.arrivals !== now.arrivals || old.ratePerSecond !== now.ratePerSecond) this.issuing.restart(row);
  }

  /** Whatever it had issued fails with it. */
  remove(row: number): void {
    const { entities, kernel, tasks } = this.run;
    this.run.note("removed", row);
    const cause = kernel.cause;
    for (let task = entities.tasks[row]! - 1; task >= 0; task = entities.tasks[row]! - 1) {
      kernel.cause = cause;
      this.issuing.end(task, "failed", 0);
    }
    tasks.closeAll(row);
    entities.generation[row]!++;
  }

  act(row: number, act: string): boolean {
    const { entities } = this.run;
    if (act === "send") {
      if (entities.effective[row] !== presence.open) return false;
      this.issuing.issue(row);
      return true;
    }
    const sending = act === "resume-sending" ? 1 : 0;
    if (entities.sending[row] === sending) return false;
    entities.sending[row] = sending;
    this.run.stateChanged(row);
    this.issuing.restart(row);
    return true;
  }

  placeUp(row: number): void {
    this.run.stateChanged(row);
    wireLookups(this.run, row, false);
    this.issuing.restart(row);
  }

  placeDown(row: number): void {
    this.run.stateChanged(row);
  }

  finished(task: number, status: number, how: Ending): void {
    this.issuing.finished(task, status, how);
  }

  deadline(task: number): void {
    this.issuing.end(task, "timedOut", 0);
  }

  predict(row: number, node: number, fault: Fault, wire: number): Window | null {
    return predictByLookup(this.run, row, node, fault, wire) ?? null;
  }

  status(row: number): OwnStatus {
    const { arrivals, ratePerSecond } = this.issuing.settingsOf(row);
    const powered = this.run.entities.effective[row] === presence.open;
    const paused = this.run.entities.sending[row] === 0;
    const byHand = arrivals === "by-hand";
    return {
      state: !powered ? "unpowered" : paused ? "paused" : byHand ? "by-hand" : "sending",
      tone: !powered ? "dead" : paused ? "idle" : "running",
      acts: ["send", ...(byHand ? [] : [paused ? "resume-sending" : "pause-sending"])],
      facts: byHand ? [] : [{ key: "rate-set", value: ratePerSecond, unit: "1/s" }],
      parts: this.run.partsOf(row),
    };
  }

  chart(): null {
    return null;
  }
}
