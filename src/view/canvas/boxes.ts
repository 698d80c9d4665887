import type { KindMap } from "../../document/kind-declaration.ts";
import { fitFrames, gap, isFrame, sizeOf } from "../../document/layout.ts";
import type { NodeId, NodeRecord, Topology } from "../../document/topology.ts";
import { childrenOf } from "../../document/tree.ts";
import { bottom, overlap, right, type Box, type Point } from "./geometry.ts";

export interface Standing {
  /** Absolute, in canvas pixels. */
  readonly boxes: ReadonlyMap<NodeId, Box>;
  /** Relative to the parent. */
  readonly positions: ReadonlyMap<NodeId, Point>;
}

/** Where everything stands while some of it is being moved, and how high those cards are that need more room. */
export function standingOf(
  document: Topology,
  kinds: KindMap,
  moving: ReadonlyMap<NodeId, Point>,
  wantedHeights: ReadonlyMap<NodeId, number>,
): Standing {
  const frames = fitFrames(document, kinds);
  const positions = new Map<NodeId, Point>();
  const boxes = new Map<NodeId, Box>();
  const place = (node: NodeRecord, origin: Point): void => {
    const position = moving.get(node.id) ?? node.position;
    positions.set(node.id, position);
    const corner = { x: origin.x + position.x, y: origin.y + position.y };
    boxes.set(node.id, { ...corner, ...(frames.get(node.id) ?? sizeOf(node, kinds)) });
    for (const child of childrenOf(document, node.id)) place(child, corner);
  };
  for (const node of childrenOf(document, null)) place(node, { x: 0, y: 0 });
  for (const [id, height] of wantedHeights) grow(document, kinds, boxes, id, height);
  return { boxes, positions };
}

/** A card may grow down into free room, never onto its neighbours. */
function grow(document: Topology, kinds: KindMap, boxes: Map<NodeId, Box>, id: NodeId, wanted: number): void {
  const [node, box] = [document.nodes[id], boxes.get(id)];
  if (node === undefined || box === undefined || isFrame(node, kinds) || wanted <= box.height) return;
  const below = childrenOf(document, node.parent)
    .map((sibling) => boxes.get(sibling.id)!)
    .filter((other) => other.y >= bottom(box) && other.x < right(box) + gap && box.x < right(other) + gap);
  const floor = Math.min(...below.map((other) => other.y - gap), node.parent === null ? Infinity : bottom(boxes.get(node.parent)!) - gap);
  boxes.set(id, { ...box, height: Math.max(box.height, Math.min(wanted, floor - box.y)) });
}

/** The innermost frame at a point, of those that are not being moved themselves. */
export function frameAt(
  document: Topology,
  kinds: KindMap,
  boxes: ReadonlyMap<NodeId, Box>,
  at: Point,
  except: ReadonlySet<NodeId>,
): NodeId | null {
  let found: NodeId | null = null;
  const look = (parent: NodeId | null): void => {
    for (const child of childrenOf(document, parent)) {
      const box = boxes.get(child.id);
      if (box === undefined || except.has(child.id) || !isFrame(child, kinds)) continue;
      if (!overlap({ ...at, width: 0, height: 0 }, box)) continue;
      found = child.id;
      look(child.id);
    }
  };
  look(null);
  return found;
}
