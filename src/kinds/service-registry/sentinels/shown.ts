import type { ChartDescription, Fact, PartStatus } from "../../../engine/status.ts";
import type { Leases } from "../leases.ts";
import type { Sentinels } from "./sentinels.ts";

/** Its epoch, how many sentinels it hears of, and who is master. */
export function sentinelFacts(sentinels: Sentinels, sentinel: number, of: number): Fact[] {
  const masters = [...sentinels.groups.at(sentinel)].filter((group) => sentinels.masterOf(group) >= 0);
  return [
    { key: "epoch", value: sentinels.epochOf(sentinel), unit: "count" },
    { key: "members", value: `${sentinels.hellos.heardBy(sentinel)}/${of}` },
    ...masters.map((group): Fact => ({ key: "master", value: sentinels.nodeOf(sentinels.masterIn(group)), unit: "node" })),
  ];
}

/** The failover of the first name that it answers. */
export function failoverChart({ groups, failovers }: Sentinels, sentinel: number): ChartDescription | null {
  const [group] = groups.at(sentinel);
  return group === undefined ? null : failovers.life.machine.describe(groups.table.state[group]!);
}

/** What a sentinel takes an instance for; of one that does not answer, when it will be down, or how many say so. */
export function seen(sentinels: Sentinels, leases: Leases, row: number): Partial<PartStatus> {
  const group = sentinels.groupOf(row);
  const rules = sentinels.rulesOf(leases.table.registry[row]!);
  if (group < 0 || rules === null) return {};
  const facts = factsOf(sentinels, leases, row);
  const isMaster = sentinels.masterIn(group) === row;
  const dueUs = sentinels.sights.downUs(row, rules);
  if (leases.isWell(row)) return { state: isMaster ? "master" : "replica", tone: dueUs === null ? "running" : "doubtful", dueUs, facts };
  if (sentinels.masterOf(group) !== row) return { state: "sdown", tone: "dead", facts };
  const isDown = sentinels.groups.table.isDown[group] === 1;
  const pips = [Math.min(sentinels.ballots.downFor(group), rules.quorum), rules.quorum] as const;
  return { state: isDown ? "odown" : "sdown", tone: isDown ? "dead" : "doubtful", pips, facts };
}

/** As its last INFO and its last PONG have it. */
function factsOf({ sights }: Sentinels, leases: Leases, row: number): Fact[] {
  return [
    { key: "service", value: leases.serviceOf(leases.table.entity[row]!) },
    { key: "checked", value: sights.table.pongUs[row]!, unit: "us" },
    { key: "offset", value: sights.table.offset[row]!, unit: "count" },
    { key: "priority", value: leases.registrationOf(row)?.replicaPriority ?? 0, unit: "count" },
  ];
}
