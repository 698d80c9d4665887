import type { KindDeclaration, KindMap } from "./kind-declaration.ts";
import { freePlace, type Box, type Point, type Size } from "./place-free.ts";
import type { NodeId, NodeRecord, Topology } from "./topology.ts";
import { absolutePosition, childrenOf, inOrder } from "./tree.ts";

/** Everything stands on a grid of 12 canvas pixels and at least one of them apart. */
export const gap = 12;
export const titleStrip = 36;
/** The foot of a frame that has a kernel. */
export const kernelStrip = 24;

/** What a frame keeps free of its content on each side. */
export interface Insets {
  readonly top: number;
  readonly right: number;
  readonly bottom: number;
  readonly left: number;
  /** How high the strip along its foot is that stands for its kernel or guest operating system; 0: it has none. */
  readonly foot: number;
}

/**
 * A frame in which containers can run has a kernel, drawn along its foot. One that itself stands on a hypervisor
 * brings a whole guest operating system, and is drawn as heavy as that is: two grid steps, and one more for each GB.
 */
export function insetsOf(node: Pick<NodeRecord, "kind" | "settings">, kinds: KindMap): Insets {
  const kind = kinds.get(node.kind);
  const foot = kind === undefined || !kind.places.includes("runtime") ? 0 : kernelStrip + guestHeight(kind, node);
  return { top: titleStrip, right: gap, bottom: foot + gap, left: gap, foot };
}

function guestHeight(kind: KindDeclaration, node: Pick<NodeRecord, "settings">): number {
  if (!kind.placedIn.includes("hypervisor")) return 0;
  const megabytes = node.settings["guestOsMb"] ?? (kind.settings.defaults as Readonly<Record<string, unknown>>)["guestOsMb"];
  return gap * Math.min(4, Math.max(1, Math.ceil(Number(megabytes ?? 1024) / 1024)));
}

export function isFrame(node: Pick<NodeRecord, "kind">, kinds: KindMap): boolean {
  return (kinds.get(node.kind)?.places.length ?? 0) > 0;
}

/** A card's size, or the least a frame has without its content: what a person made it, and never less than its kind's. */
export function sizeOf(node: Pick<NodeRecord, "kind" | "size">, kinds: KindMap): Size {
  const { width, height } = kinds.get(node.kind)?.size ?? { width: gap, height: gap };
  return { width: Math.max(width, node.size?.width ?? 0), height: Math.max(height, node.size?.height ?? 0) };
}

/** The size at which each frame holds all that stands in it. */
export function fitFrames(document: Topology, kinds: KindMap): Map<NodeId, Size> {
  const fitted = new Map<NodeId, Size>();
  const fit = (node: NodeRecord): Size => {
    const known = fitted.get(node.id);
    if (known !== undefined || !isFrame(node, kinds)) return known ?? sizeOf(node, kinds);
    const size = sizeAround(
      node,
      childrenOf(document, node.id).map((child) => ({ ...child.position, ...fit(child) })),
      kinds,
    );
    fitted.set(node.id, size);
    return size;
  };
  for (const node of inOrder(document.nodes)) fit(node);
  return fitted;
}

export function sizeAround(node: NodeRecord, content: readonly Box[], kinds: KindMap): Size {
  const least = sizeOf(node, kinds);
  const insets = insetsOf(node, kinds);
  const right = Math.max(0, ...content.map((box) => box.x + box.width + insets.right));
  const bottom = Math.max(0, ...content.map((box) => box.y + box.height + insets.bottom));
  return { width: Math.max(least.width, right), height: Math.max(least.height, bottom) };
}

/** Where each child of a parent is and how large; `except` are left out. */
export function boxesIn(
  document: Topology,
  kinds: KindMap,
  parent: NodeId | null,
  frames: ReadonlyMap<NodeId, Size>,
  except: ReadonlySet<NodeId> = new Set(),
): Box[] {
  return childrenOf(document, parent)
    .filter((child) => !except.has(child.id))
    .map((child) => ({ ...child.position, ...(frames.get(child.id) ?? sizeOf(child, kinds)) }));
}

/** How far up and left something may stand in a parent; the canvas has no edge. */
export function cornerOf(document: Topology, kinds: KindMap, parent: NodeId | null): Point | null {
  const node = parent === null ? undefined : document.nodes[parent];
  if (node === undefined) return null;
  const { left, top } = insetsOf(node, kinds);
  return { x: left, y: top };
}

/** The free spot of that size in that parent which is nearest to the wanted one, on the grid, a gap from everything. */
export function placeFree(
  document: Topology,
  kinds: KindMap,
  parent: NodeId | null,
  size: Size,
  wanted: Point,
  except: ReadonlySet<NodeId> = new Set(),
): Point {
  const obstacles = boxesIn(document, kinds, parent, fitFrames(document, kinds), except);
  return freePlace({ ...wanted, ...size }, obstacles, cornerOf(document, kinds, parent));
}

/** Where everything is on the canvas, in absolute coordinates. */
export function absoluteBoxes(document: Topology, kinds: KindMap): Map<NodeId, Box> {
  const frames = fitFrames(document, kinds);
  return new Map(
    inOrder(document.nodes).map((node) => [
      node.id,
      { ...absolutePosition(document, node.id), ...(frames.get(node.id) ?? sizeOf(node, kinds)) },
    ]),
  );
}
