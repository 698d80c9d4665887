import type { NodeRecord, Topology } from "../topology.ts";

/** A document of just these nodes, each told by its kind, parent, place and, if it has one, size. */
export function testDocument(
  nodes: Readonly<Record<string, readonly [kind: string, parent: string | null, x: number, y: number, size?: [number, number]]>>,
): Topology {
  const records = Object.entries(nodes).map(([id, [kind, parent, x, y, size]], order): NodeRecord => {
    const sized = size === undefined ? {} : { size: { width: size[0], height: size[1] } };
    return { id, kind, name: id, order, parent, position: { x, y }, ...sized, settings: {} };
  });
  return {
    format: "breakwater",
    version: 1,
    title: { en: "Test" },
    seed: 1,
    start: "warm",
    nodes: Object.fromEntries(records.map((record) => [record.id, record])),
    links: {},
    schedule: {},
  };
}
