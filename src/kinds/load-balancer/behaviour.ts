import { presence } from "../../engine/entities.ts";
import type { CheckConfig } from "../../engine/checks.ts";
import type { Behaviour } from "../../engine/kind.ts";
import { targetHealth } from "../../engine/machines/target-health.ts";
import { predictedDetectionUs } from "../../engine/policies/detection.ts";
import type { Run } from "../../engine/run.ts";
import { Standing } from "../../engine/standing.ts";
import type { settings } from "./declaration.ts";
import { makeForwarding } from "./forwarding.ts";
import { makeTargets } from "./targets.ts";
import { targetParts } from "./parts.ts";

export type BalancerSettings = (typeof settings)["defaults"];

/** Passes requests on to targets that it checks, by the rules of HAProxy and nginx. */
export function behaviour(run: Run): Behaviour {
  const { entities, checks, tasks, upstreams } = run;
  const settingsOf = (row: number) => run.node(row).settings as unknown as BalancerSettings;
  const targets = makeTargets(run, settingsOf, (row) => forwarding.serveQueue(row));
  const forwarding = makeForwarding(run, settingsOf, targets.setOf);

  const standing = new Standing(run, {
    opened: (row) => targets.open(row),
    gone(row) {
      targets.close(row);
      for (let left = entities.inFlight[row]!; left > 0; left--) run.metrics.record(row, "failed", 0);
      tasks.closeAll(row);
    },
  });

  const learn = (row: number) => checks.configure(row, checkConfig(settingsOf(row), run.memory));

  return {
    create(row, warm) {
      learn(row);
      targets.create(row);
      standing.create(row, warm);
    },
    wire: (row, warm) => targets.wire(row, warm),
    configure(row) {
      learn(row);
      targets.configure(row);
      run.touch(row);
    },
    relearn(row) {
      learn(row);
      targets.learn(row);
    },
    remove: (row) => standing.remove(row),
    act: (row, act) => standing.act(row, act) ?? false,
    placeUp: (row) => void standing.send(row, "PLACE_UP"),
    placeDown: (row) => void standing.send(row, "PLACE_DOWN"),
    warmly: (fill) => targets.warmly(fill),
    addressed: (row, link) => targets.addressed(row, link),
    accept: (row, call) => forwarding.accept(row, call),
    ended: (row, call, how) => forwarding.ended(row, call, how),
    deadline: (task) => forwarding.queueTimedOut(task),
    predict(row, node, fault) {
      const config = checks.config(row);
      if (config.mode === "none" || entities.effective[row] !== presence.open) return null;
      if (fault === "hangs" && config.mode === "tcp") return null;
      for (const target of upstreams.membersOf(targets.setOf(row))) {
        if (upstreams.table.entity[target] !== node || upstreams.table.usable[target] === 0) continue;
        if (upstreams.table.address[target] !== entities.address[node]! - 1) continue;
        return predictedDetectionUs({
          intervalUs: config.intervalUs,
          fastIntervalUs: config.fastUs,
          downIntervalUs: config.downUs,
          timeoutUs: config.timeoutUs,
          rise: config.health.rise,
          fall: config.health.fall,
          latencyUs: upstreams.table.latencyUs[target]!,
          failure: fault === "silent" || fault === "hangs" ? "silent" : "refused",
        });
      }
      return null;
    },
    status(row) {
      const own = standing.status(row);
      return {
        ...own,
        facts: [
          { key: "lost", value: entities.lost[row]!, unit: "count" },
          { key: "redirected", value: entities.redirected[row]!, unit: "count" },
          ...(entities.queueCount[row]! > 0 ? [{ key: "queued", value: entities.queueCount[row]!, unit: "count" } as const] : []),
        ],
        parts: targetParts(run, targets.setOf(row), checks.config(row)),
      };
    },
    chart: (row) => standing.life.machine.describe(entities.state[row]!),
  };
}

function checkConfig(own: BalancerSettings, memory: boolean): CheckConfig {
  const us = (milliseconds: number, otherwise: number) => Math.round((milliseconds > 0 ? milliseconds : otherwise) * 1000);
  return {
    mode: own.checks as CheckConfig["mode"],
    intervalUs: us(own.intervalMs, own.intervalMs),
    fastUs: us(own.fastIntervalMs, own.intervalMs),
    downUs: us(own.downIntervalMs, own.intervalMs),
    timeoutUs: us(own.checkTimeoutMs, own.intervalMs),
    health: targetHealth(own.rise, own.fall, { memory }),
  };
}
