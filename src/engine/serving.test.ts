import { describe, expect, test } from "vitest";
import { kinds } from "../kinds/registry.ts";
import { Simulation } from "./simulation.ts";
import { sketch } from "./testing/sketch.ts";
import { log, rowsOf, seconds, tally } from "./testing/telling.ts";

const play = (text: string) => new Simulation({ document: sketch(text), kinds, watch: true });
const send = (simulation: Simulation, times = 1) => {
  for (let time = 0; time < times; time++) simulation.act({ act: "send", target: "ann" });
};
/** A client that sends by hand to one service, over a link without latency. */
const oneService = (settings: string, more = "") => `
  ann: client arrivals=by-hand
  db: dependency workDistribution=constant ${settings}
  ann -> db: call latencyMs=0
  ${more}`;

describe("a service with a limit and a queue", () => {
  test("takes what it can, queues what it may, and turns the rest away with 503", () => {
    const simulation = play(oneService("workMs=100 concurrency=2 queueLimit=1"));
    send(simulation, 5);
    simulation.runUntil(seconds(1));
    expect(log(simulation, "begun", "queued", "rejected", "served", "failed")).toEqual([
      "0.000 db begun ann/1",
      "0.000 db begun ann/2",
      "0.000 db queued ann/3",
      "0.000 db rejected 503 ann/4",
      "0.000 ann failed 503 ann/4",
      "0.000 db rejected 503 ann/5",
      "0.000 ann failed 503 ann/5",
      "0.100 db begun ann/3",
      "0.100 ann served ann/1",
      "0.100 ann served ann/2",
      "0.200 ann served ann/3",
    ]);
    expect(simulation.countersOf("db")).toMatchObject({ issued: 5, served: 3, failed: 2, timedOut: 0, inFlight: 0 });
  });

  test("a request that was turned away frees no place that it never had", () => {
    const simulation = play(oneService("workMs=100 concurrency=1 queueLimit=0"));
    for (const at of [0, 0.01, 0.02, 0.03]) {
      simulation.runUntil(seconds(at));
      send(simulation);
    }
    simulation.runUntil(seconds(1));
    expect(tally(simulation, "begun", "rejected")).toEqual({ begun: 1, rejected: 3 });
  });

  test("slow ×4 stretches what is left of the work in hand, and back to normal shrinks it again", () => {
    const simulation = play(oneService("workMs=100"));
    send(simulation);
    simulation.runUntil(seconds(0.05));
    simulation.act({ act: "slow", target: "db", amount: 4 });
    simulation.runUntil(seconds(0.15));
    simulation.act({ act: "resume", target: "db" });
    simulation.runUntil(seconds(1));
    // 50 ms at full speed, 100 ms at a quarter of it (25 ms of work), the last 25 ms at full speed.
    expect(log(simulation, "slowed", "resumed", "served")).toEqual(["0.050 db slowed", "0.150 db resumed", "0.175 ann served ann/1"]);
  });

  test("hang and resume keep the remaining work, to the microsecond", () => {
    const simulation = play(oneService("workMs=100"));
    send(simulation);
    simulation.runUntil(seconds(0.03));
    simulation.act({ act: "hang", target: "db" });
    simulation.runUntil(seconds(2));
    simulation.act({ act: "resume", target: "db" });
    simulation.runUntil(seconds(3));
    const [row] = rowsOf(simulation).filter(({ what }) => what === "served");
    expect(row).toMatchObject({ atUs: 2_070_001 });
  });

  test("while it hangs it takes calls and answers none; what overflows is dropped, and still counted", () => {
    const simulation = play(oneService("workMs=100 concurrency=1 queueLimit=1").replace("by-hand", "by-hand timeoutMs=1000"));
    simulation.act({ act: "hang", target: "db" });
    simulation.runUntil(seconds(0.1));
    send(simulation, 3);
    simulation.runUntil(seconds(2));
    expect(simulation.counters()).toMatchObject({ issued: 3, timedOut: 3, inFlight: 0 });
    const own = simulation.countersOf("db")!;
    expect(own.issued).toBe(own.served + own.failed + own.timedOut + own.inFlight);
  });

  test("killed, it resets what it had in hand and refuses what comes", () => {
    const simulation = play(oneService("workMs=100 concurrency=1"));
    send(simulation, 2);
    simulation.runUntil(seconds(0.05));
    simulation.act({ act: "kill", target: "db" });
    simulation.runUntil(seconds(0.06));
    send(simulation);
    simulation.runUntil(seconds(1));
    expect(log(simulation, "died", "reset", "refused", "failed")).toEqual([
      "0.050 db died",
      "0.050 ann reset db ann/2",
      "0.050 ann failed ann/2",
      "0.050 ann reset db ann/1",
      "0.050 ann failed ann/1",
      "0.060 ann refused db ann/3",
      "0.060 ann failed ann/3",
    ]);
    expect(simulation.countersOf("db")).toMatchObject({ issued: 2, failed: 2, inFlight: 0 });
  });
});
