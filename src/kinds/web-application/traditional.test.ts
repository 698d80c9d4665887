import { describe, expect, test } from "vitest";
import { player, set } from "../../engine/testing/playing.ts";
import { log } from "../../engine/testing/telling.ts";
import type { Simulation } from "../../engine/simulation.ts";
import { amiss } from "../../properties/testing/consistency.ts";
import { kinds } from "../registry.ts";

const play = player(kinds);
const states = (simulation: Simulation, ...ids: string[]) => ids.map((id) => simulation.status(id)!.state).join(" ");

/** Two servers on one host, two applications in the first. */
const traditional = (more = "", settings: Readonly<Record<string, string>> = {}) => `
  h: host ${settings["h"] ?? ""}
  t: application-server in h startMs=1000 ${settings["t"] ?? ""}
  u: application-server in h port=9090 startMs=1000 ${settings["u"] ?? ""}
  a: web-application in t path=a deployMs=500 ${settings["a"] ?? ""}
  b: web-application in t path=b deployMs=500 ${settings["b"] ?? ""}
  c: web-application in u path=a deployMs=500 ${settings["c"] ?? ""}
  ann: client ratePerSecond=40 arrivals=constant
  ann -> a: call
  ann -> b: call
  ann -> c: call
  ${more}`;

describe("the traditional way", () => {
  test("a server has its machine's address and a port, an application a path there; they serve", () => {
    const simulation = play(traditional(), 5);
    expect(["t", "u", "a", "b", "c"].map((id) => simulation.status(id)!.address)).toEqual([
      "10.1.0.1:8080",
      "10.1.0.1:9090",
      "10.1.0.1:8080/a",
      "10.1.0.1:8080/b",
      "10.1.0.1:9090/a",
    ]);
    expect(simulation.counters().failed).toBe(0);
    expect(simulation.counters().served).toBeGreaterThan(190);
    expect(amiss(simulation)).toEqual([]);
  });

  test("started cold, it is the machine, then the server, then what is deployed in it", () => {
    const simulation = play(`cold\n${traditional("", { h: "bootMs=2000" })}`, 5);
    expect(log(simulation, "booting", "starting", "up")).toEqual([
      "0.000 h booting",
      "2.000 h up",
      "2.000 t starting",
      "2.000 u starting",
      "3.000 t up",
      "3.000 a starting",
      "3.000 b starting",
      "3.000 u up",
      "3.000 c starting",
      "3.500 a up",
      "3.500 b up",
      "3.500 c up",
    ]);
  });

  test("a crash of one application takes the server, and every application in it; the other server goes on", () => {
    const simulation = play(traditional(), 3, [[2, "crash a"]]);
    expect(states(simulation, "t", "a", "b", "u", "c")).toBe("dead waiting waiting running running");
    expect(log(simulation, "exited", "died")).toEqual(["2.000 t exited (1)", "2.000 t died", "2.000 a died t", "2.000 b died t"]);
    expect(amiss(simulation)).toEqual([]);
  });

  test("started again it is what it was, at the same address", () => {
    const simulation = play(traditional(), 6, [
      [2, "kill t"],
      [3, "recreate t"],
    ]);
    expect(log(simulation, "up")).toEqual(["4.000 t#2 up", "4.500 a#2 up", "4.500 b#2 up"]);
    expect(simulation.status("a")!.address).toBe("10.1.0.1:8080/a");
    expect(amiss(simulation)).toEqual([]);
  });

  test("a hung server hangs all in it", () => {
    const simulation = play(traditional(), 3, [[2, "hang t"]]);
    expect(states(simulation, "t", "a", "b", "c")).toBe("hung hung hung running");
    simulation.act({ act: "resume", target: "t" });
    simulation.runUntil(4_000_000);
    expect(states(simulation, "t", "a", "b", "c")).toBe("running running running running");
  });
});

describe("nothing keeps them apart", () => {
  test("the same port twice on one machine: the second does not start, and says who has it", () => {
    const simulation = play(traditional("", { u: "port=8080" }), 2);
    expect(states(simulation, "t", "u", "a", "c")).toBe("running refused running waiting");
    expect(log(simulation, "port-taken")).toEqual(["0.000 u port-taken t"]);
    simulation.act({ act: "kill", target: "t" });
    simulation.act({ act: "recreate", target: "u" });
    simulation.runUntil(4_000_000);
    expect(states(simulation, "t", "u", "c")).toBe("dead running running");
    expect(amiss(simulation)).toEqual([]);
  });

  test.each([
    ["a newer Java than its server's", "javaFrom=21", 21],
    ["an older one", "javaTo=11", 11],
  ])("%s: it is not deployed", (_, settings, wanted) => {
    const simulation = play(traditional("", { b: settings }), 2);
    expect(states(simulation, "a", "b")).toBe("running refused");
    const row = [...Array(simulation.journal.length).keys()]
      .map((id) => simulation.journal.row(id))
      .find((one) => one?.what === "java-refused");
    expect([row!.who, row!.whom, row!.a, row!.b]).toEqual(["b", "t", wanted, 17]);
  });

  test("two that want different Javas find no server for both", () => {
    const javas = [11, 17, 21].map((java) =>
      states(play(traditional("", { t: `javaVersion=${java}`, a: "javaTo=11", b: "javaFrom=17" }), 1), "a", "b"),
    );
    expect(javas).toEqual(["running refused", "refused running", "refused running"]);
  });

  test("the same path twice in one server", () => {
    const simulation = play(traditional("", { b: "path=a" }), 1);
    expect(log(simulation, "path-taken")).toEqual(["0.000 b path-taken a"]);
  });

  test("a leak of one fills the heap of all", () => {
    const simulation = play(traditional("", { a: "usesMb=100 leakMb=4", b: "usesMb=50" }), 10);
    expect(log(simulation, "heap-full", "exited")).toEqual(["2.276 t heap-full", "2.276 t exited (3)"]);
    expect(states(simulation, "t", "b", "u")).toBe("dead waiting running");
    expect(amiss(simulation)).toEqual([]);
  });

  test("where the machine has less than the heaps may grow to, its kernel kills the largest", () => {
    const simulation = play(traditional("", { h: "memoryMb=700", a: "usesMb=10", c: "usesMb=300" }), 10, [[2, "eat-memory a 100"]]);
    // t grows from 138 MB until both have 700 MB: u with 428 MB is the largest then.
    expect(log(simulation, "oom-killed", "heap-full", "died")[0]).toBe("3.500 u oom-killed h");
    expect(states(simulation, "t", "u")).toBe("dead dead");
    expect(log(simulation, "heap-full")).toHaveLength(1);
    expect(amiss(simulation)).toEqual([]);
  });

  test("a server that finds no memory for itself does not start", () => {
    const simulation = play(traditional("", { h: "memoryMb=200" }), 1);
    expect(log(simulation, "start-refused")).toEqual(["0.000 u start-refused h"]);
  });

  test("another version of Java is for the next start", () => {
    const simulation = play(traditional(), 6, [
      [1, set("b", { javaFrom: 21 })],
      [2, "recreate t"],
    ]);
    expect(states(simulation, "t", "a", "b")).toBe("running running refused");
  });
});
