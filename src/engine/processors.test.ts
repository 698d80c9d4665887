import { describe, expect, test } from "vitest";
import { kinds } from "../kinds/registry.ts";
import { amiss } from "../properties/testing/consistency.ts";
import type { Simulation } from "./simulation.ts";
import { player, set } from "./testing/playing.ts";
import { log } from "./testing/telling.ts";

const play = player(kinds);

/** Clients that send one long request each at 1 s to services that only compute: the time until it is served, in s. */
function served(
  machines: string,
  services: readonly string[],
  script: Parameters<typeof play>[2] = [],
  untilS = 60,
): Record<string, number> {
  const names = services.map((line) => line.split(":")[0]!);
  const clients = names.map(
    (name) => `c-${name}: client arrivals=by-hand timeoutMs=600000\n c-${name} -> ${name}: call latencyMs=0 timeoutMs=600000`,
  );
  const computing = "computingPercent=100 workDistribution=constant workMs=1000";
  const text = [machines, ...services.map((line) => `${line} ${line.includes("computingPercent") ? "" : computing}`), ...clients].join(
    "\n",
  );
  const sends = names.map((name) => [1, `send c-${name}`] as const);
  const simulation = play(
    text,
    untilS,
    [...sends, ...script].sort(([a], [b]) => a - b),
  );
  expect(amiss(simulation)).toEqual([]);
  const ended = names.map((name) => [name, latencyOf(simulation, `c-${name}`)] as const);
  return Object.fromEntries(ended);
}

function latencyOf(simulation: Simulation, client: string): number {
  const { journal } = simulation;
  for (let id = 0; id < journal.length; id++) {
    const row = journal.row(id);
    if (row?.what === "served" && row.who === client) return Math.round(row.a / 1000) / 1000;
  }
  return NaN;
}

describe("cores are shared out", () => {
  test("where there are enough, nobody waits for another", () => {
    expect(served("h: host cores=2", ["a: container in h", "b: container in h"])).toEqual({ a: 1, b: 1 });
  });

  test("and where there are not, all go slower; what ends leaves its part to the others", () => {
    expect(served("h: host cores=1", ["a: container in h", "b: container in h"])).toEqual({ a: 2, b: 2 });
    const half = "computingPercent=100 workDistribution=constant workMs=500";
    expect(served("h: host cores=1", ["a: container in h", `b: container in h ${half}`])).toEqual({ a: 1.5, b: 1 });
  });

  test("by their shares", () => {
    // a has ¾ of the core until it ends at 4/3 s; b has done ⅓ by then.
    const found = served("h: host cores=1", ["a: container in h cpuShares=3072", "b: container in h cpuShares=1024"]);
    expect(found).toEqual({ a: 1.333, b: 2 });
  });

  test("one thread uses one core at most, whatever its shares: the rest is for the others", () => {
    const found = served("h: host cores=2", ["a: container in h cpuShares=262144", "b: container in h", "c: container in h"]);
    expect(found).toEqual({ a: 1, b: 1.5, c: 1.5 });
  });

  test("a limit holds even where cores are idle", () => {
    expect(served("h: host cores=8", ["a: container in h cpus=0.25"])).toEqual({ a: 4 });
  });

  test("what waits needs no core", () => {
    const mixed = "computingPercent=20 workDistribution=constant workMs=1000";
    expect(served("h: host cores=1", [`a: container in h ${mixed}`, `b: container in h ${mixed}`])).toEqual({ a: 1.2, b: 1.2 });
    expect(
      served("h: host cores=1", ["a: container in h computingPercent=0 workDistribution=constant workMs=1000", "b: container in h"]),
    ).toEqual({
      a: 1,
      b: 1,
    });
  });
});

describe("a virtual machine", () => {
  test("has no more cores than it was given, and competes as one", () => {
    const machines = "h: host cores=4\n v: virtual-machine in h vcpus=1";
    expect(served(machines, ["a: container in v", "b: container in v", "c: container in h"])).toEqual({ a: 2, b: 2, c: 1 });
    const tight = "h: host cores=1\n v: virtual-machine in h vcpus=4";
    // Two of them in the VM share its half of the core.
    expect(served(tight, ["a: container in v", "b: container in v", "c: container in h"])).toEqual({ a: 3, b: 3, c: 2 });
  });

  test("with reserved cores has them, and nobody else does", () => {
    const machines = "h: host cores=2\n v: virtual-machine in h vcpus=1 vcpusAre=reserved";
    expect(served(machines, ["a: container in v", "b: container in h", "c: container in h"])).toEqual({ a: 1, b: 2, c: 2 });
    expect(served(machines, ["b: container in h", "c: container in h"])).toEqual({ b: 2, c: 2 });
  });

  test("is refused where not so many cores are left", () => {
    const simulation = play(
      "h: host cores=2\n v: virtual-machine in h vcpusAre=reserved\n w: virtual-machine in h vcpus=1 vcpusAre=reserved",
      1,
    );
    expect([simulation.status("v")!.state, simulation.status("w")!.state]).toEqual(["running", "refused"]);
    expect(log(simulation, "cores-refused", "start-refused")).toEqual(["0.000 w cores-refused h"]);
  });
});

describe("in the midst of it", () => {
  const both = ["a: container in h", "b: container in h"];

  test("what hangs leaves the core to others, and goes on where it was", () => {
    const script = [
      [1.5, "hang a"],
      [3.5, "resume a"],
    ] as const;
    // b: ¼ by 1.5 s, then alone; a: ¼, nothing for 2 s, then alone.
    expect(served("h: host cores=1", both, script)).toEqual({ a: 3.25, b: 1.25 });
  });

  test("what is slowed takes so much longer, and as much of the core", () => {
    expect(served("h: host cores=1", both, [[1, "slow a 2"]])).toEqual({ a: 3, b: 2 });
  });

  test("what dies leaves its part", () => {
    expect(served("h: host cores=1", both, [[1.5, "kill a"]])).toEqual({ a: NaN, b: 1.25 });
  });

  test("more cores, another weight, another limit count from then on", () => {
    expect(served("h: host cores=1", both, [[1.5, set("h", { cores: 2 })]])).toEqual({ a: 1.25, b: 1.25 });
    expect(served("h: host cores=1", both, [[1.5, set("a", { cpuShares: 3072 })]])).toEqual({ a: 1.5, b: 2 });
    expect(served("h: host cores=1", both, [[1.5, set("a", { cpus: 0.25 })]])).toEqual({ a: 3.5, b: 1.5 });
  });
});

test("a host that has no core left says so, once, and once it has some again", () => {
  const text = `visitors: client ratePerSecond=200 arrivals=constant
    h: host cores=1
    web: container in h computingPercent=100 workDistribution=constant workMs=4
    visitors -> web: call`;
  const simulation = play(text, 12, [
    [2, "slow web 2"],
    [6, "resume web"],
  ]);
  expect(log(simulation, "cores-full", "cores-free")).toEqual(["3.006 h cores-full", "10.005 h cores-free"]);
  const facts = Object.fromEntries(simulation.status("h")!.facts.map(({ key, value }) => [key, value]));
  expect(facts["cpu"]).toBeCloseTo(80, 0);
});
