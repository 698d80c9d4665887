import { describe, expect, test } from "vitest";
import { kinds } from "../kinds/registry.ts";
import type { Simulation } from "./simulation.ts";
import { player } from "./testing/playing.ts";
import { log } from "./testing/telling.ts";

const play = player(kinds);

const reserved = (simulation: Simulation, id: string) => simulation.status(id)!.facts.find(({ key }) => key === "memory-reserved")!.value;
const stateOf = (simulation: Simulation, id: string) => simulation.status(id)!.state;

describe("a VM in a host, and a container in the VM", () => {
  const nested = `
    cold
    h: host bootMs=3000
    v: virtual-machine in h bootMs=2000
    web-1: container in v startMs=200`;

  test("come up one after another", () => {
    expect(log(play(nested, 10))).toEqual([
      "0.000 h created",
      "0.000 h booting",
      "0.000 v created",
      "0.000 v waiting h",
      "0.000 web-1 created",
      "0.000 web-1 waiting v",
      "3.000 h up",
      "3.000 v booting",
      "5.000 v up",
      "5.000 web-1 starting",
      "5.200 web-1 up",
    ]);
  });

  test("go down together with the host; the machines come back with its power, the dead process does not", () => {
    const simulation = play(nested, 30, [
      [10, "unplug h"],
      [12, "power-on h"],
    ]);
    expect(log(simulation).slice(11)).toEqual([
      "10.000 h unplug",
      "10.000 h power-lost",
      "10.000 v power-lost",
      "10.000 web-1 died v",
      "10.000 v waiting h",
      "12.000 h power-on",
      "12.000 h booting",
      "15.000 h up",
      "15.000 v booting",
      "17.000 v up",
    ]);
    expect([stateOf(simulation, "v"), stateOf(simulation, "web-1")]).toEqual(["running", "dead"]);
  });

  test("a VM that was switched off stays off when its host comes back", () => {
    const simulation = play(nested, 30, [
      [8, "unplug v"],
      [10, "unplug h"],
      [12, "power-on h"],
    ]);
    expect(stateOf(simulation, "v")).toBe("off");
  });

  test("a container recreated twice in a breath is one new instance", () => {
    const simulation = play(nested, 12, [
      [10, "recreate web-1"],
      [10, "recreate web-1"],
    ]);
    expect(log(simulation, "act", "created", "died", "up").slice(-5)).toEqual([
      "10.000 web-1 recreate",
      "10.000 web-1 died",
      "10.000 web-1#2 created",
      "10.000 web-1#2 recreate",
      "10.200 web-1#2 up",
    ]);
  });
});

describe("memory", () => {
  const two = `
    h: host memoryMb=4096 bootMs=1000
    v: virtual-machine in h memoryMb=2048 bootMs=1000
    w: virtual-machine in h memoryMb=2049 bootMs=1000`;

  test("a VM for which there is not enough is refused, also when it has waited for its host since", () => {
    const simulation = play(two, 20, [
      [5, "unplug h"],
      [6, "power-on h"],
      [10, "restart w"],
    ]);
    expect(log(simulation, "start-refused")).toEqual(["0.000 w start-refused h", "7.000 w start-refused h", "10.000 w start-refused h"]);
    expect(reserved(simulation, "h")).toBe(2048);
  });

  test("a VM that is off keeps its memory", () => {
    const simulation = play(two, 20, [
      [5, "unplug v"],
      [6, "power-on w"],
    ]);
    expect(log(simulation, "start-refused").slice(-1)).toEqual(["6.000 w start-refused h"]);
    expect(reserved(simulation, "h")).toBe(2048);
  });

  test("containers share what the guest's own system leaves", () => {
    const simulation = play(
      `h: host
       v: virtual-machine in h memoryMb=1024 guestOsMb=512
       web-1: container in v memoryMb=256
       web-2: container in v memoryMb=256
       web-3: container in v memoryMb=1`,
      5,
      [
        [1, "kill web-1"],
        [2, "recreate web-3"],
      ],
    );
    expect(log(simulation, "start-refused", "up")).toEqual(["0.000 web-3 start-refused v", "2.232 web-3#2 up"]);
    expect(reserved(simulation, "v")).toBe(257);
  });
});

describe("a zone", () => {
  const site = (shares: string) => `
    z: zone shares=${shares}
    ann: client arrivals=by-hand timeoutMs=1000
    h: host in z bootMs=1000
    web-1: container in h workDistribution=constant workMs=10
    db: dependency in z
    ann -> web-1: call`;

  test("that loses its power takes all with it; what stands by itself starts again, machines boot", () => {
    const simulation = play(site("power"), 20, [
      [5, "lose z"],
      [6, "send ann"],
      [10, "restore z"],
      [12, "recreate web-1"],
    ]);
    expect(log(simulation, "power-lost", "died", "connect-timed-out", "timed-out", "up", "booting", "waiting")).toEqual([
      "5.000 z power-lost",
      "5.000 h power-lost",
      "5.000 web-1 died h",
      "5.000 h waiting z",
      "5.000 db died z",
      "7.000 ann timed-out ann/1",
      "10.000 z up",
      "10.000 h booting",
      "10.500 db#2 up",
      "11.000 h up",
      "12.232 web-1#2 up",
    ]);
  });

  test("that loses its network runs on, unreachable, and is reached again", () => {
    const simulation = play(site("network"), 20, [
      [5, "lose z"],
      [6, "send ann"],
      [10, "restore z"],
      [12, "send ann"],
    ]);
    expect(log(simulation, "isolated", "rejoined", "timed-out", "served", "died")).toEqual([
      "5.000 z isolated",
      "7.000 ann timed-out ann/1",
      "10.000 z rejoined",
      "12.011 ann served ann/2",
    ]);
  });

  test("within itself an isolated zone goes on as if nothing had happened", () => {
    const simulation = play(site("network").replace("ann: client", "ann: client in z"), 20, [
      [5, "lose z"],
      [6, "send ann"],
    ]);
    expect(log(simulation, "served")).toEqual(["6.011 ann served ann/1"]);
  });
});
