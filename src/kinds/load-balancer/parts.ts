import type { CheckConfig } from "../../engine/checks.ts";
import type { Run } from "../../engine/run.ts";
import type { PartStatus } from "../../engine/status.ts";

/** A balancer's targets, as an operator's stats page shows them. */
export function targetParts(run: Run, set: number, config: CheckConfig): PartStatus[] {
  const { upstreams, world, entities } = run;
  const { table } = upstreams;
  const { health, mode } = config;
  return Array.from(upstreams.membersOf(set), (target): PartStatus => {
    const state = table.state[target]!;
    const usable = table.usable[target] === 1;
    const missed = health.missed[state]!;
    const passed = health.passed[state]!;
    const holder = table.entity[target]!;
    const stale = entities.address[holder]! > 0 && entities.address[holder] !== table.address[target]! + 1;
    const going = usable ? missed > 0 : passed > 0;
    return {
      key: `${world.nodeIds[table.entity[target]!]!}#${table.incarnation[target]!}`,
      node: world.nodeIds[table.entity[target]!]!,
      incarnation: table.incarnation[target]!,
      address: run.addressing.show(table.address[target]!),
      state: mode === "none" ? "unchecked" : usable ? (going ? "going-down" : "up") : going ? "going-up" : stale ? "stale" : "down",
      tone: usable ? (going ? "doubtful" : "running") : going ? "busy" : "dead",
      pips:
        mode === "none"
          ? null
          : usable
            ? missed > 0
              ? [missed, health.fall]
              : null
            : passed > 0
              ? [passed, health.rise]
              : [health.fall, health.fall],
      dueUs: null,
      facts: [
        { key: "rate", value: upstreams.ratePerSecond(target), unit: "1/s" },
        { key: "connections", value: table.connections[target]!, unit: "count" },
        { key: "served", value: table.served[target]!, unit: "count" },
        { key: "failed", value: table.failed[target]!, unit: "count" },
        { key: "weight", value: table.weight[target]! },
        ...(table.lastGoodUs[target]! >= 0 ? [{ key: "last-good-check", value: table.lastGoodUs[target]!, unit: "us" } as const] : []),
      ],
    };
  });
}
