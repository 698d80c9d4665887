import { describe, expect, test } from "vitest";
import { kinds } from "../kinds/registry.ts";
import { move, player, set, type Step } from "./testing/playing.ts";
import { log, rowsOf, seconds, tally } from "./testing/telling.ts";

const play = player(kinds);

/** Ann calls a container on a host over a wire of 1 ms; the work takes 10 ms. */
const direct = (link = "", more = "") => `
  ann: client arrivals=by-hand timeoutMs=20000
  h: host bootMs=1000
  web-1: container in h workDistribution=constant workMs=10
  ann -> web-1: call latencyMs=1 ${link}
  ${more}`;
const fates = ["refused", "reset", "connect-timed-out", "call-timed-out", "failed", "timed-out", "served"];

describe("how a call ends", () => {
  const cases: readonly [what: string, script: readonly Step[], ends: readonly string[]][] = [
    ["whoever is there answers", [[1, "send ann"]], ["1.012 ann served ann/1"]],
    [
      "a dead process: its host refuses at once",
      [
        [0.5, "kill web-1"],
        [1, "send ann"],
      ],
      ["1.002 ann refused web-1 ann/1", "1.002 ann failed ann/1"],
    ],
    [
      "killed in the midst of it: reset, one wire later",
      [
        [1, "send ann"],
        [1.005, "kill web-1"],
      ],
      ["1.006 ann reset web-1 ann/1", "1.006 ann failed ann/1"],
    ],
    [
      "a host without power: nobody is left to refuse, the connect timeout passes",
      [
        [0.5, "unplug h"],
        [1, "send ann"],
      ],
      ["6.000 ann connect-timed-out web-1 ann/1", "6.000 ann timed-out ann/1"],
    ],
    [
      "power lost in the midst of it: silence, not a reset",
      [
        [1, "send ann"],
        [1.005, "unplug h"],
      ],
      ["6.000 ann call-timed-out web-1 ann/1", "6.000 ann timed-out ann/1"],
    ],
    [
      "a hung process: taken, and not answered",
      [
        [0.5, "hang web-1"],
        [1, "send ann"],
      ],
      ["6.000 ann call-timed-out web-1 ann/1", "6.000 ann timed-out ann/1"],
    ],
    [
      "a hung process that wakes in time answers",
      [
        [0.5, "hang web-1"],
        [1, "send ann"],
        [3, "resume web-1"],
      ],
      ["3.011 ann served ann/1"],
    ],
    [
      "a cut wire: what is on it is lost",
      [
        [1, "send ann"],
        [1.005, "cut ann--web-1"],
      ],
      ["6.000 ann call-timed-out web-1 ann/1", "6.000 ann timed-out ann/1"],
    ],
    [
      "a wire cut before: the connection is never made",
      [
        [0.5, "cut ann--web-1"],
        [1, "send ann"],
      ],
      ["6.000 ann connect-timed-out web-1 ann/1", "6.000 ann timed-out ann/1"],
    ],
    [
      "a wire mended in time carries the answer",
      [
        [1, "send ann"],
        [1.002, "cut ann--web-1"],
        [1.008, "mend ann--web-1"],
      ],
      ["1.012 ann served ann/1"],
    ],
    [
      "recreated: the old address refuses, the new one is not known to the caller",
      [
        [0.5, "recreate web-1"],
        [1, "send ann"],
      ],
      ["1.002 ann refused web-1 ann/1", "1.002 ann failed ann/1"],
    ],
    [
      "moved to another host: it has a new address there, and its old host refuses",
      [
        [0.5, move("web-1", "g")],
        [2, "send ann"],
      ],
      ["2.002 ann refused web-1 ann/1", "2.002 ann failed ann/1"],
    ],
  ];
  test.each(cases)("%s", (_, script, ends) => {
    expect(log(play(direct("", "g: host"), 10, script), ...fates)).toEqual(ends);
  });

  test("its caller's own deadline is the end of it, and the answer that comes later counts for nothing", () => {
    const text = direct().replace("timeoutMs=20000", "timeoutMs=1000").replace("workMs=10", "workMs=3000");
    const simulation = play(text, 10, [[1, "send ann"]]);
    expect(log(simulation, ...fates)).toEqual(["2.000 ann timed-out ann/1"]);
    expect(simulation.counters()).toMatchObject({ issued: 1, timedOut: 1, inFlight: 0 });
    expect(simulation.countersOf("web-1")).toMatchObject({ issued: 1, timedOut: 1, inFlight: 0 });
  });

  test("a caller tries again as often as its link says", () => {
    const simulation = play(direct("retries=2"), 10, [
      [0.5, "kill web-1"],
      [1, "send ann"],
    ]);
    expect(log(simulation, "refused", "retried", "failed")).toEqual([
      "1.002 ann refused web-1 ann/1",
      "1.002 ann retried web-1 1 ann/1",
      "1.004 ann refused web-1 ann/1",
      "1.004 ann retried web-1 2 ann/1",
      "1.006 ann refused web-1 ann/1",
      "1.006 ann failed ann/1",
    ]);
  });
});

describe("addresses", () => {
  test("a fixed one goes stale when its target is recreated, one by name is asked again after its TTL", () => {
    const text = `
      ann: client arrivals=by-hand
      bob: client arrivals=by-hand
      h: host
      web-1: container in h workDistribution=constant workMs=10
      ann -> web-1: call finds=dns dnsTtlMs=3000 latencyMs=1
      bob -> web-1: call finds=address latencyMs=1`;
    const simulation = play(text, 10, [
      [1, "send ann"],
      [2, "recreate web-1"],
      [3.9, "send ann"],
      [3.9, "send bob"],
      [4, "send ann"],
      [5, "send bob"],
      [6, "confirm bob--web-1"],
      [7, "send bob"],
    ]);
    expect(log(simulation, "stale", "resolved", "refused", "served")).toEqual([
      "1.012 ann served ann/1",
      "3.900 ann stale web-1#2",
      "3.900 bob stale web-1#2",
      "3.902 ann refused web-1 ann/2",
      "3.902 bob refused web-1 bob/1",
      "4.000 ann resolved web-1#2",
      "4.012 ann served ann/3",
      "5.002 bob refused web-1 bob/2",
      "7.012 bob served bob/3",
    ]);
  });

  test("are never handed out twice", () => {
    const recreations = Array.from({ length: 300 }, (_, time): Step => [time, "recreate web-1"]);
    const simulation = play(direct(), 0);
    const seen = new Set<string>([simulation.status("web-1")!.address!]);
    for (const [at] of recreations) {
      simulation.runUntil(seconds(at));
      simulation.act({ act: "recreate", target: "web-1" });
      simulation.runUntil(seconds(at + 0.9));
      const { address } = simulation.status("web-1")!;
      expect(seen).not.toContain(address);
      seen.add(address!);
    }
    expect(seen.size).toBe(301);
  });

  test("of machines are ranges of their own, and a new machine has a new one", () => {
    const simulation = play("h: host\n v: virtual-machine in h bootMs=100\n web-1: container in h\n web-2: container in v", 1);
    const before = [simulation.status("web-1")!.address, simulation.status("web-2")!.address];
    simulation.act({ act: "recreate", target: "v" });
    simulation.runUntil(seconds(2));
    simulation.act({ act: "recreate", target: "web-2" });
    simulation.runUntil(seconds(3));
    expect([...before, simulation.status("web-2")!.address]).toEqual(["10.1.0.2:8080", "10.2.0.2:8080", "10.3.0.2:8080"]);
  });

  test("an address whose port is set anew is taken at the next start", () => {
    const simulation = play(direct(), 5, [
      [1, set("web-1", { port: 9000 })],
      [2, "recreate web-1"],
    ]);
    expect(simulation.status("web-1")!.address).toBe("10.1.0.3:9000");
  });
});

test("the cause of a failed request leads back to what was done", () => {
  const causes = (script: readonly Step[]) => {
    const simulation = play(direct(), 10, [...script, [1, "send ann"]]);
    const rows = rowsOf(simulation);
    const chain: string[] = [];
    for (
      let row = rows.find(({ what }) => what === "failed" || what === "timed-out");
      row !== undefined;
      row = row.cause === null ? undefined : rows[row.cause]
    ) {
      chain.push(row.act ?? row.what);
    }
    return chain.join(" ← ");
  };
  expect(causes([[0.5, "kill web-1"]])).toBe("failed ← refused ← died ← kill");
  expect(causes([[0.5, "unplug h"]])).toBe("timed-out ← connect-timed-out ← died ← power-lost ← unplug");
  expect(causes([[0.5, "hang web-1"]])).toBe("timed-out ← call-timed-out ← hung ← hang");
  expect(causes([[0.5, "cut ann--web-1"]])).toBe("timed-out ← connect-timed-out ← cut ← cut");
});

test("the cause of what an isolated site does not answer is its isolation", () => {
  const text = direct().replace("h: host", "z: zone shares=network\n h: host in z");
  const simulation = play(text, 10, [
    [0.5, "lose z"],
    [1, "send ann"],
  ]);
  const rows = rowsOf(simulation);
  const timeout = rows.find(({ what }) => what === "connect-timed-out")!;
  expect(rows[timeout.cause!]).toMatchObject({ what: "isolated", who: "z" });
  expect(tally(simulation, "timed-out")).toEqual({ "timed-out": 1 });
});
