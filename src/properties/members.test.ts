import fc from "fast-check";
import { describe, expect, test } from "vitest";
import type { Simulation } from "../engine/simulation.ts";
import { player, type Step } from "../engine/testing/playing.ts";
import { kinds } from "../kinds/registry.ts";
import { seeds, trials } from "./testing/hunt.ts";

/** What must hold of a registry of three members, whatever befalls them, their wires and the instances. */
const play = player(kinds);
const members = ["r1", "r2", "r3"] as const;
const wires = ["r1--r2", "r2--r3", "r3--r1"] as const;
const instances = ["web-1", "web-2", "web-3"] as const;

const cluster = (settings: string) => `
  h: host
  ann: client ratePerSecond=5
  ${members.map((id) => `${id}: service-registry ${settings}`).join("\n")}
  ${wires.map((wire) => `${wire.replace("--", " -> ")}: peer`).join("\n")}
  ${instances.map((id, index) => `${id}: container in h startMs=200\n ${id} -> ${members[index]!}: register`).join("\n")}
  ann -> r2: discover`;

const pick = <T>(...values: readonly T[]) => fc.constantFrom(...values);
const act = fc.oneof(
  fc.record({ act: pick("kill", "recreate"), target: pick(...members) }),
  fc.record({ act: pick("cut", "cut", "mend"), target: pick(...wires) }),
  fc.record({ act: pick("kill", "recreate"), target: pick(...instances) }),
);
const story = fc
  .array(fc.record({ atMs: fc.integer({ min: 500, max: 30_000 }), act }), { minLength: 4, maxLength: 24 })
  .map((steps) => steps.sort((a, b) => a.atMs - b.atMs).map(({ atMs, act: { act, target } }): Step => [atMs / 1000, `${act} ${target}`]));

function rows(simulation: Simulation) {
  const { journal } = simulation;
  return [...journal.kept(0)].map((id) => journal.row(id)!);
}

const listed = (simulation: Simulation, id: string) =>
  simulation
    .status(id)!
    .parts.filter(({ state }) => state !== "expired" && state !== "kept")
    .map(({ node, incarnation }) => `${node}#${incarnation}`)
    .sort();

/** Plays a story, mends everything, and waits. */
function playThrough(text: string, script: readonly Step[], restS: number): Simulation {
  const simulation = play(text, 31, script);
  for (const wire of wires) simulation.act({ act: "mend", target: wire });
  for (const id of [...members, ...instances]) if (simulation.status(id)!.state === "dead") simulation.act({ act: "recreate", target: id });
  simulation.runUntil((31 + restS) * 1e6);
  return simulation;
}

describe.each(seeds)("members that agree by majority, seed %i", (seed) => {
  test.each([
    "system=etcd ttlMs=3600000",
    "system=consul-ttl ttlMs=3600000 raftMultiplier=1 initialStatus=passing",
    "system=zookeeper sessionMs=40000",
  ])("%s: one leader a term, nothing acknowledged is lost, all agree in the end, and so do their readers", (settings) => {
    fc.assert(
      fc.property(story, (script) => {
        const simulation = playThrough(cluster(settings), script, 30);
        const told = rows(simulation);
        const terms = told.filter(({ what }) => what === "elected").map(({ a }) => a);
        expect(new Set(terms).size).toBe(terms.length);
        const [first, ...others] = members.map((id) => listed(simulation, id));
        for (const other of others) expect(other).toEqual(first);
        // A session of ZooKeeper's may end meanwhile; the leases of the others outlast the story.
        const acknowledged = told
          .filter(({ what }) => what === "registered")
          .map(({ whom, whomIncarnation }) => `${whom}#${whomIncarnation}`);
        if (!settings.includes("zookeeper")) expect(first).toEqual(expect.arrayContaining(acknowledged));
        const known = simulation.status("ann")!.parts.map(({ node, incarnation }) => `${node}#${incarnation}`);
        expect(known.sort()).toEqual(first);
      }),
      trials(seed, 25),
    );
  });
});

describe.each(seeds)("peers, seed %i", (seed) => {
  test.each(["system=nacos-beat", "system=nacos-grpc"])("%s: together again, all agree, and so do their readers", (settings) => {
    fc.assert(
      fc.property(story, (script) => {
        const simulation = playThrough(cluster(settings), script, 60);
        const [first, ...others] = members.map((id) => listed(simulation, id));
        for (const other of others) expect(other).toEqual(first);
        const known = simulation.status("ann")!.parts.map(({ node, incarnation }) => `${node}#${incarnation}`);
        expect(known.sort()).toEqual(first);
        expect(known.sort()).toEqual(instances.map((id) => `${id}#${simulation.status(id)!.incarnation}`));
      }),
      trials(seed, 25),
    );
  });
});

const failingOver = "system=sentinel downAfterMs=2000 failoverTimeoutMs=5000";

describe.each(seeds)("sentinels, seed %i", (seed) => {
  test("one is elected an epoch, each says the same in the end, and of the living one is master and the others follow him", () => {
    fc.assert(
      fc.property(story, (script) => {
        const text = cluster(failingOver).replace("web-1 -> r1: register", "web-1 -> r1: register tags=master");
        const simulation = playThrough(text, script, 90);
        const elected = rows(simulation).filter(({ what }) => what === "failover-elected");
        expect(new Set(elected.map(({ a }) => a)).size).toBe(elected.length);
        const masters = members.map((id) => simulation.status(id)!.facts.find(({ key }) => key === "master")?.value);
        expect(new Set(masters).size).toBe(1);
        const living = (id: string) =>
          simulation
            .status(id)!
            .parts.filter(({ state }) => state === "master" || state === "replica")
            .map(({ node, incarnation, state }) => `${node}#${incarnation} ${state}`)
            .sort();
        const [first, ...others] = members.map(living);
        for (const other of others) expect(other).toEqual(first);
        // All that they knew are gone, and nobody tells them of the new ones' addresses: so it is with Redis.
        if (first!.length === 0) return;
        expect(first!.filter((line) => line.endsWith("master"))).toHaveLength(1);
        expect(first!.map((line) => line.split(" ")[0])).toEqual(instances.map((id) => `${id}#${simulation.status(id)!.incarnation}`));
        const known = simulation.status("ann")!.parts.map(({ node }) => node);
        expect(known).toEqual([masters[0]]);
      }),
      trials(seed, 25),
    );
  });
});
