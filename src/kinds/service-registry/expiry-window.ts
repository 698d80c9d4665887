import { isOfAnswers, type Fault } from "../../engine/kind.ts";
import { renewalIntervalUs } from "../../engine/renewals.ts";
import { never, predictedExpiryUs, soonest, type Window } from "../../engine/policies/detection.ts";
import { anyWire } from "../../engine/predictions.ts";
import type { Run } from "../../engine/run.ts";
import type { LinkConfig } from "../../engine/world.ts";
import { checksOf } from "./check-rules.ts";
import type { Leases } from "./leases.ts";
import type { CheckRules, MachineRules } from "./systems/system.ts";
import { evictedAtMost, renewalsWanted } from "./systems/eureka.ts";

/** When a registry will have noticed a fault of an instance, or of the wire between them; null: it does not know it. */
export function expiryWindow(run: Run, leases: Leases, registry: number, node: number, fault: Fault, wire: number): Window | null {
  for (const link of run.world.nodes[node]?.links ?? []) {
    if (link.role !== "register" || (wire !== anyWire && link.row !== wire) || !run.members.of(link.to).includes(registry)) continue;
    // Who can register with another member goes on to that one, sooner or later.
    if (wire !== anyWire && run.members.areSeveral(link)) return null;
    const newest = run.links.lease[link.row]! - 1;
    if (newest < 0) continue;
    const isHere = leases.table.registry[newest] === registry;
    const row = isHere ? newest : leases.entryOf(registry, link.row, leases.table.address[newest]!);
    if (row < 0 || !leases.isWell(row) || (wire === anyWire && isCut(run, link))) continue;
    const system = leases.systemOf(registry);
    const settings = leases.settingsOf(registry);
    const window = wire === anyWire ? windowOf(run, leases, row, link, fault) : ofWire(run, leases, row, link);
    // Consumers see what the copy shows, which is made anew every so often.
    return window === null ? null : [window[0], window[1] + system.cacheUs(settings)];
  }
  return null;
}

/** It has heard nothing over this wire for some time. */
function isCut({ members, links }: Run, link: LinkConfig): boolean {
  return members.at(link) === link.to && links.cut[link.row] !== 0;
}

/** A crash, at the worst: the lease runs its time, then a sweep takes the entry, then the copy is made anew that answers are given from. */
export function forgetsWithinUs(run: Run, leases: Leases, registry: number): readonly number[] | null {
  const system = leases.systemOf(registry);
  const settings = leases.settingsOf(registry);
  const sweep = system.sweep?.(settings);
  const copy = [system.cacheUs(settings)].filter((us) => us > 0);
  if (sweep !== undefined) return preserves(leases, registry) ? null : [sweep.afterUs, sweep.everyUs, ...copy];
  const windows = leases.listedAt(registry).map((row) => {
    const link = run.world.links[leases.table.link[row]!];
    return link === undefined ? null : windowOf(run, leases, row, link, "refuses");
  });
  const latest = windows.map((window) => window?.[1] ?? Infinity);
  return latest.length === 0 || latest.includes(Infinity) ? null : [Math.max(...latest), ...copy];
}

/** A cut wire says nothing of the instance, nor of its machine: what comes over it is missed. An agent beside the instance finds it well. */
function ofWire(run: Run, leases: Leases, row: number, link: LinkConfig): Window | null {
  const checks = checksOf(leases, row);
  if (checks === null) return byRenewals(run, leases, row, link, "cut-off");
  return checks.from === "machine" ? never : byChecks(checks, link, "cut-off");
}

/** null: nobody can say. */
function windowOf(run: Run, leases: Leases, row: number, link: LinkConfig, fault: Fault): Window | null {
  const registry = leases.table.registry[row]!;
  const system = leases.systemOf(registry);
  const settings = leases.settingsOf(registry);
  if (fault === "withdraws") return [link.latencyUs, link.latencyUs];
  const byRegistrar = (link.settings as unknown as { by: string }).by === "registrar";
  const isProcess = fault === "refuses";
  if (isProcess && (byRegistrar || system.hearsClosing)) return [link.latencyUs, link.latencyUs];
  const checks = checksOf(leases, row);
  // Of what becomes of requests it hears nothing, and heartbeats go on: only checks that ask the process itself find out.
  if (isOfAnswers(fault)) return checks === null ? never : byChecks(checks, link, fault);
  if (byRegistrar && fault === "hangs") return checks === null ? never : byChecks(checks, link, fault);
  const machine = system.machine?.(settings);
  const isMachine = fault === "silent" || fault === "cut-off";
  if (isMachine && machine !== undefined && run.addresses.machine[leases.table.address[row]!]! > 0)
    return soonest([silentMachine(machine), byRenewals(run, leases, row, link, fault)]);
  if (checks !== null) return isMachine && checks.from === "machine" ? never : byChecks(checks, link, fault);
  return byRenewals(run, leases, row, link, fault);
}

function silentMachine(rules: MachineRules): Window {
  return [Math.max(0, rules.silentUs - rules.heardEveryUs), rules.silentUs + rules.tickUs];
}

function byRenewals(run: Run, leases: Leases, row: number, link: LinkConfig, fault: Fault): Window | null {
  const registry = leases.table.registry[row]!;
  const system = leases.systemOf(registry);
  const heartbeatUs = renewalIntervalUs(run, link);
  const [soonest, latest] = system.lapseWindowUs(leases.settingsFor(row));
  if (latest === Infinity) return never;
  if (preserves(leases, registry)) return null;
  const isCutOff = fault === "cut-off";
  const [fromUs] = predictedExpiryUs({ ttlUs: soonest, heartbeatUs, latencyUs: link.latencyUs, isCutOff });
  const [, toUs] = predictedExpiryUs({ ttlUs: latest, heartbeatUs, latencyUs: link.latencyUs, isCutOff });
  return [fromUs, toUs];
}

/** Eureka will keep everybody, this one included, if it is the only one that ceases to renew. */
function preserves(leases: Leases, registry: number): boolean {
  const rules = leases.systemOf(registry).sweep?.(leases.settingsOf(registry));
  if (rules === undefined) return false;
  const instances = leases.listedAt(registry).length;
  if (evictedAtMost(instances, rules.keepsPart) === 0) return true;
  if (rules.keepsBelow === null) return false;
  return 2 * (instances - 1) <= renewalsWanted(instances, rules.keepsBelow);
}

/** As many checks as must fail, each an interval after the one before; the first falls anywhere within one. */
function byChecks(rules: CheckRules, link: LinkConfig, fault: Fault): Window {
  const connects = fault === "hangs" || isOfAnswers(fault);
  if (fault === "errs" || (connects && rules.by === "tcp")) return never;
  const overUs = rules.from === "registry" ? link.latencyUs : 0;
  const reportUs = rules.from === "registry" ? 0 : link.latencyUs;
  const isToldAtOnce = fault === "refuses" || isOfAnswers(fault);
  const failingUs = isToldAtOnce ? Math.min(2 * overUs, rules.timeoutUs) : rules.timeoutUs;
  const paceUs = rules.intervalUs + (rules.counts === "from-end" ? failingUs : Math.max(0, failingUs - rules.intervalUs));
  const afterFirstUs = failingUs - overUs + (rules.failures - 1) * paceUs + reportUs;
  if (fault === "refuses" && rules.glanceUs > 0) return [reportUs, Math.min(rules.glanceUs, rules.intervalUs + afterFirstUs) + reportUs];
  return [Math.max(0, afterFirstUs), rules.intervalUs + 2 * overUs + afterFirstUs];
}
