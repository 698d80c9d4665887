import { expect, test } from "vitest";
import { badSettings } from "../document/testing/bad-settings.ts";
import type { Simulation } from "../engine/simulation.ts";
import { player, type Step } from "../engine/testing/playing.ts";
import { log, seconds, tally } from "../engine/testing/telling.ts";
import { kinds } from "../kinds/registry.ts";

/** What becomes of each bad setting that is not refused: it is played, with this outcome. */
const play = player(kinds);
type Play = (untilS: number, script?: readonly Step[]) => Simulation;

/** How the client's requests ended. */
function ended(simulation: Simulation) {
  const { issued, served, failed, timedOut, inFlight } = simulation.counters();
  expect(served + failed + timedOut + inFlight).toBe(issued);
  expect(issued).toBeGreaterThan(100);
  return { issued, served, failed, timedOut, inFlight };
}

/** As if nothing were amiss, a request or two on their way apart. */
function expectAllServed(simulation: Simulation): void {
  const { failed, timedOut, inFlight } = ended(simulation);
  expect([failed, timedOut]).toEqual([0, 0]);
  expect(inFlight).toBeLessThan(4);
}

const expectAllFailed = (simulation: Simulation): void => expect(ended(simulation)).toMatchObject({ served: 0, timedOut: 0 });
const targets = (simulation: Simulation) => simulation.targets().map(({ name, served, state }) => ({ name, isUsed: served > 0, state }));
const stateOf = (simulation: Simulation, id: string) => simulation.status(id)!.state;
const burst = (atS: number, count: number): Step[] => Array.from({ length: count }, () => [atS, "send client-1"] as const);

const outcomes: Readonly<Record<string, (run: Play) => void>> = {
  "no target behind the balancer"(run) {
    const simulation = run(5);
    expectAllFailed(simulation);
    expect(tally(simulation, "no-target")["no-target"]).toBe(simulation.counters().failed);
    expect(log(simulation, "no-target")[0]).toContain("front-1");
  },
  "a client that calls nobody"(run) {
    const simulation = run(5);
    expectAllFailed(simulation);
    expect(log(simulation, "no-target", "sent")[0]).toContain("client-1 no-target");
  },
  "a service that nobody registers"(run) {
    const simulation = run(5);
    expectAllServed(simulation);
    expect(targets(simulation)).toEqual([{ name: "web-1", isUsed: true, state: "up" }]);
  },
  "a registry in which nobody registers at all"(run) {
    const simulation = run(5);
    expectAllServed(simulation);
    expect(targets(simulation)).toEqual([{ name: "web-1", isUsed: true, state: "up" }]);
    expect(simulation.status("registry-1")!.parts).toEqual([]);
  },
  "a heartbeat slower than the lease"(run) {
    // A lease of 15 s and a beat each 20 s: it comes and goes.
    const lines = log(run(85), "expired", "registered").filter((line) => line.includes(" web-1"));
    expect(lines.slice(-4).map((line) => line.split(" ")[2])).toEqual(["expired", "registered", "expired", "registered"]);
    const atS = lines.slice(-4).map((line) => Number(line.split(" ")[0]));
    expect(atS.slice(1).map((time, index) => time - atS[index]!)).toEqual([
      expect.closeTo(5, 3),
      expect.closeTo(15, 3),
      expect.closeTo(5, 3),
    ]);
  },
  "a heartbeat exactly as long as the lease"(run) {
    const lines = log(run(70), "expired", "registered").filter((line) => line.includes("web-1"));
    // What expires at an instant is registered anew by the beat that comes at that same instant.
    expect(lines.length).toBeGreaterThan(5);
    for (let index = 0; index + 1 < lines.length; index += 2) {
      expect([lines[index], lines[index + 1]]).toEqual([
        expect.stringContaining("registry-1 expired web-1"),
        `${lines[index]!.split(" ")[0]} registry-1 registered web-1`,
      ]);
    }
  },
  "a threshold above the window"(run) {
    const simulation = run(12, [[2, "kill web-1"]]);
    const lines = log(simulation, "missed", "target-down").filter((line) => line.includes(" web-1"));
    // As if all of the window had to be good: the first bad one makes it sick.
    expect(lines.slice(0, 2).map((line) => line.split(" ")[2])).toEqual(["missed", "target-down"]);
  },
  "a check timeout longer than the interval"(run) {
    const simulation = run(25, [[2, "hang web-1"]]);
    const missedAtS = log(simulation, "missed")
      .filter((line) => line.includes(" web-1 "))
      .map((line) => Number(line.split(" ")[0]));
    // Each check lasts 5 s, and the next begins 1 s after its end.
    expect(missedAtS.slice(1).map((atS, index) => atS - missedAtS[index]!)).toEqual([expect.closeTo(6, 3), expect.closeTo(6, 3)]);
    expect(log(simulation, "target-down").filter((line) => line.includes("web-1"))).toHaveLength(1);
  },
  "a client's timeout shorter than one call takes"(run) {
    expect(ended(run(5))).toMatchObject({ served: 0, failed: 0 });
  },
  "a server timeout shorter than the work"(run) {
    const simulation = run(5);
    const { failed, served } = ended(simulation);
    // Only what is done within 1 ms and two journeys is answered; web-1 never is. Its checks pass all the same.
    expect(failed).toBeGreaterThan(10 * served);
    expect(tally(simulation, "call-timed-out")["call-timed-out"]).toBe(failed);
    expect(targets(simulation).find(({ name }) => name === "web-1")).toEqual({ name: "web-1", isUsed: false, state: "up" });
  },
  "a queue of no places"(run) {
    expectAllServed(run(5));
    // 90 at once: each of three gets 30, and works on 16.
    const simulation = run(5, burst(2, 90));
    const rejected = log(simulation, "rejected");
    expect(rejected.length).toBeGreaterThan(10);
    expect(rejected.every((line) => line.includes(" web-1 "))).toBe(true);
    expect(ended(simulation).failed).toBe(rejected.length);
  },
  "a balancer with a queue of no places"(run) {
    // One request at a time for each of three targets, and nobody waits.
    const simulation = run(5, burst(2, 10));
    const rejected = log(simulation, "rejected").filter((line) => line.startsWith("2.0"));
    expect(rejected.length).toBeGreaterThanOrEqual(7);
    expect(rejected.every((line) => line.includes(" front-1 "))).toBe(true);
  },
  "more clients' load than the service can bear"(run) {
    const simulation = run(0.4);
    const { served, failed } = ended(simulation);
    // Three services of 16 places and 20 ms: 2400 a second, and those that wait in queues of 100.
    expect(served).toBeGreaterThan(700);
    expect(served).toBeLessThan(1300);
    expect(failed).toBeGreaterThan(30_000);
    expect(tally(simulation, "rejected")["rejected"]).toBeGreaterThan(30_000);
  },
  "work that takes no time"(run) {
    const simulation = run(5);
    expectAllServed(simulation);
    expect(simulation.countersOf("web-1")!.p99Us).toBeLessThanOrEqual(1);
  },
  "a link without latency"(run) {
    const simulation = run(5);
    expectAllServed(simulation);
    const at = (line: string | undefined) => line?.split(" ")[0];
    expect(at(log(simulation, "arrived")[0])).toBe(at(log(simulation, "issued")[0]));
  },
  "a link slower than the caller's patience"(run) {
    const simulation = run(70);
    expect(ended(simulation).served).toBe(0);
    expect(tally(simulation, "connect-timed-out")["connect-timed-out"]).toBe(simulation.counters().timedOut);
    // Nobody waits any more for what arrives after a minute.
    expect(tally(simulation, "arrived")).toEqual({ arrived: 0 });
  },
  "no checks at all"(run) {
    const simulation = run(8, [[2, "kill web-3"]]);
    // It stays a target: each request that is sent to it is refused, and sent on.
    expect(tally(simulation, "missed", "target-down")).toEqual({ missed: 0, "target-down": 0 });
    expect(tally(simulation, "refused")["refused"]).toBeGreaterThan(50);
    expect(ended(simulation).failed).toBe(0);
  },
  "a container larger than its machine"(run) {
    const simulation = run(5);
    expectAllServed(simulation);
    expect(log(simulation, "start-refused")).toEqual(["0.000 web-1 start-refused host-a"]);
    expect(stateOf(simulation, "web-1")).toBe("refused");
  },
  "a VM whose guest takes all its memory"(run) {
    const simulation = run(5);
    expectAllServed(simulation);
    expect(log(simulation, "start-refused")).toEqual(["0.000 web-2 start-refused vm-1"]);
    expect([stateOf(simulation, "vm-1"), stateOf(simulation, "web-2")]).toEqual(["running", "refused"]);
  },
  "an image that nobody serves"(run) {
    // A machine that pulls from nowhere has its images at hand.
    const simulation = run(5, [[2, "recreate web-1"]]);
    expect(log(simulation, "pulling", "starting", "up").filter((line) => line.includes("web-1"))).toEqual([
      "2.000 web-1#2 starting",
      "2.232 web-1#2 up",
    ]);
  },
  "a DNS answer that is never kept"(run) {
    const simulation = run(5);
    expectAllServed(simulation);
    const [part] = simulation.status("client-1")!.parts;
    expect(part!.state).toBe("dns");
    expect(part!.dueUs).toBeLessThanOrEqual(simulation.nowUs);
  },
  "no calls for each request"(run) {
    const simulation = run(5);
    expectAllServed(simulation);
    expect(log(simulation, "arrived").filter((line) => line.includes("db-1"))).toEqual([]);
  },
};

const played = badSettings.filter((row) => row.refused === undefined);

test("the table of outcomes is that of the settings that are played", () => {
  expect(Object.keys(outcomes).sort()).toEqual(played.map((row) => row.what).sort());
});

test.each(played)("$what", ({ what, document }) => {
  outcomes[what]!((untilS, script = []) => {
    const simulation = play("", untilS, script, { document });
    expect(simulation.nowUs).toBe(seconds(untilS));
    return simulation;
  });
});
