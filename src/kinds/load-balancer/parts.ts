import type { CheckConfig } from "../../engine/checks.ts";
import type { Run } from "../../engine/run.ts";
import type { Fact, PartStatus, Tone } from "../../engine/status.ts";
import { admin } from "../../engine/upstream-tables.ts";

/** A balancer's targets, as an operator's stats page shows them. */
export function targetParts(run: Run, set: number, config: CheckConfig): PartStatus[] {
  const { upstreams, world } = run;
  const { table } = upstreams;
  return Array.from(upstreams.membersOf(set), (target): PartStatus => {
    const node = world.nodeIds[table.entity[target]!]!;
    const incarnation = table.incarnation[target]!;
    const [state, tone] = stateOf(run, target, config);
    return {
      key: `${node}#${incarnation}`,
      node,
      incarnation,
      address: run.addressing.show(table.address[target]!),
      state,
      tone,
      pips: pipsOf(run, target, config),
      dueUs: null,
      facts: factsOf(run, target),
    };
  });
}

/** What HAProxy's page calls it: UP, going down or up, DOWN, drained, a backup. */
function stateOf({ upstreams, entities }: Run, target: number, { health, mode }: CheckConfig): readonly [string, Tone] {
  const { table } = upstreams;
  const state = table.state[target]!;
  const holder = table.entity[target]!;
  const isStale = entities.address[holder]! > 0 && entities.address[holder] !== table.address[target]! + 1;
  if (health.usable[state] === 0) {
    if (health.passed[state]! > 0) return ["going-up", "busy"];
    if (isStale) return ["stale", "dead"];
    return table.examined[target] === 0 ? ["unexamined", "busy"] : ["down", "dead"];
  }
  if (table.agentDown[target] === 1) return ["agent-down", "dead"];
  if (table.fit[target] === 0) return ["passed-over", "doubtful"];
  if (table.admin[target] === admin.maint) return ["maint", "idle"];
  if (table.admin[target] !== admin.ready) return ["drain", "draining"];
  if (health.missed[state]! > 0) return ["going-down", "doubtful"];
  if (table.backup[target] === 1 && table.usable[target] === 0) return ["backup", "idle"];
  return [mode === "none" ? "unchecked" : "up", "running"];
}

/** Checks missed (or, coming up, passed) so far, of how many. */
function pipsOf({ upstreams }: Run, target: number, { health, mode }: CheckConfig): readonly [number, number] | null {
  const state = upstreams.table.state[target]!;
  if (mode === "none") return null;
  const missed = health.missed[state]!;
  const passed = health.passed[state]!;
  if (health.usable[state] === 1) return missed > 0 ? [missed, health.fall] : null;
  if (passed > 0) return [passed, health.rise];
  return upstreams.table.examined[target] === 0 ? null : [health.fall, health.fall];
}

function factsOf({ upstreams }: Run, target: number): Fact[] {
  const { table } = upstreams;
  const count = (key: string, value: number): Fact => ({ key, value, unit: "count" });
  return [
    { key: "rate", value: upstreams.ratePerSecond(target), unit: "1/s" },
    count("connections", table.connections[target]!),
    count("served", table.served[target]!),
    count("failed", table.failed[target]!),
    { key: "weight", value: table.weight[target]! },
    count("retried", table.retries[target]!),
    count("sent-elsewhere", table.redispatches[target]!),
    { key: "since", value: table.sinceUs[target]!, unit: "us" },
    ...(table.lastGoodUs[target]! >= 0 ? [{ key: "last-good-check", value: table.lastGoodUs[target]!, unit: "us" } as const] : []),
  ];
}
