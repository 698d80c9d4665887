import { compareNumbers } from "../base/order.ts";
import { apply } from "./apply.ts";
import { labelOf } from "./command-words.ts";
import type { Command } from "./commands.ts";
import type { KindMap } from "./kind-declaration.ts";
import { cornerOf, fitFrames, gap, insetsOf, isFrame, sizeOf } from "./layout.ts";
import { freePlace, overlap, snapUp, type Box, type Point, type Size } from "./place-free.ts";
import { same } from "./same.ts";
import type { NodeId, NodeRecord, Topology } from "./topology.ts";
import { ancestorsOf, byOrder, childrenOf, own } from "./tree.ts";

/** What a gesture touched: `moved` look for a free place themselves, `grown` stay and push their neighbours away. */
export interface Touched {
  readonly moved: ReadonlySet<NodeId>;
  readonly grown: ReadonlySet<NodeId>;
}

/**
 * The moves after which nothing overlaps among the siblings of what was dropped, nor, since frames grow around what
 * they hold, among the siblings of the frames it lies in. It is the same for the same document, and what lies free
 * stays exactly where it is.
 */
export function tidyDrop(document: Topology, kinds: KindMap, moved: Iterable<NodeId>, grown: Iterable<NodeId> = []): Command[] {
  const touched: Touched = { moved: new Set(moved), grown: new Set(grown) };
  let now = document;
  const changed = new Set<NodeId>();
  for (const level of levelsOf(document, touched)) {
    const positions = settleLevel(now, kinds, level.parent, { moved: touched.moved, grown: level.grown });
    now = withPositions(now, positions);
    for (const id of positions.keys()) changed.add(id);
  }
  if (changed.size === 0) return [];
  const moves = [...changed].map((id) => ({ id, position: (now.nodes[id] as NodeRecord).position }));
  return [{ type: "move", moves }];
}

function withPositions(document: Topology, positions: ReadonlyMap<NodeId, Point>): Topology {
  if (positions.size === 0) return document;
  const nodes: Record<NodeId, NodeRecord> = { ...document.nodes };
  for (const [id, position] of positions) nodes[id] = { ...(nodes[id] as NodeRecord), position };
  return { ...document, nodes };
}

/** The command with the tidying that it makes necessary, as one step to undo; the command alone if there is none. */
export function tidied(document: Topology, command: Command, kinds: KindMap, taken: ReadonlySet<string> = new Set()): Command {
  const outcome = apply(document, command, kinds, taken);
  // What comes from a file stays as its author laid it out.
  if (outcome.error !== undefined || command.type === "replace") return command;
  const { moved, grown } = touchedBy(document, outcome.document, kinds);
  const moves = tidyDrop(outcome.document, kinds, moved, grown);
  return moves.length === 0 ? command : { type: "together", label: labelOf(command).key, commands: [command, ...moves] };
}

function touchedBy(before: Topology, after: Topology, kinds: KindMap): Touched {
  const moved = new Set<NodeId>();
  const grown = new Set<NodeId>();
  for (const node of Object.values(after.nodes)) {
    const old = own(before.nodes, node.id);
    if (old === node) continue;
    if (old === undefined || old.parent !== node.parent || !same(old.position, node.position)) moved.add(node.id);
    if (old !== undefined && isFrame(node, kinds) && !keepsSize(old, node, kinds)) {
      // A frame dragged larger by its corner keeps that corner.
      grown.add(node.id);
      moved.delete(node.id);
    }
  }
  return { moved, grown };
}

function keepsSize(old: NodeRecord, node: NodeRecord, kinds: KindMap): boolean {
  return same(old.size, node.size) && insetsOf(old, kinds).foot === insetsOf(node, kinds).foot;
}

interface LevelToSettle {
  readonly parent: NodeId | null;
  readonly grown: ReadonlySet<NodeId>;
}

/** The parents in which something may have to move, deepest first. In each, the frames that lie on the way have grown. */
function levelsOf(document: Topology, { moved, grown }: Touched): LevelToSettle[] {
  const levels = new Map<NodeId | null, { depth: number; grown: Set<NodeId> }>();
  for (const id of [...moved, ...grown]) {
    const chain = own(document.nodes, id) === undefined ? null : ancestorsOf(document, id).map((node) => node.id);
    if (chain === null) continue;
    [...chain, null].forEach((parent, index) => {
      const level = levels.get(parent) ?? { depth: chain.length - index, grown: new Set(grown) };
      const below = chain[index - 1];
      if (below !== undefined && !moved.has(below)) level.grown.add(below);
      levels.set(parent, level);
    });
  }
  return [...levels].sort(([, a], [, b]) => compareNumbers(b.depth, a.depth)).map(([parent, level]) => ({ parent, grown: level.grown }));
}

interface Placed {
  readonly node: NodeRecord;
  readonly box: Box;
  /** It has moved or grown: now there must be a gap around it; two that nobody touched may be closer. */
  readonly disturbed: boolean;
  /** A frame cannot have been smaller than this before it grew. */
  readonly least: Size;
}

function settleLevel(document: Topology, kinds: KindMap, parent: NodeId | null, { moved, grown }: Touched): Map<NodeId, Point> {
  const frames = fitFrames(document, kinds);
  const all = childrenOf(document, parent).map((node) => ({
    node,
    box: { ...node.position, ...(frames.get(node.id) ?? sizeOf(node, kinds)) },
    disturbed: grown.has(node.id),
    least: kinds.get(node.kind)?.size ?? { width: 0, height: 0 },
  }));
  const corner = cornerOf(document, kinds, parent);
  const settled = push(
    all.filter(({ node }) => !moved.has(node.id)),
    corner,
  );
  for (const placed of all.filter(({ node }) => moved.has(node.id))) settled.push(drop(placed, settled, corner));
  const before = new Map(all.map(({ node }) => [node.id, node.position]));
  const movedNow = settled.filter(({ node, box }) => box.x !== before.get(node.id)?.x || box.y !== before.get(node.id)?.y);
  return new Map(movedNow.map(({ node, box }) => [node.id, { x: box.x, y: box.y }]));
}

/** What has grown stays; the others make way one after the other, the nearest first, each pushing the next. */
function push(all: readonly Placed[], corner: Point | null): Placed[] {
  const settled: Placed[] = [];
  const stay = all.filter((placed) => placed.disturbed);
  for (const placed of [...stay, ...byDistance(all, stay)]) settled.push(makeWay(placed, settled, corner));
  return settled;
}

/** Straight to the right or straight down, so that rows stay rows and columns stay columns. */
function makeWay(placed: Placed, settled: readonly Placed[], corner: Point | null): Placed {
  let now = isOutside(placed.box, corner) ? displaced(placed, [], corner) : placed;
  let toTheRight: boolean | null = null;
  for (let hit = conflict(now, settled); hit !== undefined; hit = conflict(now, settled)) {
    toTheRight ??= isBeside(now, hit);
    const x = snapUp(hit.box.x + hit.box.width + gap, now.box.x);
    const y = snapUp(hit.box.y + hit.box.height + gap, now.box.y);
    now = { ...now, box: toTheRight ? { ...now.box, x } : { ...now.box, y }, disturbed: true };
  }
  return now;
}

/**
 * Frames grow to the right and down, so their top left corners still tell which of the two was beside and which below
 * the other. Where they tell nothing, the shorter way is taken.
 */
function isBeside(placed: Placed, hit: Placed): boolean {
  const right = placed.box.x - hit.box.x;
  const down = placed.box.y - hit.box.y;
  const [wasRight, wasBelow] = [right >= hit.least.width, down >= hit.least.height];
  return wasRight === wasBelow ? hit.box.width - right < hit.box.height - down : wasRight;
}

/** What was dropped stays where it was dropped if that is free, else it goes to the nearest free place. */
function drop(placed: Placed, settled: readonly Placed[], corner: Point | null): Placed {
  const dropped = { ...placed, disturbed: true };
  return conflict(dropped, settled) !== undefined || isOutside(placed.box, corner) ? displaced(dropped, settled, corner) : dropped;
}

function conflict(placed: Placed, settled: readonly Placed[]): Placed | undefined {
  return settled.find((other) => overlap(placed.box, other.box, placed.disturbed || other.disturbed ? gap : 0));
}

function displaced(placed: Placed, settled: readonly Placed[], corner: Point | null): Placed {
  const obstacles = settled.map(({ box }) => box);
  return { ...placed, box: { ...placed.box, ...freePlace(placed.box, obstacles, corner) }, disturbed: true };
}

function isOutside(box: Box, corner: Point | null): boolean {
  return corner !== null && (box.x < corner.x || box.y < corner.y);
}

function byDistance(all: readonly Placed[], from: readonly Placed[]): Placed[] {
  const away = (placed: Placed) => Math.min(...from.map((other) => distance(placed.box, other.box)));
  return all
    .filter((placed) => !placed.disturbed)
    .map((placed) => ({ placed, away: away(placed) }))
    .sort((a, b) => compareNumbers(a.away, b.away) || byOrder(a.placed.node, b.placed.node))
    .map(({ placed }) => placed);
}

/** Between the edges, so that a long frame's neighbours count as near; squared, since only the order matters. */
function distance(a: Box, b: Box): number {
  const dx = Math.max(0, a.x - (b.x + b.width), b.x - (a.x + a.width));
  const dy = Math.max(0, a.y - (b.y + b.height), b.y - (a.y + a.height));
  return dx * dx + dy * dy;
}
