import { readFileSync } from "node:fs";
import { describe, expect, test } from "vitest";
import type { Topology } from "../document/topology.ts";
import { Simulation } from "../engine/simulation.ts";
import { kinds } from "../kinds/registry.ts";
import { waysToFind } from "./ways-to-find.ts";

const example = JSON.parse(readFileSync("public/examples/two-ways-to-find.json", "utf8")) as Topology;
const played = (document: Topology) => waysToFind(document, (options) => new Simulation({ ...options, kinds }));

describe("two ways to find a service: what each costs is measured", () => {
  const [itself, balanced] = played(example) as [ReturnType<typeof played>[number], ReturnType<typeof played>[number]];

  test("whoever asks the registry carries the code for it: every caller, or the balancer alone", () => {
    expect([itself.readers, balanced.readers]).toEqual([["app-1", "app-2"], ["front"]]);
    expect([itself.callers, balanced.callers]).toEqual([
      ["app-1", "app-2"],
      ["site-1", "site-2"],
    ]);
  });

  test("one hop, or two and more time", () => {
    expect(itself.hopsPerRequest).toBe(1);
    expect(balanced.hopsPerRequest).toBeGreaterThanOrEqual(2);
    expect(balanced.medianUs).toBeGreaterThan(itself.medianUs);
  });

  test("each reader is told by itself", () => {
    expect(itself.lookups).toBe(2 * balanced.lookups);
    expect(balanced.lookups).toBeGreaterThan(0);
  });

  test("what is lost hits those who depend on it", () => {
    const told = (way: typeof itself) => way.findings.map(({ loss, hit, lost }) => `${loss}: ${hit}${lost > 0 ? "" : ", nothing"}`);
    expect(told(itself)).toEqual(["registry: 2", "balancer: 0, nothing", "reader: 1"]);
    expect(told(balanced)).toEqual(["registry: 0, nothing", "balancer: 2", "reader: 0, nothing"]);
  });

  test("a way that the document does not have is not compared", () => {
    const links = Object.fromEntries(Object.entries(example.links).filter(([, { role }]) => role !== "discover"));
    expect(played({ ...example, links, schedule: {} }).map(({ finder }) => finder)).toEqual(["balancer"]);
  });
});
