import { renewalIntervalUs } from "../../engine/renewals.ts";
import { presence } from "../../engine/entities.ts";
import type { Run } from "../../engine/run.ts";
import type { Fact, PartStatus, Tone } from "../../engine/status.ts";
import { checksOf } from "./check-rules.ts";
import { shownUs, type Leases } from "./leases.ts";
import { evictableFromUs } from "./sweeps.ts";

/** A registry's entries, as its directory shows them. */
/** @param own what its system shows of an entry in another way */
export function leaseParts(run: Run, leases: Leases, registry: number, own: (row: number) => Partial<PartStatus>): PartStatus[] {
  const { table, life } = leases;
  const isShown = (row: number) => leases.isListed(row) || (life.is(row, "expired") && run.kernel.nowUs - table.sinceUs[row]! < shownUs);
  const shown = [...leases.rowsAt(registry)].filter(isShown);
  return shown
    .sort((a, b) => table.serial[a]! - table.serial[b]!)
    .map((row) => ({ ...leasePart(run, leases, row), ...(isOpen(run, leases, row) ? own(row) : {}) }));
}

function leasePart(run: Run, leases: Leases, row: number): PartStatus {
  const { table } = leases;
  const { addresses, world } = run;
  const address = table.address[row]!;
  const entity = table.entity[row]!;
  const incarnation = addresses.incarnation[address]!;
  const [state, tone] = stateOf(run, leases, row);
  const dueUs = dueOf(leases, row);
  return {
    key: `${world.linkIds[table.link[row]!]!}#${incarnation}`,
    node: world.nodeIds[entity]!,
    incarnation,
    address: run.addressing.show(address),
    state,
    tone,
    pips: pipsOf(leases, row),
    dueUs: leases.isListed(row) && isOpen(run, leases, row) && dueUs > 0 ? dueUs : null,
    facts: factsOf(leases, row),
  };
}

/** When its lease ends; where a sweep takes what has not renewed, from when on that may be. */
function dueOf(leases: Leases, row: number): number {
  const registry = leases.table.registry[row]!;
  const sweep = leases.systemOf(registry).sweep?.(leases.settingsOf(registry));
  return sweep === undefined ? leases.life.delays.dueUs(row) : evictableFromUs(leases.table, row, sweep);
}

function factsOf(leases: Leases, row: number): Fact[] {
  const { table } = leases;
  const { tags = "", version = "", zone = "", weight = 1 } = leases.registrationOf(row) ?? {};
  const labels = Object.entries({ tags, version, zone, weight: weight === 1 ? "" : `× ${weight}` });
  return [
    { key: "service", value: leases.serviceOf(table.entity[row]!) },
    { key: "renewed", value: table.renewedUs[row]!, unit: "us" },
    ...(table.checkedUs[row]! > 0 ? [{ key: "checked", value: table.checkedUs[row]!, unit: "us" } as const] : []),
    ...labels.filter(([, value]) => value !== "").map(([key, value]) => ({ key, value })),
  ];
}

/** Checks that failed in a row, of as many as make it critical. */
function pipsOf(leases: Leases, row: number): readonly [number, number] | null {
  const registry = leases.table.registry[row]!;
  const rules = leases.systemOf(registry).checks?.(leases.settingsOf(registry));
  const fails = leases.table.fails[row]!;
  return rules === undefined || fails === 0 ? null : [Math.min(fails, rules.failures), rules.failures];
}

function isOpen(run: Run, leases: Leases, row: number): boolean {
  return run.entities.effective[leases.table.registry[row]!] === presence.open;
}

/** What a registry that is down has written is what it will know when it is back: nobody is passing meanwhile. */
function stateOf(run: Run, leases: Leases, row: number): readonly [string, Tone] {
  const { life } = leases;
  if (!leases.isListed(row)) return [life.name(row), "dead"];
  if (!isOpen(run, leases, row)) return ["kept", "idle"];
  if (life.is(row, "critical")) return ["critical", "dead"];
  if (life.is(row, "warning")) return ["warning", "doubtful"];
  if (!isLookedAfter(leases, row)) return ["recorded", "idle"];
  return isOverdue(run, leases, row) ? ["overdue", "doubtful"] : ["passing", "running"];
}

/** A zone's record says nothing about how its host is. */
function isLookedAfter(leases: Leases, row: number): boolean {
  const registry = leases.table.registry[row]!;
  const [, latest] = leases.systemOf(registry).lapseWindowUs(leases.settingsOf(registry));
  return latest !== Infinity || checksOf(leases, row) !== null;
}

/** Whether a heartbeat should have come by now; a fifth of its interval is granted for the way. */
function isOverdue(run: Run, leases: Leases, row: number): boolean {
  // Heartbeats come to the leader alone.
  if (!leases.keepsTime(leases.table.registry[row]!)) return false;
  const { renewedUs, link, registry } = leases.table;
  const wire = run.world.links[link[row]!];
  const [, latest] = leases.systemOf(registry[row]!).lapseWindowUs(leases.settingsOf(registry[row]!));
  if (wire === undefined) return renewedUs[row]! > 0 && latest !== Infinity;
  return latest !== Infinity && renewedUs[row]! > 0 && run.kernel.nowUs > renewedUs[row]! + renewalIntervalUs(run, wire) * 1.2;
}
