import type { SettingValues } from "../../document/topology.ts";
import type { Run } from "../../engine/run.ts";
import type { Turns } from "./turns.ts";

/**
 * How failures are remembered. `by-second`: nginx counts them, in whole seconds, until a later success; `last`: Apache's
 * error state lasts from the last one on, and whoever has served its time is as good as new; `each`: Caddy forgets each of
 * them by itself ([S] countFailure; recorded: own_caddy_*).
 */
export type Memory = "by-second" | "last" | "each";

/** `max_fails` (0: nobody is ever passed over), and nginx's `fail_timeout`, Apache's `retry` or Caddy's `fail_duration`. */
export interface PassiveConfig {
  readonly maxFails: number;
  readonly failTimeoutS: number;
  readonly memory: Memory;
}

/**
 * nginx's passive checks ([S] ngx_http_upstream_round_robin.c; SEMANTICS §2.3): a target that has failed too often is
 * passed over until more than `fail_timeout` whole seconds have gone by; then one request tries it. Only a success
 * that began so much later clears the count. An only target is never passed over.
 */
export class PassiveChecks {
  private readonly run: Run;
  private readonly configOf: (row: number) => PassiveConfig;
  private readonly setOf: (row: number) => number;
  private readonly turns: Turns;
  private fails: number[] = [];
  private accessedS: number[] = [];
  private checkedS: number[] = [];
  /** When the failures were that have still to be forgotten, each by itself: of a target, in µs. */
  private failedUs: number[][] = [];

  constructor(run: Run, configOf: (row: number) => PassiveConfig, setOf: (row: number) => number, turns: Turns) {
    this.run = run;
    this.configOf = configOf;
    this.setOf = setOf;
    this.turns = turns;
    run.upstreams.rows.onVacated((target) => {
      this.failedUs[target] = [];
      if (target >= this.fails.length) return;
      this.fails[target] = 0;
      this.accessedS[target] = this.checkedS[target] = never;
    });
  }

  /** Before a pick: whose time is over may be tried. */
  free(row: number): void {
    const { upstreams } = this.run;
    for (const target of upstreams.membersOf(this.setOf(row)))
      if (upstreams.table.fit[target] === 0 && !this.isOut(row, target)) this.letIn(row, target);
  }

  private letIn(row: number, target: number): void {
    const { checks, kernel, upstreams } = this.run;
    if (upstreams.table.fit[target] === 1 || !checks.callWell(row, target)) return;
    upstreams.table.sinceUs[target] = kernel.nowUs;
    upstreams.use(target, true);
  }

  /** It has been picked: while this request tries it, no other does. */
  picked(row: number, target: number): void {
    this.turns.triedAgain(row, target);
    if (this.isOnly(row)) return;
    const { memory } = this.configOf(row);
    if (memory === "last" && !this.isOut(row, target)) this.fails[target] = 0;
    if (memory !== "by-second") return;
    if (this.nowS(row) - this.checkedAt(target) > this.failTimeoutS(row, target)) this.checkedS[target] = this.nowS(row);
    this.passOver(row, target);
  }

  succeeded(row: number, target: number): void {
    if (this.configOf(row).memory === "by-second") {
      if (this.isOnly(row) || this.accessedAt(target) >= this.checkedAt(target)) return;
      this.fails[target] = 0;
      this.letIn(row, target);
    }
    this.turns.answered(row, target);
  }

  /**
   * A request was given up by whoever sent it: nothing has failed, and for nginx a target that is being tried again is well
   * ([S] ngx_http_upstream_free_round_robin_peer, state 0; recorded: a hung one is in turn again by that).
   */
  leftAlone(row: number, target: number): void {
    if (this.isOnly(row) || this.accessedAt(target) >= this.checkedAt(target)) return;
    this.fails[target] = 0;
    this.letIn(row, target);
    this.turns.takenForWell(row, target);
  }

  failed(row: number, target: number): void {
    if (this.isOnly(row)) return;
    this.remember(row, target);
    // nginx gives it less weight, too (recorded, that Apache does not: own_apache_silent).
    if (this.configOf(row).memory === "by-second") this.run.upstreams.failed(target, this.maxFails(row, target));
    this.passOver(row, target);
    if (this.isOut(row, target)) this.turns.passedOver(row, target, this.failsOf(row, target), this.outForUs(row, target));
    this.run.touch(row);
  }

  private remember(row: number, target: number): void {
    if (this.configOf(row).memory === "each") {
      const sinceUs = this.run.kernel.nowUs - this.failTimeoutUs(row, target);
      this.failedUs[target] = [...(this.failedUs[target] ?? []).filter((atUs) => atUs > sinceUs), this.run.kernel.nowUs];
      return;
    }
    this.fails[target] = this.failsOf(row, target) + 1;
    this.accessedS[target] = this.checkedS[target] = this.nowS(row);
  }

  private passOver(row: number, target: number): void {
    if (this.isOut(row, target)) this.run.upstreams.use(target, false);
  }

  /** nginx: the whole second after `fail_timeout` whole seconds; Caddy: until so many failures are forgotten that they are too few. */
  private outForUs(row: number, target: number): number {
    const { nowUs } = this.run.kernel;
    const forUs = this.failTimeoutUs(row, target);
    switch (this.configOf(row).memory) {
      case "by-second":
        return (this.nowS(row) + 1) * 1e6 + forUs - nowUs;
      case "last":
        return forUs;
      case "each":
        return this.failedUs[target]!.at(-this.maxFails(row, target))! + forUs - nowUs;
    }
  }

  /** Whether failures on it can take it out of turn. */
  watches(row: number, target: number): boolean {
    return !this.isOnly(row) && this.maxFails(row, target) > 0;
  }

  private isOut(row: number, target: number): boolean {
    const maxFails = this.maxFails(row, target);
    if (maxFails === 0 || this.failsOf(row, target) < maxFails) return false;
    return this.configOf(row).memory === "each" || this.nowS(row) - this.checkedAt(target) <= this.failTimeoutS(row, target);
  }

  /** As its own link says, where there is such a thing; else as the balancer does. */
  private maxFails(row: number, target: number): number {
    const { maxFails, memory } = this.configOf(row);
    const own = memory === "by-second" ? (this.ownOf(target)["maxFails"] as number | undefined) : undefined;
    return own === undefined || own < 0 ? maxFails : own;
  }

  private failTimeoutS(row: number, target: number): number {
    const { failTimeoutS, memory } = this.configOf(row);
    const ownMs = memory === "each" ? 0 : ((this.ownOf(target)["failTimeoutMs"] as number | undefined) ?? 0);
    return ownMs === 0 ? failTimeoutS : memory === "by-second" ? Math.floor(ownMs / 1000) : ownMs / 1000;
  }

  private failTimeoutUs(row: number, target: number): number {
    return Math.round(this.failTimeoutS(row, target) * 1e6);
  }

  private ownOf(target: number): SettingValues {
    return this.run.world.links[this.run.upstreams.table.link[target]!]?.settings ?? {};
  }

  /** nginx never passes over an only server, and Apache tries an only member again at once; for Caddy it is one like any other. */
  private isOnly(row: number): boolean {
    return this.configOf(row).memory !== "each" && this.run.upstreams.membersOf(this.setOf(row)).length === 1;
  }

  private failsOf(row: number, target: number): number {
    if (this.configOf(row).memory !== "each") return this.fails[target] ?? 0;
    const sinceUs = this.run.kernel.nowUs - this.failTimeoutUs(row, target);
    return (this.failedUs[target] ?? []).filter((atUs) => atUs > sinceUs).length;
  }

  private accessedAt(target: number): number {
    return this.accessedS[target] ?? never;
  }

  private checkedAt(target: number): number {
    return this.checkedS[target] ?? never;
  }

  /** Apache, when all of its members are out: "forced recovery", all are tried again at once. */
  recover(row: number): void {
    for (const target of this.run.upstreams.membersOf(this.setOf(row))) {
      this.fails[target] = 0;
      this.letIn(row, target);
    }
  }

  private nowS(row: number): number {
    const seconds = this.run.kernel.nowUs / 1e6;
    return this.configOf(row).memory === "by-second" ? Math.floor(seconds) : seconds;
  }

  save(): unknown {
    return [this.fails.slice(), this.accessedS.slice(), this.checkedS.slice(), this.failedUs.slice()];
  }

  load(saved: unknown): void {
    const [fails, accessedS, checkedS, failedUs] = saved as readonly [number[], number[], number[], number[][]];
    [this.fails, this.accessedS, this.checkedS, this.failedUs] = [fails.slice(), accessedS.slice(), checkedS.slice(), failedUs.slice()];
  }
}

const never = -1e9;
