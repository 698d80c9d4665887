import { makeTable } from "../../engine/kernel/table.ts";
import { givesUp, restarts, restartWaitUs, type Ended, type RestartPolicy } from "../../engine/policies/restart.ts";
import { hasDaemon, ownStartUs, startWithUs, type Runtime } from "../../engine/policies/start-times.ts";
import type { Run } from "../../engine/run.ts";
import type { Fact } from "../../engine/status.ts";
import type { ContainerSettings } from "./declaration.ts";
import type { OwnImages } from "./own-images.ts";

/** SIGKILL's, and that of a process of which nothing else is known. */
export const killed = 137;

/** What Docker knows of a container's process, and keeps when the process ends: how it ended, how often it was restarted. */
export class Processes {
  private readonly run: Run;
  private readonly images: OwnImages;
  readonly table = makeTable({
    /** Since it was last started by hand. */
    restarts: "i32",
    /** The wait before its last restart; 0: there was none. */
    waitUs: "f64",
    exitCode: "i32",
    hasExited: "u8",
    /** Its process has begun once: there is a container to start again. */
    hasBegun: "u8",
    /** What starts now is no new container, but the same one again. */
    isAgain: "u8",
    /** Stopped or killed by hand (moby: HasBeenManuallyStopped). */
    isManual: "u8",
    /** Docker's StartedAt: when its process begins, which may be to come. */
    startedUs: "f64",
    /** The journal's row that said that it was up (+ 1): why it ends some day, if its command does. */
    upRow: "i32",
  });

  constructor(run: Run, images: OwnImages) {
    this.run = run;
    this.images = images;
    run.keep(this.table);
  }

  settingsOf(row: number): ContainerSettings {
    return this.images.settingsOf(row);
  }

  startUs(row: number): number {
    return startWithUs(this.runtimeOf(row), Math.round(this.settingsOf(row).startMs * 1000));
  }

  private runtimeOf(row: number): Runtime {
    return this.settingsOf(row).runtime as Runtime;
  }

  /** Whether there is a daemon that restarts it and asks for its health. */
  isLookedAfter(row: number): boolean {
    return hasDaemon(this.runtimeOf(row));
  }

  /** What becomes of it when it ends; without a daemon there is nobody to restart it. */
  policyOf(row: number): RestartPolicy {
    return this.isLookedAfter(row) ? (this.settingsOf(row).restart as RestartPolicy) : "no";
  }

  /** A container that Docker has just created. */
  created(row: number): void {
    while (this.table.length <= row) this.table.add();
    this.images.drop(row);
    this.startedByHand(row);
    this.table.hasExited[row] = 0;
    this.table.hasBegun[row] = 0;
    this.table.isAgain[row] = 0;
    this.table.upRow[row] = 0;
  }

  /** `docker start`: what went before no longer counts (moby: ResetRestartManager). */
  startedByHand(row: number): void {
    this.table.restarts[row] = 0;
    this.startedByDaemon(row);
  }

  /** The daemon came up with its host: it waits 100 ms again, but goes on counting restarts. */
  startedByDaemon(row: number): void {
    this.table.waitUs[row] = 0;
    this.table.isManual[row] = 0;
  }

  stoppedByHand(row: number): void {
    this.table.isManual[row] = 1;
  }

  begins(row: number): void {
    const { table } = this;
    table.startedUs[row] = this.run.kernel.nowUs + Math.min(this.startUs(row), ownStartUs(this.runtimeOf(row)));
    table.isAgain[row] = table.hasBegun[row]!;
    table.hasBegun[row] = 1;
  }

  /** It has been there for long; but a command that ends has only begun, or it would be over. */
  beganLongAgo(row: number): void {
    this.table.startedUs[row] = this.settingsOf(row).command === "ends" ? this.run.kernel.nowUs : -3_600_000_000;
    this.table.hasBegun[row] = 1;
  }

  ends(row: number, exitCode: number): void {
    this.table.exitCode[row] = exitCode;
    this.table.hasExited[row] = 1;
  }

  /** It went down with its machine: nobody saw how it ended. */
  vanishes(row: number): void {
    this.table.hasExited[row] = 0;
  }

  /** How long its command still runs: endless, where it serves. */
  leftUs(row: number): number {
    const { command, runMs } = this.settingsOf(row);
    if (command !== "ends") return Infinity;
    return Math.max(0, Math.round(this.table.startedUs[row]! + runMs * 1000) - this.run.kernel.nowUs);
  }

  willRestart(row: number): boolean {
    return restarts(this.ending(row));
  }

  givesUp(row: number): boolean {
    return givesUp(this.ending(row));
  }

  /** How long Docker is going to wait before it restarts it. */
  nextWaitUs(row: number): number {
    return restartWaitUs(this.table.waitUs[row]!, this.run.kernel.nowUs - this.table.startedUs[row]!);
  }

  awaitsRestart(row: number): void {
    this.table.waitUs[row] = this.nextWaitUs(row);
    this.table.restarts[row]!++;
  }

  private ending(row: number): Ended {
    const { table } = this;
    return {
      policy: this.policyOf(row),
      restartsMax: this.settingsOf(row).restartMax,
      restarts: table.restarts[row]!,
      exitCode: table.exitCode[row]!,
      isManual: table.isManual[row] === 1,
    };
  }

  facts(row: number, state: string): Fact[] {
    const { restartMax } = this.settingsOf(row);
    const restart = this.policyOf(row);
    const { table } = this;
    const limit = restart === "on-failure" && restartMax > 0 ? { upper: restartMax } : {};
    return [
      ...(table.hasExited[row] === 1 && over.has(state) ? [{ key: "exit-code", value: table.exitCode[row]! } as const] : []),
      ...(restart === "no" ? [] : [{ key: "restarts", value: table.restarts[row]!, unit: "count", ...limit } as const]),
      ...(state === "restarting" ? [{ key: "restart-wait", value: table.waitUs[row]!, unit: "us" } as const] : []),
    ];
  }
}

const over: ReadonlySet<string> = new Set(["exited", "dead", "restarting"]);
