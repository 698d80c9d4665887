import type { Behaviour } from "../../engine/kind.ts";
import type { Run } from "../../engine/run.ts";
import { servingFacts, slowDown, backToNormal } from "../../engine/serving-status.ts";
import { Standing } from "../../engine/standing.ts";

/** A database, a cache, a queue, a third party: it answers at an address that stays, and can fail in every way. */
export function behaviour(run: Run): Behaviour {
  const { serving, entities } = run;
  const standing = new Standing(run, { hangs: true, opened: () => {}, gone: (row) => serving.collapse(row) });
  return {
    create(row, warm) {
      serving.configure(row, run.serviceConfig(row));
      standing.create(row, warm);
    },
    configure: (row) => serving.configure(row, run.serviceConfig(row)),
    relearn: (row) => serving.learn(row, run.serviceConfig(row)),
    remove: (row) => standing.remove(row),
    act(row, act, amount) {
      if (act === "slow") return standing.isOpen(row) && slowDown(run, row, amount);
      if (act === "resume" && standing.life.is(row, "running")) return backToNormal(run, row);
      return standing.act(row, act) ?? false;
    },
    placeUp: (row) => void standing.send(row, "PLACE_UP"),
    placeDown: (row) => void standing.send(row, "PLACE_DOWN"),
    accept: (row, call) => serving.accept(row, call),
    healthy: (row) => !serving.isSaturated(row),
    status(row) {
      const own = standing.status(row);
      const slowed = own.state === "running" && entities.slowness[row]! > 0;
      const faults = own.state === "running" ? ["hang", "slow"] : [];
      const acts = [...own.acts, ...faults, ...(slowed || own.state === "hung" ? ["resume"] : [])];
      return {
        ...own,
        state: slowed ? "slowed" : own.state,
        tone: slowed ? "doubtful" : own.tone,
        acts,
        facts: servingFacts(run, row),
        parts: [],
      };
    },
    chart: (row) => standing.life.machine.describe(entities.state[row]!),
  };
}
