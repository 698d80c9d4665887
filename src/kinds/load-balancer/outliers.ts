import { uniform } from "../../base/random.ts";
import { priority } from "../../engine/kernel/kernel.ts";
import { copyOfRecords } from "../../engine/kernel/records.ts";
import { belowTheOthers, failsTooMany, type FailurePercentageRule, type SuccessRateRule } from "../../engine/policies/outlier-rates.ts";
import { code } from "../../engine/protocol.ts";
import type { Run } from "../../engine/run.ts";
import type { Turns } from "./turns.ts";

export interface OutlierConfig {
  /** Errors in a row until a host is ejected (`consecutive_5xx`); 0: none ever is. */
  readonly outlierErrors: number;
  /** How often ejected hosts are looked at (`interval`). */
  readonly outlierIntervalUs: number;
  readonly ejectionUs: number;
  /** Of all hosts, so many per cent at once at most; but one may always be. */
  readonly ejectionPercent: number;
  /** Of a hundred that are found by their success rate, or by their share of failures, so many are ejected (`enforcing_…`); 0: none looks. */
  readonly successRateEnforcing: number;
  readonly successRate: SuccessRateRule;
  readonly failurePercentageEnforcing: number;
  readonly failurePercentage: FailurePercentageRule;
}

/** However often it has been ejected: Envoy's default `max_ejection_time`, or `base_ejection_time` if that is longer. */
const longestUs = 300_000_000;

interface Watched {
  errors: number;
  /** Ejections in a row: each lasts longer by the base time. One is forgotten with each look at a host that is well. */
  times: number;
  /** When it came back from the last of them. */
  backUs: number;
  isOut: boolean;
  /** At which look it is to come back. */
  lookUs: number;
  /** Which ejection it is, so that a look that was meant for another is void. */
  serial: number;
  /** Its requests since the last look. */
  total: number;
  good: number;
}

/**
 * Envoy's outlier detection: by errors in a row (`consecutive_5xx`), and at each look by how often a host has succeeded since the
 * last one ([D] outlier.rst; [S] outlier_detection_impl.cc). Errors of connections count too.
 */
export class Outliers {
  private readonly run: Run;
  private readonly configOf: (row: number) => OutlierConfig;
  private readonly setOf: (row: number) => number;
  private readonly turns: Turns;
  private watched = new Map<number, Watched>();
  /** Of all hosts, so that none has the number of one that had its row before. */
  private ejections = 0;
  /** Of each balancer that counts successes, when it will look at them. */
  private sweeps = new Map<number, number>();
  private chances = 0;

  constructor(run: Run, configOf: (row: number) => OutlierConfig, setOf: (row: number) => number, turns: Turns) {
    this.run = run;
    this.configOf = configOf;
    this.setOf = setOf;
    this.turns = turns;
    run.upstreams.rows.onVacated((target) => this.watched.delete(target));
    run.receive(code.uneject, (row, target, serial) => {
      if (this.watched.get(target)?.serial === serial) this.uneject(row, target, false);
    });
    run.receive(code.outlierSweep, (row) => {
      if (this.sweeps.get(row) !== run.kernel.nowUs) return;
      this.sweeps.delete(row);
      if (run.world.nodes[row] !== undefined) this.sweep(row);
    });
  }

  /** A request on it has ended. */
  ended(row: number, target: number, isError: boolean): void {
    if (this.run.upstreams.table.removed[target] === 1) return;
    if (!isError) this.turns.answered(row, target);
    if (this.looksAtRates(row)) this.count(row, target, isError);
    const { outlierErrors } = this.configOf(row);
    if (outlierErrors === 0 || (!isError && !this.watched.has(target))) return;
    const host = this.of(target);
    host.errors = isError ? host.errors + 1 : 0;
    if (host.errors >= outlierErrors && !host.isOut && this.mayEject(row)) this.eject(row, target, host, host.errors);
  }

  private looksAtRates(row: number): boolean {
    const { successRateEnforcing, failurePercentageEnforcing } = this.configOf(row);
    return successRateEnforcing > 0 || failurePercentageEnforcing > 0;
  }

  private count(row: number, target: number, isError: boolean): void {
    const host = this.of(target);
    host.total++;
    if (!isError) host.good++;
    if (this.sweeps.has(row)) return;
    // While nobody asks for anything there is nothing to look at.
    const lookUs = this.nextLookUs(row, this.run.kernel.nowUs + 1);
    this.sweeps.set(row, lookUs);
    this.run.kernel.after(lookUs - this.run.kernel.nowUs, priority.timer, code.outlierSweep, row, 0, 0);
  }

  /** Whose time is over comes back; then those that are not out are compared, and all begin to count anew. */
  private sweep(row: number): void {
    const { kernel, upstreams } = this.run;
    kernel.cause = -1;
    const members = Array.from(upstreams.membersOf(this.setOf(row)));
    for (const target of members) if (this.of(target).isOut && this.of(target).lookUs <= kernel.nowUs) this.uneject(row, target, false);
    const compared = members.filter((target) => !this.of(target).isOut);
    const answers = compared.map((target) => ({ total: this.of(target).total, good: this.of(target).good }));
    const { successRateEnforcing, successRate, failurePercentageEnforcing, failurePercentage } = this.configOf(row);
    if (successRateEnforcing > 0)
      for (const place of belowTheOthers(answers, successRate)) this.enforce(row, compared[place]!, successRateEnforcing);
    if (failurePercentageEnforcing > 0)
      for (const place of failsTooMany(answers, failurePercentage)) this.enforce(row, compared[place]!, failurePercentageEnforcing);
    for (const target of members) Object.assign(this.of(target), { total: 0, good: 0 });
  }

  private enforce(row: number, target: number, percent: number): void {
    const host = this.of(target);
    if (host.isOut || !this.mayEject(row)) return;
    if (percent < 100 && uniform(this.run.luckOf(row, "outliers enforced"), this.chances++) * 100 >= percent) return;
    this.eject(row, target, host, host.total - host.good);
  }

  /** A check that it passes brings it back at once (`successful_active_health_check_uneject_host`). */
  passedCheck(row: number, target: number): void {
    if (this.watched.get(target)?.isOut === true) this.uneject(row, target, true);
  }

  private eject(row: number, target: number, host: Watched, failures: number): void {
    const { kernel, upstreams } = this.run;
    const { outlierIntervalUs, ejectionUs } = this.configOf(row);
    const looks = Math.floor((kernel.nowUs - host.backUs) / outlierIntervalUs);
    host.times = Math.max(0, host.times - looks) + 1;
    host.errors = 0;
    host.isOut = true;
    host.serial = ++this.ejections;
    upstreams.use(target, false);
    this.run.touch(row);
    const untilUs = kernel.nowUs + Math.min(ejectionUs * host.times, Math.max(longestUs, ejectionUs));
    host.lookUs = this.nextLookUs(row, untilUs);
    kernel.after(host.lookUs - kernel.nowUs, priority.timer, code.uneject, row, target, host.serial);
    this.turns.passedOver(row, target, failures, host.lookUs - kernel.nowUs);
  }

  private uneject(row: number, target: number, isWell: boolean): void {
    const { kernel, upstreams, checks } = this.run;
    const host = this.of(target);
    if (!host.isOut) return;
    host.isOut = false;
    host.errors = 0;
    host.backUs = kernel.nowUs;
    kernel.cause = -1;
    // A check that it failed or passed may have taken it out of turn, or back, already.
    if (upstreams.table.fit[target] === 1 || !checks.callWell(row, target)) this.turns.forget(target);
    else {
      upstreams.use(target, true);
      if (isWell) this.turns.readmitted(row, target);
      else this.turns.triedAgain(row, target);
    }
    this.run.touch(row);
  }

  /** Whether errors of one host, all of whose requests fail, can have it ejected. */
  watches(row: number): boolean {
    const { outlierErrors, successRateEnforcing, successRate, failurePercentageEnforcing, failurePercentage } = this.configOf(row);
    const hosts = this.run.upstreams.membersOf(this.setOf(row)).length;
    const isCompared = successRateEnforcing > 0 && hosts >= successRate.hosts;
    const isMeasured = failurePercentageEnforcing > 0 && hosts >= failurePercentage.hosts;
    return (outlierErrors > 0 || isCompared || isMeasured) && this.mayEject(row);
  }

  private mayEject(row: number): boolean {
    const members = this.run.upstreams.membersOf(this.setOf(row));
    let out = 0;
    for (const target of members) if (this.watched.get(target)?.isOut === true) out++;
    return out === 0 || ((out + 1) * 100) / members.length <= this.configOf(row).ejectionPercent;
  }

  /** Its first look at or after an instant. */
  private nextLookUs(row: number, atUs: number): number {
    const { outlierIntervalUs } = this.configOf(row);
    return Math.ceil((atUs - this.phaseUs(row)) / outlierIntervalUs) * outlierIntervalUs + this.phaseUs(row);
  }

  /** When within the interval it looks: it did not begin with the run. */
  private phaseUs(row: number): number {
    return Math.floor(uniform(this.run.luckOf(row, "outliers"), 0) * this.configOf(row).outlierIntervalUs);
  }

  private of(target: number): Watched {
    let host = this.watched.get(target);
    if (host === undefined) this.watched.set(target, (host = { ...unwatched }));
    return host;
  }

  save(): unknown {
    const { ejections, chances } = this;
    return { watched: copyOfRecords(this.watched), sweeps: new Map(this.sweeps), ejections, chances };
  }

  load(saved: unknown): void {
    const { watched, sweeps, ejections, chances } = saved as Saved;
    this.watched = copyOfRecords(watched);
    this.sweeps = new Map(sweeps);
    this.ejections = ejections;
    this.chances = chances;
  }
}

const unwatched: Watched = { errors: 0, times: 0, backUs: 0, isOut: false, lookUs: 0, serial: 0, total: 0, good: 0 };

interface Saved {
  readonly watched: ReadonlyMap<number, Watched>;
  readonly sweeps: ReadonlyMap<number, number>;
  readonly ejections: number;
  readonly chances: number;
}
