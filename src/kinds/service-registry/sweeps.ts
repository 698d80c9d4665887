import { uniform } from "../../base/random.ts";
import { priority } from "../../engine/kernel/kernel.ts";
import { code } from "../../engine/protocol.ts";
import type { Run } from "../../engine/run.ts";
import type { Entries } from "./entries.ts";
import type { Leases } from "./leases.ts";
import { evictedAtMost, renewalsWanted } from "./systems/eureka.ts";
import type { SweepRules } from "./systems/system.ts";

const minuteUs = 60_000_000;

/** From then on a sweep may take an entry, unless it is renewed. */
export function evictableFromUs({ renewals, renewedUs }: Entries, row: number, { afterUs, neverRenewedAfterUs }: SweepRules): number {
  return renewedUs[row]! + (renewals[row] === 0 ? neverRenewedAfterUs : afterUs);
}

/** Eureka's tasks: the eviction of whoever did not renew, unless too few do; the copy that answers come from. */
export class Sweeps {
  private readonly run: Run;
  private readonly leases: Leases;

  constructor(run: Run, leases: Leases) {
    this.run = run;
    this.leases = leases;
    run.receive(code.sweep, (registry, _, generation) => this.sweep(registry, generation));
    run.receive(code.countRenewals, (registry, _, generation) => this.countRenewals(registry, generation));
    run.receive(code.refreshCache, (registry, _, generation) => this.refresh(registry, generation));
  }

  /** Its tasks begin, each a whole interval after its start; `warm`: as if it had long run. */
  begin(registry: number, warm: boolean): void {
    const rules = this.rulesOf(registry);
    const { table } = this.leases.states;
    if (warm) {
      // A minute like any other is behind it.
      const instances = this.leases.listedAt(registry).length;
      table.expected[registry] = instances;
      table.renewalsBefore[registry] = 2 * instances;
    }
    const share = warm ? uniform(this.run.luckOf(registry, "ticks"), 1) : 1;
    if (rules !== null) {
      this.later(registry, share * rules.everyUs, code.sweep);
      this.later(registry, share * minuteUs, code.countRenewals);
    }
    const cacheUs = this.cacheUsOf(registry);
    if (cacheUs > 0) this.later(registry, (warm ? uniform(this.run.luckOf(registry, "ticks"), 2) : 1) * cacheUs, code.refreshCache);
  }

  private rulesOf(registry: number): SweepRules | null {
    return this.leases.systemOf(registry).sweep?.(this.leases.settingsOf(registry)) ?? null;
  }

  private cacheUsOf(registry: number): number {
    return this.leases.systemOf(registry).cacheUs(this.leases.settingsOf(registry));
  }

  private later(registry: number, waitUs: number, what: number): void {
    const { kernel } = this.run;
    kernel.after(Math.floor(waitUs), priority.timer, what, registry, 0, this.leases.states.table.generation[registry]!);
  }

  private isCurrent(registry: number, generation: number): boolean {
    this.run.kernel.cause = -1;
    return this.leases.states.table.generation[registry] === generation && this.leases.isReady(registry);
  }

  /** An instance has come, has renewed, or has left the register. */
  counted(registry: number, instances: number): void {
    const { table } = this.leases.states;
    table.expected[registry] = Math.max(0, table.expected[registry]! + instances);
  }

  renewed(registry: number): void {
    this.leases.states.table.renewalsNow[registry]!++;
  }

  private countRenewals(registry: number, generation: number): void {
    if (!this.isCurrent(registry, generation)) return;
    const { table } = this.leases.states;
    table.renewalsBefore[registry] = table.renewalsNow[registry]!;
    table.renewalsNow[registry] = 0;
    this.later(registry, minuteUs, code.countRenewals);
  }

  private sweep(registry: number, generation: number): void {
    const rules = this.isCurrent(registry, generation) ? this.rulesOf(registry) : null;
    if (rules === null) return;
    this.later(registry, rules.everyUs, code.sweep);
    if (this.preserves(registry, rules)) return;
    const listed = this.leases.listedAt(registry);
    const overdue = listed.filter((row) => this.isOverdue(row, rules));
    const most = Math.min(overdue.length, evictedAtMost(listed.length, rules.keepsPart));
    const luck = this.run.luckOf(registry, "evictions");
    for (let left = most; left > 0; left--) {
      const place = Math.floor(uniform(luck, this.run.kernel.nowUs, left) * overdue.length);
      this.leases.send(overdue.splice(place, 1)[0]!, "EVICT");
    }
  }

  private isOverdue(row: number, rules: SweepRules): boolean {
    return this.run.kernel.nowUs > evictableFromUs(this.leases.table, row, rules);
  }

  /** Too few renewals in the last minute: the network may be at fault, so nobody is evicted. Said when it begins to matter, and ends. */
  private preserves(registry: number, rules: SweepRules): boolean {
    if (rules.keepsBelow === null) return false;
    const { expected, renewalsBefore, isPreserving } = this.leases.states.table;
    const wanted = renewalsWanted(expected[registry]!, rules.keepsBelow);
    const preserves = wanted === 0 || renewalsBefore[registry]! <= wanted;
    const isTold = preserves && this.leases.listedAt(registry).some((row) => this.isOverdue(row, rules));
    if (isTold !== (isPreserving[registry] === 1)) {
      isPreserving[registry] = isTold ? 1 : 0;
      this.run.note(isTold ? "self-preservation" : "self-preservation-over", registry, -1, renewalsBefore[registry]!, wanted);
      this.run.touch(registry);
    }
    return preserves;
  }

  private refresh(registry: number, generation: number): void {
    const everyUs = this.isCurrent(registry, generation) ? this.cacheUsOf(registry) : 0;
    if (everyUs === 0) return;
    for (const row of this.leases.rowsAt(registry)) this.leases.table.isCached[row] = this.leases.isHeld(row) ? 1 : 0;
    this.later(registry, everyUs, code.refreshCache);
  }
}
