import { uniform } from "../../base/random.ts";
import { priority } from "../../engine/kernel/kernel.ts";
import { copyOfRecords } from "../../engine/kernel/records.ts";
import { code } from "../../engine/protocol.ts";
import type { Run } from "../../engine/run.ts";

export interface OutlierConfig {
  /** Errors in a row until a host is ejected (`consecutive_5xx`); 0: none ever is. */
  readonly outlierErrors: number;
  /** How often ejected hosts are looked at (`interval`). */
  readonly outlierIntervalUs: number;
  readonly ejectionUs: number;
  /** Of all hosts, so many per cent at once at most; but one may always be. */
  readonly ejectionPercent: number;
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
  /** Which ejection it is, so that a look that was meant for another is void. */
  serial: number;
}

/** Envoy's outlier detection by `consecutive_5xx` ([D] outlier.rst; [S] outlier_detection_impl.cc); errors of connections count too. */
export class Outliers {
  private readonly run: Run;
  private readonly configOf: (row: number) => OutlierConfig;
  private readonly setOf: (row: number) => number;
  private watched = new Map<number, Watched>();
  /** Of all hosts, so that none has the number of one that had its row before. */
  private ejections = 0;

  constructor(run: Run, configOf: (row: number) => OutlierConfig, setOf: (row: number) => number) {
    this.run = run;
    this.configOf = configOf;
    this.setOf = setOf;
    run.upstreams.rows.onVacated((target) => this.watched.delete(target));
    run.receive(code.uneject, (row, target, serial) => {
      if (this.watched.get(target)?.serial === serial) this.uneject(row, target);
    });
  }

  /** A request on it has ended. */
  ended(row: number, target: number, isError: boolean): void {
    const { outlierErrors } = this.configOf(row);
    if (outlierErrors === 0 || (!isError && !this.watched.has(target))) return;
    const host = this.of(target);
    host.errors = isError ? host.errors + 1 : 0;
    if (host.errors < outlierErrors || host.isOut || this.run.upstreams.table.removed[target] === 1) return;
    if (this.mayEject(row)) this.eject(row, target, host);
  }

  /** A check that it passes brings it back at once (`successful_active_health_check_uneject_host`). */
  passedCheck(row: number, target: number): void {
    if (this.watched.get(target)?.isOut === true) this.uneject(row, target);
  }

  private eject(row: number, target: number, host: Watched): void {
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
    const lookUs = Math.ceil((untilUs - this.phaseUs(row)) / outlierIntervalUs) * outlierIntervalUs + this.phaseUs(row);
    kernel.after(lookUs - kernel.nowUs, priority.timer, code.uneject, row, target, host.serial);
  }

  private uneject(row: number, target: number): void {
    const { kernel, upstreams, checks } = this.run;
    const host = this.of(target);
    if (!host.isOut) return;
    host.isOut = false;
    host.backUs = kernel.nowUs;
    kernel.cause = -1;
    if (checks.config(row).health.usable[upstreams.table.state[target]!] === 1) upstreams.use(target, true);
    this.run.touch(row);
  }

  private mayEject(row: number): boolean {
    const members = this.run.upstreams.membersOf(this.setOf(row));
    let out = 0;
    for (const target of members) if (this.watched.get(target)?.isOut === true) out++;
    return out === 0 || ((out + 1) * 100) / members.length <= this.configOf(row).ejectionPercent;
  }

  /** When within the interval it looks: it did not begin with the run. */
  private phaseUs(row: number): number {
    return Math.floor(uniform(this.run.luckOf(row, "outliers"), 0) * this.configOf(row).outlierIntervalUs);
  }

  private of(target: number): Watched {
    let host = this.watched.get(target);
    if (host === undefined) this.watched.set(target, (host = { errors: 0, times: 0, backUs: 0, isOut: false, serial: 0 }));
    return host;
  }

  save(): unknown {
    return { watched: copyOfRecords(this.watched), ejections: this.ejections };
  }

  load(saved: unknown): void {
    const from = saved as { watched: ReadonlyMap<number, Watched>; ejections: number };
    this.watched = copyOfRecords(from.watched);
    this.ejections = from.ejections;
  }
}
