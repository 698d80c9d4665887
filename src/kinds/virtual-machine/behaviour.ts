import type { Behaviour } from "../../engine/kind.ts";
import { Housing } from "../../engine/housing.ts";
import type { Run } from "../../engine/run.ts";
import type { settings } from "./declaration.ts";

type MachineSettings = (typeof settings)["defaults"];

export function behaviour(run: Run): Behaviour {
  const { entities } = run;
  const settingsOf = (row: number) => run.node(row).settings as unknown as MachineSettings;
  const housing = new Housing(run, {
    bootUs: (row) => Math.round(settingsOf(row).bootMs * 1000),
    graceUs: (row) => Math.round(settingsOf(row).stopTimeoutMs * 1000),
    memoryMb: (row) => settingsOf(row).memoryMb,
  });

  /** A VM is recreated as a new one: off, a new incarnation with a range of its own, and on again. */
  const recreate = (row: number) => {
    if (housing.life.is(row, "booting") || housing.life.is(row, "waiting")) return false;
    housing.blame(row);
    housing.remove(row);
    entities.incarnation[row]!++;
    entities.range[row] = run.addressing.newRange();
    entities.serial[row] = 0;
    run.note("created", row);
    return housing.powerOn(row);
  };

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
    act: (row, act) => (act === "recreate" ? recreate(row) : (housing.act(row, act) ?? false)),
    hasOwn: () => true,
    listedAs(row) {
      const isOn = ["running", "booting", "shutting-down", "panicked"].some((state) => housing.life.is(row, state));
      if (!isOn) return null;
      return {
        command: "qemu-system-x86_64",
        memoryMb: settingsOf(row).memoryMb,
        cpuPercent: Math.round(100 * run.processors.usedBy(row)),
      };
    },
    killedForMemory: (row) => housing.act(row, "unplug") ?? false,
    placeUp: (row) => void housing.send(row, "PLACE_UP"),
    placeDown: (row) => void housing.send(row, "PLACE_DOWN"),
    placeStops: (row) => housing.placeStops(row),
    leftBy: (row) => housing.leftBy(row),
    isStopping: (row) => housing.isShuttingDown(row),
    status(row) {
      const own = housing.status(row);
      const acts = own.state === "running" || own.state === "off" ? [...own.acts, "recreate"] : own.acts;
      return { ...own, acts, facts: [...own.facts, { key: "guest-os", value: settingsOf(row).guestOsMb, unit: "MB" }] };
    },
    chart: (row) => housing.life.machine.describe(entities.state[row]!),
  };
}
