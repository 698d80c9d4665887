import { compareNumbers, compareText } from "../base/order.ts";
import type { NodeId, NodeRecord, Topology } from "./topology.ts";

/** The order in which everything is listed, drawn, saved and played. */
export function byOrder(a: { readonly order: number; readonly id: string }, b: { readonly order: number; readonly id: string }): number {
  return compareNumbers(a.order, b.order) || compareText(a.id, b.id);
}

export function inOrder<T extends { readonly order: number; readonly id: string }>(records: Readonly<Record<string, T>>): T[] {
  return Object.values(records).sort(byOrder);
}

/** A record's own entry: an id from outside may be the name of something that every object inherits. */
export function own<T>(records: Readonly<Record<string, T>>, id: string): T | undefined {
  return Object.hasOwn(records, id) ? records[id] : undefined;
}

export type ChildMap = ReadonlyMap<NodeId | null, readonly NodeRecord[]>;

/** Documents never change, so what is derived from one is derived once. */
const childMaps = new WeakMap<Topology["nodes"], ChildMap>();

/** What stands in each node, and under `null` what stands on the canvas, all in order. */
export function childMap(document: Pick<Topology, "nodes">): ChildMap {
  const known = childMaps.get(document.nodes);
  if (known !== undefined) return known;
  const children = new Map<NodeId | null, NodeRecord[]>();
  for (const node of inOrder(document.nodes)) {
    const siblings = children.get(node.parent);
    if (siblings === undefined) children.set(node.parent, [node]);
    else siblings.push(node);
  }
  childMaps.set(document.nodes, children);
  return children;
}

export function childrenOf(document: Pick<Topology, "nodes">, parent: NodeId | null): readonly NodeRecord[] {
  return childMap(document).get(parent) ?? [];
}

/** The nodes named and all that stands in them, each once, parents before their children. */
export function withDescendants(document: Pick<Topology, "nodes">, ids: Iterable<NodeId>): NodeRecord[] {
  const found = new Map<NodeId, NodeRecord>();
  const waiting = [...ids].map((id) => own(document.nodes, id)).filter((node) => node !== undefined);
  for (let next = waiting.shift(); next !== undefined; next = waiting.shift()) {
    if (found.has(next.id)) continue;
    found.set(next.id, next);
    waiting.push(...childrenOf(document, next.id));
  }
  return [...found.values()]
    .map((node) => ({ node, depth: ancestorsOf(document, node.id).length }))
    .sort((a, b) => compareNumbers(a.depth, b.depth) || byOrder(a.node, b.node))
    .map(({ node }) => node);
}

/** From the node's parent up to the canvas. */
export function ancestorsOf(document: Pick<Topology, "nodes">, id: NodeId): NodeRecord[] {
  const found: NodeRecord[] = [];
  let parent = own(document.nodes, id)?.parent ?? null;
  while (parent !== null) {
    const node = own(document.nodes, parent);
    if (node === undefined || found.includes(node)) break;
    found.push(node);
    parent = node.parent;
  }
  return found;
}

/** Those of the ids that do not already stand, at any depth, in another of them. */
export function outermost(document: Pick<Topology, "nodes">, ids: Iterable<NodeId>): NodeRecord[] {
  const chosen = new Set(ids);
  return [...chosen]
    .map((id) => own(document.nodes, id))
    .filter((node) => node !== undefined)
    .filter((node) => !ancestorsOf(document, node.id).some((ancestor) => chosen.has(ancestor.id)))
    .sort(byOrder);
}

/** Where a node's top left corner is on the canvas. */
export function absolutePosition(document: Pick<Topology, "nodes">, id: NodeId): { x: number; y: number } {
  const node = own(document.nodes, id);
  const at = { x: node?.position.x ?? 0, y: node?.position.y ?? 0 };
  for (const ancestor of ancestorsOf(document, id)) {
    at.x += ancestor.position.x;
    at.y += ancestor.position.y;
  }
  return at;
}
