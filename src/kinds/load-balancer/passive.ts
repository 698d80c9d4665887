import type { SettingValues } from "../../document/topology.ts";
import type { Run } from "../../engine/run.ts";
import type { Turns } from "./turns.ts";

/** `max_fails` (0: nobody is ever passed over) and `fail_timeout`, in whole seconds as nginx keeps it. */
export interface PassiveConfig {
  readonly maxFails: number;
  readonly failTimeoutS: number;
  /** Apache's `retry` and Caddy's `fail_duration`: to the microsecond, and whoever has served its time is as good as new. */
  readonly isExact: boolean;
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

  constructor(run: Run, configOf: (row: number) => PassiveConfig, setOf: (row: number) => number, turns: Turns) {
    this.run = run;
    this.configOf = configOf;
    this.setOf = setOf;
    this.turns = turns;
    run.upstreams.rows.onVacated((target) => {
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
    if (this.configOf(row).isExact) {
      if (this.failsOf(target) > 0 && !this.isOut(row, target)) this.fails[target] = 0;
      return;
    }
    if (this.nowS(row) - this.checkedAt(target) > this.failTimeoutS(row, target)) this.checkedS[target] = this.nowS(row);
    this.passOver(row, target);
  }

  succeeded(row: number, target: number): void {
    const { isExact } = this.configOf(row);
    if (!isExact && (this.isOnly(row) || this.accessedAt(target) >= this.checkedAt(target))) return;
    if (!isExact) {
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
    this.fails[target] = this.failsOf(target) + 1;
    this.accessedS[target] = this.checkedS[target] = this.nowS(row);
    this.run.upstreams.failed(target, this.maxFails(row, target));
    this.passOver(row, target);
    if (this.isOut(row, target)) this.turns.passedOver(row, target, this.failsOf(target), this.outForUs(row, target));
    this.run.touch(row);
  }

  private passOver(row: number, target: number): void {
    if (this.isOut(row, target)) this.run.upstreams.use(target, false);
  }

  /** nginx: the whole second after `fail_timeout` whole seconds. */
  private outForUs(row: number, target: number): number {
    const forUs = Math.round(this.failTimeoutS(row, target) * 1e6);
    return this.configOf(row).isExact ? forUs : (this.nowS(row) + 1) * 1e6 + forUs - this.run.kernel.nowUs;
  }

  /** Whether failures on it can take it out of turn. */
  watches(row: number, target: number): boolean {
    return !this.isOnly(row) && this.maxFails(row, target) > 0;
  }

  private isOut(row: number, target: number): boolean {
    const maxFails = this.maxFails(row, target);
    return maxFails > 0 && this.failsOf(target) >= maxFails && this.nowS(row) - this.checkedAt(target) <= this.failTimeoutS(row, target);
  }

  /** As its own link says; else as the balancer does. */
  private maxFails(row: number, target: number): number {
    const own = this.ownOf(target)["maxFails"] as number | undefined;
    return own === undefined || own < 0 ? this.configOf(row).maxFails : own;
  }

  private failTimeoutS(row: number, target: number): number {
    const { failTimeoutS, isExact } = this.configOf(row);
    const ownMs = (this.ownOf(target)["failTimeoutMs"] as number | undefined) ?? 0;
    return ownMs === 0 ? failTimeoutS : isExact ? ownMs / 1000 : Math.floor(ownMs / 1000);
  }

  private ownOf(target: number): SettingValues {
    return this.run.world.links[this.run.upstreams.table.link[target]!]?.settings ?? {};
  }

  private isOnly(row: number): boolean {
    return this.run.upstreams.membersOf(this.setOf(row)).length === 1;
  }

  private failsOf(target: number): number {
    return this.fails[target] ?? 0;
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
    return this.configOf(row).isExact ? seconds : Math.floor(seconds);
  }

  save(): unknown {
    return [this.fails.slice(), this.accessedS.slice(), this.checkedS.slice()];
  }

  load(saved: unknown): void {
    [this.fails, this.accessedS, this.checkedS] = (saved as number[][]).map((column) => column.slice()) as [number[], number[], number[]];
  }
}

const never = -1e9;
