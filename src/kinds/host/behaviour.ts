import type { Behaviour } from "../../engine/kind.ts";
import { Housing } from "../../engine/housing.ts";
import type { Run } from "../../engine/run.ts";
import type { settings } from "./declaration.ts";

type HostSettings = (typeof settings)["defaults"];

export function behaviour(run: Run): Behaviour {
  const settingsOf = (row: number) => run.node(row).settings as unknown as HostSettings;
  const housing = new Housing(run, {
    bootUs: (row) => Math.round(settingsOf(row).bootMs * 1000),
    graceUs: (row) => Math.round(settingsOf(row).stopTimeoutMs * 1000),
  });
  return {
    create: (row, warm) => housing.create(row, warm),
    configure(row) {
      run.processors.changed(row);
      run.touch(row);
    },
    remove(row) {
      run.note("removed", row);
      housing.remove(row);
    },
    act: (row, act) => housing.act(row, act) ?? false,
    hasOwn: () => true,
    placeUp: (row) => void housing.send(row, "PLACE_UP"),
    placeDown: (row) => void housing.send(row, "PLACE_DOWN"),
    leftBy: (row) => housing.leftBy(row),
    isStopping: (row) => housing.isShuttingDown(row),
    status: (row) => housing.status(row),
    chart: (row) => housing.life.machine.describe(run.entities.state[row]!),
  };
}
