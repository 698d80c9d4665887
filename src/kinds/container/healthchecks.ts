import { uniform } from "../../base/random.ts";
import { presence } from "../../engine/entities.ts";
import type { Hosting } from "../../engine/hosting.ts";
import { makeTable } from "../../engine/kernel/table.ts";
import type { ChartDescription } from "../../engine/machines/chart.ts";
import { containerHealth, describeHealth, type ContainerHealth } from "../../engine/machines/container-health.ts";
import { healthMonitor } from "../../engine/machines/health-monitor.ts";
import type { Run } from "../../engine/run.ts";
import type { Fact } from "../../engine/status.ts";
import type { ContainerSettings } from "./declaration.ts";
import type { Processes } from "./processes.ts";

/** Docker's HEALTHCHECK: probes in the container itself, and what Docker says of it. It says so, and does nothing else. */
export class Healthchecks {
  private readonly run: Run;
  private readonly processes: Processes;
  private readonly monitor: Hosting;
  private readonly table = makeTable({
    /** Of the monitor. */
    state: "i32",
    /** Of the machine of its number of retries. */
    health: "i32",
    probedUs: "f64",
  });

  constructor(run: Run, processes: Processes) {
    this.run = run;
    this.processes = processes;
    run.keep(this.table);
    this.monitor = run.host(healthMonitor, {
      column: this.table,
      delayUs: (row, delay) => this.delayUs(row, delay),
      effects: {
        "probe-began": (row) => (this.table.probedUs[row] = run.kernel.nowUs),
        "probe-ended": (row) => this.judge(row),
      },
      onChange: () => {},
    });
  }

  /** A process is about to start: its health is not known yet. */
  open(row: number): void {
    this.make(row);
    if (!this.isWanted(row)) return;
    this.tell(row, "STARTED");
    this.monitor.send(row, this.monitor.machine.eventOf("OPEN"));
  }

  /** It has been there for long: Docker knows how it is, and its next probe falls anywhere in the interval. */
  openWarm(row: number): void {
    this.make(row);
    if (!this.isWanted(row)) return;
    const { healthcheck, healthIntervalMs } = this.settingsOf(row);
    this.table.health[row] = this.healthOf(row).machine.stateOf(healthcheck === "broken" ? "unhealthy" : "healthy");
    this.monitor.place(row, "waiting");
    const phase = uniform(this.run.luckOf(row, "healthcheck"), 0);
    this.monitor.delays.start(row, Math.floor(phase * microseconds(healthIntervalMs)));
  }

  /** The process has ended. */
  close(row: number): void {
    this.make(row);
    this.monitor.send(row, this.monitor.machine.eventOf("CLOSE"));
    this.tell(row, "CLOSED");
  }

  /** Another number of retries counts anew; a healthcheck that comes or goes begins or ends. */
  configure(row: number, before: ContainerSettings, isAlive: boolean): void {
    const { healthRetries } = this.settingsOf(row);
    if (healthRetries !== before.healthRetries) {
      const status = containerHealth(before.healthRetries).status[this.table.health[row]!]!;
      this.table.health[row] = this.healthOf(row).machine.stateOf(status);
    }
    if (!this.isWanted(row)) this.close(row);
    else if (isAlive && this.monitor.is(row, "closed")) this.open(row);
  }

  /** What hung answers again: a probe that waited for it is answered, too. */
  resumed(row: number): void {
    this.monitor.send(row, this.monitor.machine.eventOf("ANSWERED"));
  }

  /** "none" where there is no healthcheck, or no process. */
  statusOf(row: number): string {
    return this.isWanted(row) ? this.healthOf(row).status[this.table.health[row]!]! : "none";
  }

  facts(row: number): Fact[] {
    const status = this.statusOf(row);
    if (status === "none") return [];
    const { retries, streak } = this.healthOf(row);
    return [
      { key: "health", value: `health.${status}`, unit: "word" },
      { key: "failing-streak", value: streak[this.table.health[row]!]!, upper: retries, unit: "count" },
    ];
  }

  charts(row: number): ChartDescription[] {
    return this.isWanted(row) ? [describeHealth(this.healthOf(row), this.table.health[row]!)] : [];
  }

  private make(row: number): void {
    while (this.table.length <= row) this.table.add();
  }

  private settingsOf(row: number): ContainerSettings {
    return this.processes.settingsOf(row);
  }

  private isWanted(row: number): boolean {
    return this.settingsOf(row).healthcheck !== "none" && this.processes.isLookedAfter(row);
  }

  private healthOf(row: number): ContainerHealth {
    return containerHealth(this.settingsOf(row).healthRetries, { memory: this.run.memory });
  }

  private delayUs(row: number, delay: string): number {
    switch (delay) {
      case "engine":
        return Math.max(0, this.processes.table.startedUs[row]! - this.run.kernel.nowUs);
      case "interval":
        return this.intervalUs(row);
      default:
        return this.probeUs(row);
    }
  }

  /** Probes come by `start-interval` while the start period lasts and none has passed (moby 25, health.go, getInterval). */
  private intervalUs(row: number): number {
    const { healthStartPeriodMs, healthStartIntervalMs, healthIntervalMs } = this.settingsOf(row);
    const isInStartPeriod = this.ageUs(row, this.run.kernel.nowUs) < microseconds(healthStartPeriodMs);
    return microseconds(isInStartPeriod && this.statusOf(row) === "starting" ? healthStartIntervalMs : healthIntervalMs);
  }

  private ageUs(row: number, atUs: number): number {
    return atUs - this.processes.table.startedUs[row]!;
  }

  /** What hangs keeps its probe waiting for as long as it may; what is slow answers slowly. */
  private probeUs(row: number): number {
    const { healthProbeMs, healthTimeoutMs } = this.settingsOf(row);
    const { entities } = this.run;
    const isAsked = this.settingsOf(row).healthcheck === "asks";
    if (isAsked && entities.presence[row] === presence.hung) return microseconds(healthTimeoutMs);
    return Math.min(microseconds(healthTimeoutMs), microseconds(healthProbeMs) * (isAsked ? entities.slowness[row]! || 1 : 1));
  }

  private judge(row: number): void {
    const { kernel, entities } = this.run;
    const { healthTimeoutMs, healthStartPeriodMs } = this.settingsOf(row);
    const probedUs = this.table.probedUs[row]!;
    const isInTime = kernel.nowUs - probedUs < microseconds(healthTimeoutMs);
    const isEarly = this.statusOf(row) === "starting" && this.ageUs(row, probedUs) < microseconds(healthStartPeriodMs);
    // A probe is the clock's doing; what it meets is explained by the last that was heard of the process.
    kernel.cause = entities.lastLife[row]! - 1;
    this.tell(row, isInTime && this.answersWell(row) ? "PASS" : isEarly ? "FAIL_EARLY" : "FAIL");
    this.monitor.send(row, this.monitor.machine.eventOf("NEXT"));
  }

  /** The command asks the process over its own loopback: only the process itself can fail it. */
  private answersWell(row: number): boolean {
    const { entities, serving } = this.run;
    return this.settingsOf(row).healthcheck === "asks" && entities.presence[row] === presence.open && serving.isWell(row);
  }

  private tell(row: number, event: string): void {
    const { machine } = this.healthOf(row);
    const state = this.table.health[row]!;
    const number = machine.eventOf(event);
    if (!machine.heeds(state, number)) return;
    this.table.health[row] = machine.next(state, number);
    for (const effect of machine.effectsOf(state, number)) this.perform(row, machine.effects[effect]!);
    this.run.touch(row);
  }

  private perform(row: number, effect: string): void {
    const { retries, streak } = this.healthOf(row);
    switch (effect) {
      case "failed":
        return this.run.note("health-failed", row, -1, streak[this.table.health[row]!]!, retries);
      case "excused":
        return this.run.note("health-failed", row, -1, 0, retries);
      case "became-healthy":
        return this.run.note("healthy", row);
      default:
        return this.run.note("unhealthy", row, -1, retries);
    }
  }
}

const microseconds = (milliseconds: number): number => Math.round(milliseconds * 1000);
