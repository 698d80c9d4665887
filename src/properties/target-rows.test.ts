import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { Simulation } from "../engine/simulation.ts";
import { sketch } from "../engine/testing/sketch.ts";
import { kinds } from "../kinds/registry.ts";
import { adventures, begin, playTo, tell } from "./testing/adventure.ts";
import { amiss, liveRows, runOf } from "./testing/consistency.ts";
import { seeds, trials } from "./testing/hunt.ts";

const instances = Array.from({ length: 10 }, (_, index) => `web-${index}`);

/** Ten instances that register, behind a balancer and before a caller that looks them up itself. */
const registered = (balancer: string) =>
  sketch(`
    h: host
    registry: service-registry ttlMs=1500
    front: load-balancer ${balancer}
    ann: client ratePerSecond=40 visitors=5
    bob: client ratePerSecond=20
    ${instances.map((name) => `${name}: container in h startMs=20 workMs=30 heartbeatMs=500`).join("\n")}
    front -> registry: source
    ann -> front: call
    bob -> registry: discover
    ${instances.map((name) => `${name} -> registry: register`).join("\n")}`);

/** One after the other is killed or recreated, or errs or hangs for a while, under a new address each time it comes back. */
function churn(simulation: Simulation, rounds: number): void {
  const acts = ["recreate", "err", "recreate", "hang", "recreate", "kill"];
  for (let round = 0; round < rounds; round++) {
    instances.forEach((target, index) => simulation.act({ act: index % 3 === 0 ? acts[round % acts.length]! : "recreate", target }));
    simulation.runUntil(simulation.nowUs + 701_000);
  }
}

/** The same run as if every target had a row of its own for ever. */
function withoutReuse(simulation: Simulation): Simulation {
  runOf(simulation).upstreams.table.drop = () => {};
  return simulation;
}

test("what comes and goes for ever takes no more room than what came and went once", () => {
  // A lease of 1 s and a heartbeat each 1.5 s: expired, told, registered, told, over and over.
  const document = sketch(`
    h: host
    registry: service-registry ttlMs=1000
    front: load-balancer
    ann: client ratePerSecond=5
    web: container in h heartbeatMs=1500
    web -> registry: register
    front -> registry: source
    ann -> registry: discover
    ann -> front: call`);
  const simulation = new Simulation({ document, kinds });
  const run = runOf(simulation);
  const rows = () => [run.upstreams.table.length, run.addresses.length, run.entities.length, run.links.length];
  simulation.runUntil(20e6);
  const before = rows();
  simulation.runUntil(600e6);
  expect(simulation.targets().reduce((sum, { served }) => sum + served, 0)).toBeGreaterThan(1000);
  expect(rows()).toEqual(before);
  expect(amiss(simulation)).toEqual([]);
});

test("three thousand instances, each under an address of its own: as many rows as are there or still hold a request", () => {
  const simulation = new Simulation({ document: registered("checks=http intervalMs=300"), kinds });
  const { upstreams, addresses } = runOf(simulation);
  churn(simulation, 190);
  const early = upstreams.table.length;
  churn(simulation, 190);
  expect(addresses.length).toBeGreaterThan(3000);
  expect(upstreams.table.length).toBe(early);
  expect(early).toBeLessThan(80);
  expect(upstreams.rows.past.table.length).toBeLessThanOrEqual(2 * instances.length);
  const held = [0, 1].flatMap((set) => [...upstreams.membersOf(set)]).length;
  expect(liveRows(upstreams.table)).toBeGreaterThanOrEqual(held);
  const served = simulation.targets().reduce((sum, target) => sum + target.served, 0);
  expect(served).toBe(simulation.counters().served);
  expect(amiss(simulation)).toEqual([]);
});

test.each([
  "checks=http intervalMs=300 fall=1 retries=3 redispatch=false slowStartMs=3000 sticky=cookie",
  "checks=http intervalMs=300 sticky=address observe=layer7 errorLimit=2 onError=mark-down algorithm=least-connections",
  "rules=nginx checks=none algorithm=nginx-hash-consistent failTimeoutMs=1000",
  "rules=apache checks=none algorithm=nginx-least-conn maxFails=2",
  "rules=caddy checks=none algorithm=random maxFails=1 tryDurationMs=1500",
  "rules=envoy checks=none algorithm=envoy-ring-hash outlierErrors=2 ejectionMs=500 outlierIntervalMs=300 retries=2 panicPercent=20",
  "checks=tcp intervalMs=200 agentCheck=true agentIntervalMs=150 algorithm=haproxy-roundrobin targetLimit=2",
  // What is on its way takes longer than an instance lives.
  "checks=tcp intervalMs=5000 startState=up agentCheck=true agentIntervalMs=4000",
  "checks=tcp intervalMs=400 rise=1 slowStartMs=60000 algorithm=haproxy-roundrobin",
  "rules=envoy checks=none algorithm=random outlierErrors=2 ejectionMs=5000 outlierIntervalMs=300 ejectionPercent=100",
])("nothing of whoever had a row stays in it: %s", (balancer) => {
  const played = [(simulation: Simulation) => simulation, withoutReuse].map((prepare) => {
    const simulation = prepare(new Simulation({ document: registered(balancer), kinds, digest: true }));
    churn(simulation, 30);
    expect(amiss(simulation)).toEqual([]);
    return { digest: simulation.digest(), targets: simulation.targets(), rows: runOf(simulation).upstreams.table.length };
  });
  const [reused, kept] = played as [(typeof played)[0], (typeof played)[0]];
  expect({ ...reused, rows: 0 }).toEqual({ ...kept, rows: 0 });
  expect(reused.rows).toBeLessThan(kept.rows / 4);
});

describe.each(seeds)("whatever was built and done, seed %i", (seed) => {
  test("rows that are had again change nothing", () => {
    fc.assert(
      fc.property(adventures(16), (adventure) => {
        const told = tell(adventure);
        const [reused, kept] = [begin(told), withoutReuse(begin(told))];
        if (!playTo(reused, told.endUs)) return;
        playTo(kept, told.endUs);
        expect(reused.digest()).toBe(kept.digest());
        expect(reused.targets()).toEqual(kept.targets());
      }),
      trials(seed, 30),
    );
  });
});
