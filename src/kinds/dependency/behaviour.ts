import type { Behaviour } from "../../engine/kind.ts";
import { conductActs } from "../../document/fault-acts.ts";
import { forgetConduct, misbehave } from "../../engine/conduct.ts";
import type { Run } from "../../engine/run.ts";
import { allWell, faultState, servingFacts, slowDown } from "../../engine/serving-status.ts";
import { Standing } from "../../engine/standing.ts";

/** A database, a cache, a queue, a third party: it answers at an address that stays, and can fail in every way. */
export function behaviour(run: Run): Behaviour {
  const { serving, entities } = run;
  const gone = (row: number) => {
    serving.collapse(row);
    forgetConduct(run, row);
  };
  const standing = new Standing(run, { hangs: true, opened: () => {}, gone });
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
      if (act === "resume" && standing.life.is(row, "running")) return allWell(run, row);
      if (conductActs.includes(act)) return standing.isOpen(row) && misbehave(run, row, act, amount) === true;
      return standing.act(row, act) ?? false;
    },
    placeUp: (row) => void standing.send(row, "PLACE_UP"),
    placeDown: (row) => void standing.send(row, "PLACE_DOWN"),
    accept: (row, call) => serving.accept(row, call),
    healthy: (row) => serving.isWell(row),
    status(row) {
      const own = standing.status(row);
      const isRunning = own.state === "running";
      const fault = isRunning ? faultState(run, row) : null;
      const faults = isRunning ? ["hang", "slow", ...conductActs] : [];
      const acts = [...own.acts, ...faults, ...(fault !== null || own.state === "hung" ? ["resume"] : [])];
      return {
        ...own,
        state: fault ?? own.state,
        tone: fault !== null ? "doubtful" : own.tone,
        acts,
        facts: servingFacts(run, row),
        parts: [],
      };
    },
    chart: (row) => standing.life.machine.describe(entities.state[row]!),
  };
}
