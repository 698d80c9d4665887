import type { Behaviour } from "../../engine/kind.ts";
import { zoneLife } from "../../engine/machines/zone-life.ts";
import type { Run } from "../../engine/run.ts";
import type { settings } from "./declaration.ts";

type ZoneSettings = (typeof settings)["defaults"];

/** What those in it share — power, or network — can be lost, and comes back for all at once. */
export function behaviour(run: Run): Behaviour {
  const settingsOf = (row: number) => run.node(row).settings as unknown as ZoneSettings;
  const life = run.host(zoneLife, {
    column: run.entities,
    delayUs: () => 0,
    effects: { lost: (row) => lost(row), restored: (row) => restored(row) },
    onChange: (row) => run.stateChanged(row),
  });

  const blame = (row: number, place: number) => {
    for (const child of run.node(row).children) {
      run.predictions.tell(child, settingsOf(place).shares === "network" ? "cut-off" : "silent", place);
      blame(child, place);
    }
  };

  const lost = (row: number) => {
    if (settingsOf(row).shares === "network") {
      run.note("isolated", row);
      return run.setIsland(row, true);
    }
    run.note("power-lost", row);
    run.setUp(row, false);
    run.tellChildren(row, false);
  };

  /** Whatever it had lost comes back, also if what it shares has been set differently meanwhile. */
  const restored = (row: number) => {
    const wasDown = run.entities.up[row] === 0;
    const lostAt = run.entities.lastLife[row]!;
    run.note(wasDown ? "up" : "rejoined", row);
    run.setIsland(row, false, lostAt);
    run.setUp(row, true);
    if (wasDown) run.tellChildren(row, true);
  };

  return {
    create(row) {
      run.entities.incarnation[row]!++;
      life.place(row, "whole");
      run.setUp(row, true);
    },
    configure: (row) => run.touch(row),
    remove(row) {
      run.note("removed", row);
      run.setIsland(row, false);
      life.place(row, "whole");
    },
    act(row, act) {
      if (act === "lose" && life.is(row, "whole")) blame(row, row);
      return life.send(row, life.machine.eventOf(act === "lose" ? "LOSE" : "RESTORE"));
    },
    status(row) {
      const whole = life.is(row, "whole");
      return { state: life.name(row), tone: whole ? "running" : "dead", acts: [whole ? "lose" : "restore"], facts: [], parts: [] };
    },
    chart: (row) => life.machine.describe(run.entities.state[row]!),
  };
}
