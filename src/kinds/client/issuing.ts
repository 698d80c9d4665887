import { log } from "../../base/math.ts";
import { put } from "../../base/put.ts";
import { uniform } from "../../base/random.ts";
import { gaveUp } from "../../engine/calling.ts";
import { presence } from "../../engine/entities.ts";
import { whatNumber } from "../../engine/journal.ts";
import { Derived } from "../../engine/derived.ts";
import { ending, type Ending } from "../../engine/network.ts";
import { priority } from "../../engine/kernel/kernel.ts";
import { code } from "../../engine/protocol.ts";
import type { Run } from "../../engine/run.ts";
import type { settings } from "./declaration.ts";

export type ClientSettings = (typeof settings)["defaults"];

/** A client's requests, from their arrival to their end. */
export class Issuing {
  private readonly run: Run;
  private readonly luck: (number | undefined)[] = [];
  private readonly configs: Derived<ClientSettings, ReturnType<typeof configOf>>;

  constructor(run: Run) {
    this.run = run;
    this.configs = new Derived(run, configOf);
    run.receive(code.arrival, (row, generation) => this.arrive(row, generation));
  }

  settingsOf(row: number): ClientSettings {
    return this.run.node(row).settings as unknown as ClientSettings;
  }

  issue(row: number): void {
    const { entities, tasks, metrics, journal, calling } = this.run;
    const number = ++entities.serial[row]!;
    const task = tasks.open(row, -1, row, number);
    metrics.issued(row);
    journal.write(whatNumber.issued, row, -1, row, number, 0, 0);
    tasks.deadlines.start(task, this.configs.of(row).timeoutUs);
    calling.begin(task);
  }

  /** All that it was to call has been called; or a call has failed: answered with an error, refused, or not waited for any longer. */
  finished(task: number, status: number, how: Ending): void {
    const { calling, tasks, journal } = this.run;
    const row = tasks.table.entity[task]!;
    if (gaveUp(how)) return this.end(task, "timedOut", 0);
    if (how !== ending.answered) return this.end(task, "failed", 0);
    if (calling.planOf(row).length > 0) return this.end(task, status < 500 ? "served" : "failed", status);
    journal.write(whatNumber["no-target"], row, -1, row, tasks.table.number[task]!, 0, 0);
    this.end(task, "failed", 0);
  }

  /** Every request ends exactly once, here. */
  end(task: number, outcome: "served" | "failed" | "timedOut", status: number): void {
    const { tasks, kernel, journal, metrics, feed } = this.run;
    const row = tasks.table.entity[task]!;
    const number = tasks.table.number[task]!;
    const latencyUs = kernel.nowUs - tasks.table.beganUs[task]!;
    if (outcome === "served") journal.write(whatNumber.served, row, -1, row, number, latencyUs, status);
    else journal.write(outcome === "failed" ? whatNumber.failed : whatNumber["timed-out"], row, -1, row, number, status, latencyUs);
    if (outcome === "timedOut") feed.mark("timed-out", row, row, number, -1);
    metrics.ended(row, outcome, latencyUs);
    tasks.close(task);
  }

  /** Arrivals begin anew: whichever was coming is void. */
  restart(row: number): void {
    this.run.entities.generation[row]!++;
    this.schedule(row);
  }

  private arrive(row: number, generation: number): void {
    const { entities, kernel } = this.run;
    if (entities.generation[row] !== generation || entities.inDocument[row] === 0) return;
    kernel.cause = -1;
    this.issue(row);
    kernel.cause = -1;
    this.schedule(row);
  }

  private luckOf(row: number): number {
    const known = this.luck[row];
    if (known !== undefined) return known;
    const luck = this.run.luckOf(row, "arrivals");
    put(this.luck, row, luck);
    return luck;
  }

  /** The next arrival: one interval on, or an exponential draw of it. */
  private schedule(row: number): void {
    const { entities, kernel } = this.run;
    const { byHand, constant, meanUs } = this.configs.of(row);
    if (byHand || entities.sending[row] === 0 || entities.effective[row] !== presence.open) return;
    const draw = uniform(this.luckOf(row), entities.serial[row]!);
    const waitUs = constant ? meanUs : -log(1 - draw) * meanUs;
    kernel.after(Math.max(1, Math.round(waitUs)), priority.arrival, code.arrival, row, entities.generation[row]!, 0);
  }
}

function configOf({ arrivals, ratePerSecond, timeoutMs }: ClientSettings) {
  return {
    byHand: arrivals === "by-hand",
    constant: arrivals === "constant",
    meanUs: 1e6 / ratePerSecond,
    timeoutUs: Math.round(timeoutMs * 1000),
  };
}
