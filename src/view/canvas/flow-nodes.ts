import type { Node } from "@xyflow/react";
import type { KindMap } from "../../document/kind-declaration.ts";
import { isFrame } from "../../document/layout.ts";
import type { NodeId, NodeRecord, Topology } from "../../document/topology.ts";
import { childrenOf } from "../../document/tree.ts";
import type { Box, Point } from "./geometry.ts";

const noData = {};
const noHandles: never[] = [];
/** React Flow's own wrapper stays mute: what stands in it says what it is. */
const mute = { "aria-roledescription": undefined, "aria-describedby": undefined };

/** Above the links, which are above all frames. */
export const linksLevel = 10;
const cardsLevel = 20;
const selectedLevel = 21;

/**
 * React Flow's nodes, derived from the document. Nothing simulated enters them, and one whose record, place, size
 * and selection are as before is the same object as before, so that it is not rendered again.
 */
export class FlowNodes {
  #known = new Map<NodeId, { readonly record: NodeRecord; readonly node: Node }>();

  derive(
    document: Topology,
    kinds: KindMap,
    boxes: ReadonlyMap<NodeId, Box>,
    positions: ReadonlyMap<NodeId, Point>,
    selected: ReadonlySet<string>,
  ): Node[] {
    const nodes: Node[] = [];
    const known = new Map<NodeId, { readonly record: NodeRecord; readonly node: Node }>();
    const add = (record: NodeRecord, depth: number): void => {
      const [box, position] = [boxes.get(record.id), positions.get(record.id)];
      if (box === undefined || position === undefined) return;
      const node = this.#nodeOf(record, box, position, selected.has(record.id), isFrame(record, kinds) ? depth : cardsLevel);
      nodes.push(node);
      known.set(record.id, { record, node });
      for (const child of childrenOf(document, record.id)) add(child, depth + 1);
    };
    for (const record of childrenOf(document, null)) add(record, 1);
    this.#known = known;
    return nodes;
  }

  #nodeOf(record: NodeRecord, box: Box, position: Point, selected: boolean, level: number): Node {
    const before = this.#known.get(record.id);
    if (before?.record === record && sameNode(before.node, box, position, selected)) return before.node;
    return {
      id: record.id,
      type: record.kind,
      position: { x: position.x, y: position.y },
      ...(record.parent === null ? {} : { parentId: record.parent }),
      data: noData,
      width: box.width,
      height: box.height,
      measured: { width: box.width, height: box.height },
      handles: noHandles,
      selected,
      zIndex: selected && level === cardsLevel ? selectedLevel : level,
      domAttributes: mute,
    };
  }
}

function sameNode(node: Node, box: Box, position: Point, selected: boolean): boolean {
  return (
    node.width === box.width &&
    node.height === box.height &&
    node.position.x === position.x &&
    node.position.y === position.y &&
    node.selected === selected
  );
}
