import { describe, expect, it } from "vitest";
import type { NodeRecord, Topology } from "../document/topology.ts";
import { scenarios, type Scenario } from "./scenarios.ts";
import type { TraceLine } from "./story.ts";
import { openExample, playTraced } from "./testing/play.ts";

/** The parts of another system that has nothing to do with the one it is added to. */
const strangers = ["strange-client", "strange-host", "strange-web", "strange-front", "strange-db"] as const;

function withStrangers(document: Topology, order: number): Topology {
  const [client, host, web, front, db] = strangers;
  const node = (id: string, kind: string, parent: string | null, settings: NodeRecord["settings"] = {}): [string, NodeRecord] => [
    id,
    {
      id,
      kind,
      name: id,
      order: order + strangers.indexOf(id as (typeof strangers)[number]),
      parent,
      position: { x: 0, y: 1200 },
      settings,
    },
  ];
  const link = (from: string, to: string, role: string, index: number): Topology["links"] => ({
    [`${from}--${to}`]: { id: `${from}--${to}`, order: order + index, from, to, role, settings: {} },
  });
  const added = [
    node(client, "client", null, { ratePerSecond: 90 }),
    node(host, "host", null),
    node(web, "container", host),
    node(front, "load-balancer", null),
    node(db, "dependency", null),
  ];
  return {
    ...document,
    nodes: { ...Object.fromEntries(added), ...document.nodes },
    links: { ...link(client, front, "call", 0), ...link(front, web, "forward", 1), ...link(web, db, "call", 2), ...document.links },
  };
}

const isStrange = (line: TraceLine) => [line.who, line.whom, line.request].some((word) => word?.startsWith("strange-"));

/** A trace as its lines, each as a text; strangers' lines left out. */
const linesOf = (scenario: Scenario, document: Topology): string[] =>
  playTraced(scenario, { document })
    .lines.filter((line) => !isStrange(line))
    .map((line) => JSON.stringify(line));

const map = <Item>(records: Readonly<Record<string, Item>>, change: (item: Item, index: number) => Item): Record<string, Item> =>
  Object.fromEntries(Object.entries(records).map(([id, item], index) => [id, change(item, index)]));

describe.each(scenarios.map((scenario) => [scenario.id, scenario] as const))("the trace of %s stays as it was", (_, scenario) => {
  const document = openExample(scenario.example);
  const wanted = linesOf(scenario, document);

  it("when everything in it is called otherwise and stands elsewhere", () => {
    const renamed = map(document.nodes, (node, index) => ({ ...node, name: `X${index}`, position: { x: index * 12, y: 0 } }));
    expect(linesOf(scenario, { ...document, nodes: renamed, title: { en: "Otherwise" } })).toEqual(wanted);
  });

  it("when its records come in another order in the file", () => {
    const backwards = <Item>(records: Readonly<Record<string, Item>>) => Object.fromEntries(Object.entries(records).reverse());
    expect(linesOf(scenario, { ...document, nodes: backwards(document.nodes), links: backwards(document.links) })).toEqual(wanted);
  });

  it.each([
    ["after", 1000],
    ["before", -1000],
  ])("when an unrelated system is added %s it", (_, order) => {
    expect(linesOf(scenario, withStrangers(document, order))).toEqual(wanted);
  });
});

describe("the order of the records", () => {
  const failover = scenarios.find(({ id }) => id === "failover")!;
  const document = openExample("failover");
  const wanted = linesOf(failover, document);
  const swapped = (...ids: readonly string[]) =>
    map(document.nodes, (node) => (ids.includes(node.id) ? { ...node, order: 50 - node.order } : node));

  it("says nothing of those among which nobody chooses", () => {
    const moved = ["visitors", "front", "registry", "images"];
    const nodes = map(document.nodes, (node) => (moved.includes(node.id) ? { ...node, order: node.order + 50 } : node));
    expect(linesOf(failover, { ...document, nodes })).toEqual(wanted);
  });

  it("says which of equal targets is first, and leaves everyone's luck alone: the same requests come at the same times", () => {
    const lines = linesOf(failover, { ...document, nodes: swapped("host-a", "host-b") });
    const issued = (all: readonly string[]) => all.filter((line) => line.includes('"what":"issued"'));
    expect(lines).not.toEqual(wanted);
    expect(issued(lines)).toEqual(issued(wanted));
  });
});
