import { describe, expect, test } from "vitest";
import { kinds } from "../kinds/registry.ts";
import { amiss } from "../properties/testing/consistency.ts";
import { player, type Step } from "./testing/playing.ts";
import { log } from "./testing/telling.ts";

const play = player(kinds);
const told = ["shutting-down", "powered-off", "power-lost", "stopping", "stop-ignored", "stopped", "died", "withdrawn", "up"] as const;

function story(script: readonly Step[], untilSeconds: number, topology: string): string[] {
  const simulation = play(topology, untilSeconds, script);
  expect(amiss(simulation)).toEqual([]);
  return log(simulation, ...told);
}

/** A machine with two containers that register, one of them at work all the time. */
const machine = (first = "", second = "", more = "") => `
  registry: service-registry
  h: host bootMs=1000
  v: virtual-machine in h bootMs=1000
  one: container in v workMs=400 workDistribution=constant restart=always ${first}
  two: container in v ${second}
  one -> registry: register
  two -> registry: register
  ann: client arrivals=constant ratePerSecond=2
  ann -> one: call
  ${more}`;

describe("a machine that is shut down", () => {
  test("tells all on it to stop, and is off once they have", () => {
    const simulation = play(machine(), 4, [[2.2, "shut-down v"]]);
    expect(log(simulation, ...told)).toEqual([
      "2.200 v shutting-down",
      "2.200 one stopping",
      "2.200 two stopping",
      "2.200 two stopped",
      "2.201 registry withdrawn one",
      "2.201 registry withdrawn two",
      "2.401 one stopped",
      "2.401 v powered-off",
    ]);
    // Whoever was being served is; those who come later find nobody.
    expect(simulation.countersOf("one")).toMatchObject({ served: 4 });
    expect(simulation.status("v")!.state).toBe("off");
  });

  test("waits out the grace of what ignores SIGTERM, and no longer than its own", () => {
    expect(story([[2.2, "shut-down v"]], 20, machine("", "onTerm=ignores stopGraceMs=5000"))).toEqual(
      expect.arrayContaining(["2.200 two stop-ignored", "7.200 two died", "7.200 v powered-off"]),
    );
    const impatient = machine("", "onTerm=ignores stopGraceMs=5000").replace("in h bootMs=1000", "in h bootMs=1000 stopTimeoutMs=3000");
    expect(story([[2.2, "shut-down v"]], 20, impatient)).toEqual(expect.arrayContaining(["5.200 v powered-off", "5.200 two died v"]));
  });

  test("does not wait for what is removed, killed or hung meanwhile beyond its grace", () => {
    const hung = [
      [1, "hang two"],
      [2.2, "shut-down v"],
    ] as const;
    expect(story(hung, 14, machine("", "stopGraceMs=4000"))).toEqual(expect.arrayContaining(["6.200 two died", "6.200 v powered-off"]));
    const killed = [...hung, [3, "kill two"]] as const;
    expect(story(killed, 14, machine("", "stopGraceMs=4000"))).toEqual(expect.arrayContaining(["3.000 two died", "3.000 v powered-off"]));
  });

  test("takes the machines in it with it, which are back when it is; containers by their restart policies", () => {
    const lines = story(
      [
        [2.2, "shut-down h"],
        [4, "power-on h"],
      ],
      9,
      machine(),
    );
    expect(lines).toEqual([
      "2.200 h shutting-down",
      "2.200 v shutting-down",
      "2.200 one stopping",
      "2.200 two stopping",
      "2.200 two stopped",
      "2.201 registry withdrawn one",
      "2.201 registry withdrawn two",
      "2.401 one stopped",
      "2.401 v powered-off",
      "2.401 h powered-off",
      "5.000 h up",
      "6.000 v up",
      "6.232 one up",
    ]);
  });

  test("loses its power all the same when the plug is pulled", () => {
    const lines = story(
      [
        [2.2, "shut-down v"],
        [3, "unplug v"],
      ],
      6,
      machine("", "onTerm=ignores"),
    );
    expect(lines).toEqual(expect.arrayContaining(["3.000 v power-lost", "3.000 two died v"]));
  });
});

describe("an application server that is stopped", () => {
  const server = (app = "", more = "") => `
    registry: service-registry
    h: host
    t: application-server in h startMs=500
    app: web-application in t deployMs=200 workMs=400 workDistribution=constant ${app}
    app -> registry: register
    ann: client arrivals=constant ratePerSecond=2
    ann -> app: call
    ${more}`;

  test("answers nothing new, finishes what it has, withdraws and ends", () => {
    const simulation = play(server(), 4, [[2.2, "stop t"]]);
    expect(log(simulation, ...told)).toEqual([
      "2.200 t stopping",
      "2.200 app stopping",
      "2.401 app stopped",
      "2.401 t stopped",
      "2.401 registry withdrawn app",
    ]);
    expect(simulation.countersOf("app")).toMatchObject({ served: 4 });
  });

  test("has no more time for them than its unload delay: the rest is cut off", () => {
    const simulation = play(server("workMs=3000"), 8, [[5, "stop t"]]);
    expect(log(simulation, "stopped")).toEqual(["7.000 app stopped", "7.000 t stopped"]);
    expect(simulation.journal.row([...simulation.journal.kept(0)].find((id) => simulation.journal.what(id) === "stopped")!)).toMatchObject({
      b: 6,
    });
  });

  test("comes back with its machine, applications and all", () => {
    const script: readonly Step[] = [
      [2.2, "shut-down h"],
      [4, "power-on h"],
    ];
    expect(story(script, 40, server())).toEqual(
      expect.arrayContaining(["2.401 h powered-off", "34.000 h up", "34.500 t#2 up", "34.700 app#2 up"]),
    );
  });
});
