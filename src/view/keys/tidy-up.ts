import type { Command, Move } from "../../document/commands.ts";
import { fitFrames, insetsOf, isFrame, sizeOf } from "../../document/layout.ts";
import type { NodeId, Topology } from "../../document/topology.ts";
import { ancestorsOf, childrenOf, inOrder } from "../../document/tree.ts";
import { toast } from "../shell/toast.ts";
import { currentDocument } from "../state/document-store.ts";
import { dispatch } from "../state/editing.ts";
import { fetchPart } from "../state/later.ts";
import { kinds } from "../state/kinds.ts";
import { reveal } from "../state/ui-store.ts";

const grid = 12;
const snap = (value: number): number => Math.round(value / grid) * grid;

interface Box {
  readonly id: NodeId;
  readonly width: number;
  readonly height: number;
}

/** Lays everything out anew, left to right along the links: each frame by itself, the inmost first. One step to undo. */
export async function tidyUp(): Promise<void> {
  const document = currentDocument();
  const { layOut } = await fetchPart(() => import("./elk.ts"));
  const frames = inOrder(document.nodes).filter((node) => isFrame(node, kinds()));
  const inmostFirst = [...frames].sort((a, b) => ancestorsOf(document, b.id).length - ancestorsOf(document, a.id).length);
  let laidOut = document;
  const moves: Move[] = [];
  for (const parent of [...inmostFirst.map((node) => node.id), null]) {
    const placed = await layOut(boxesIn(laidOut, parent), edgesAmong(document, parent), parent === null ? "RIGHT" : "DOWN");
    const corner = parent === null ? { x: 0, y: 0 } : cornerOf(document, parent);
    const here = placed.map(({ id, x, y }): Move => ({ id, position: { x: snap(x) + corner.x, y: snap(y) + corner.y } }));
    moves.push(...here);
    laidOut = moved(laidOut, here);
  }
  if (currentDocument() !== document) return;
  const resizes = frames.filter((node) => node.size !== undefined).map((node): Command => ({ type: "resize", id: node.id, size: null }));
  const done = dispatch({ type: "together", label: "tidy", commands: [...resizes, { type: "move", moves }] });
  if (done.ok) reveal(Object.keys(document.nodes));
  else toast.refuse(done.message);
}

function boxesIn(document: Topology, parent: NodeId | null): Box[] {
  const fitted = fitFrames(unsized(document), kinds());
  return childrenOf(document, parent).map((child) => ({ id: child.id, ...(fitted.get(child.id) ?? sizeOf(child, kinds())) }));
}

/** Frames as large as their content alone wants them. */
function unsized(document: Topology): Topology {
  const nodes = Object.fromEntries(Object.values(document.nodes).map(({ size: _, ...node }) => [node.id, node]));
  return { ...document, nodes };
}

function cornerOf(document: Topology, parent: NodeId) {
  const { left, top } = insetsOf(document.nodes[parent]!, kinds());
  return { x: left, y: top };
}

/** The links among the children of a parent, each end raised to the child that it stands in. */
function edgesAmong(document: Topology, parent: NodeId | null): (readonly [NodeId, NodeId])[] {
  const childOf = (id: NodeId): NodeId | null => {
    const chain = [id, ...ancestorsOf(document, id).map((ancestor) => ancestor.id)];
    return chain.find((each) => document.nodes[each]?.parent === parent) ?? null;
  };
  return inOrder(document.links)
    .map((link) => [childOf(link.from), childOf(link.to)] as const)
    .filter((ends): ends is readonly [NodeId, NodeId] => ends[0] !== null && ends[1] !== null && ends[0] !== ends[1]);
}

function moved(document: Topology, moves: readonly Move[]): Topology {
  const nodes = { ...document.nodes };
  for (const { id, position } of moves) nodes[id] = { ...nodes[id]!, position };
  return { ...document, nodes };
}
