import type { NodeId } from "../../document/topology.ts";
import { curveBetween, pointOf, type Cubic } from "./curve.ts";
import { bottom, facingSides, onSide, outward, right, type Box, type Point, type Side } from "./geometry.ts";

/** By which sides a line leaves and enters, and how far out it must go where both are the same. */
export interface Sides {
  readonly leave: Side;
  readonly enter: Side;
  /** A coordinate beyond both boxes and whatever lies between them; only if it leaves and enters by the same side. */
  readonly beyond: number | null;
}

export interface Obstacle {
  readonly id: NodeId;
  readonly box: Box;
}

const air = 28;
const looks = 24;
const all: readonly Side[] = ["right", "left", "top", "bottom"];
/** One look that lands in a box weighs as much as this many px of detour. */
const crossingPx = 90;

/** The facing sides, unless the line would then run through something and another pair of sides avoids it. */
export function chooseSides(from: Box, to: Box, obstacles: readonly Obstacle[]): Sides {
  const [leave, enter] = facingSides(from, to);
  const plain: Sides = { leave, enter, beyond: null };
  const crossed = crossedBy(cubicsFor(from, to, plain), obstacles);
  if (crossed.length === 0) return plain;
  let best = plain;
  let least = costOf(from, to, plain, obstacles);
  for (const other of otherSides(from, to, crossed)) {
    const cost = costOf(from, to, other, obstacles);
    if (cost >= least) continue;
    least = cost;
    best = other;
  }
  return best;
}

/** A curve from one point to another; one that leaves and enters by the same side goes around. */
export function connect(from: Point, to: Point, { leave, enter, beyond }: Sides): Cubic[] {
  if (beyond === null) return [curveBetween(from, outward[leave], to, outward[enter])];
  const upright = leave === "left" || leave === "right";
  const turn: Point = upright ? { x: beyond, y: (from.y + to.y) / 2 } : { x: (from.x + to.x) / 2, y: beyond };
  return [quarter(from, turn, upright), reversed(quarter(to, turn, upright))];
}

/** Straight out, then round the corner. */
function quarter(from: Point, turn: Point, upright: boolean): Cubic {
  const bend = 0.7;
  if (upright) {
    const out = { x: from.x + (turn.x - from.x) * bend, y: from.y };
    return [from, out, { x: turn.x, y: turn.y - (turn.y - from.y) * bend }, turn];
  }
  const out = { x: from.x, y: from.y + (turn.y - from.y) * bend };
  return [from, out, { x: turn.x - (turn.x - from.x) * bend, y: turn.y }, turn];
}

const reversed = ([a, b, c, d]: Cubic): Cubic => [d, c, b, a];

function* otherSides(from: Box, to: Box, crossed: readonly Box[]): Iterable<Sides> {
  for (const leave of all) {
    for (const enter of all) {
      if (leave === enter) yield { leave, enter, beyond: beyondAll(leave, [from, to, ...crossed]) };
      else if (opens(leave, from, to) || opens(enter, to, from)) yield { leave, enter, beyond: null };
    }
  }
}

/** Whether a side of one box looks towards the other at all. */
function opens(side: Side, box: Box, other: Box): boolean {
  const towards = { right: right(other) > right(box), left: other.x < box.x, top: other.y < box.y, bottom: bottom(other) > bottom(box) };
  return towards[side];
}

function beyondAll(side: Side, boxes: readonly Box[]): number {
  switch (side) {
    case "right":
      return Math.max(...boxes.map(right)) + air;
    case "left":
      return Math.min(...boxes.map((box) => box.x)) - air;
    case "bottom":
      return Math.max(...boxes.map(bottom)) + air;
    case "top":
      return Math.min(...boxes.map((box) => box.y)) - air;
  }
}

const cubicsFor = (from: Box, to: Box, sides: Sides): Cubic[] =>
  connect(onSide(from, sides.leave, 0.5), onSide(to, sides.enter, 0.5), sides);

function costOf(from: Box, to: Box, sides: Sides, obstacles: readonly Obstacle[]): number {
  let cost = 0;
  let before: Point | null = null;
  for (const point of pointsOf(cubicsFor(from, to, sides))) {
    if (before !== null) cost += Math.hypot(point.x - before.x, point.y - before.y);
    if (inside(from, point) || inside(to, point) || obstacles.some(({ box }) => inside(box, point))) cost += crossingPx;
    before = point;
  }
  return cost;
}

function crossedBy(cubics: readonly Cubic[], obstacles: readonly Obstacle[]): Box[] {
  const points = pointsOf(cubics);
  return obstacles.filter(({ box }) => points.some((point) => inside(box, point))).map(({ box }) => box);
}

const inside = (box: Box, { x, y }: Point): boolean => x > box.x + 1 && y > box.y + 1 && x < right(box) - 1 && y < bottom(box) - 1;

function pointsOf(cubics: readonly Cubic[]): Point[] {
  const perCubic = Math.ceil(looks / cubics.length);
  return cubics.flatMap((cubic) => Array.from({ length: perCubic + 1 }, (_, step) => pointOf(cubic, step / perCubic)));
}
