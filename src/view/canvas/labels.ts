import { along, type Way } from "./curve.ts";
import { isWithin, overlap, type Box, type Point } from "./geometry.ts";

export interface Label {
  readonly key: string;
  readonly text: string;
}

const height = 18;
/** How much farther from its line than need be, where there is no room beside it. */
const farther = [0, 14, 28, 42];
const shares = [0.5, 0.42, 0.58, 0.34, 0.66, 0.26, 0.74, 0.18, 0.82];

/** A label's width at 11.5 px: a CJK sign is as wide as the type is high, others about half. */
export function widthOf(text: string): number {
  let width = 10;
  for (const sign of text) width += sign > "⺀" ? 12 : 6.6;
  return width;
}

/** What a label should keep off, the worse the more it costs. */
export interface Ground {
  readonly cards: readonly Box[];
  /** Names and kernels of frames. */
  readonly strips: readonly Box[];
  /** Frames, whose edges a label had better not interrupt. */
  readonly frames: readonly Box[];
}

const costs = { card: 100, line: 20, strip: 12, edge: 8, farther: 3, aside: 0.2 };

/** Where each label stands: beside its line, as near the middle as it can without covering what else there is to see. */
export function placeLabels(labels: readonly Label[], ways: ReadonlyMap<string, Way>, ground: Ground): Map<string, Point> {
  const taken = [...ground.cards];
  const lines = [...ways.values()].map((way) => ({ way, bounds: boundsOfWay(way) }));
  const places = new Map<string, Point>();
  for (const { key, text } of labels) {
    const way = ways.get(key);
    if (way === undefined) continue;
    const spot = cheapest(spotsBeside(way, widthOf(text)), (box) => costOf(box, taken, lines, ground));
    taken.push(spot);
    places.set(key, { x: spot.x + spot.width / 2, y: spot.y + height / 2 });
  }
  return places;
}

interface Spot {
  readonly box: Box;
  readonly cost: number;
}

function spotsBeside(way: Way, width: number): Spot[] {
  return farther.flatMap((more, step) =>
    shares.flatMap((share, rank) =>
      besides(way, share, width, more).map((box) => ({ box, cost: step * costs.farther + rank * costs.aside })),
    ),
  );
}

/** Spots come in the order of their own cost, so that one that is free ends the search. */
function cheapest(spots: readonly Spot[], costAt: (box: Box) => number): Box {
  let best = spots[0]!.box;
  let least = Infinity;
  for (const { box, cost } of spots) {
    if (cost >= least) continue;
    const whole = cost + costAt(box);
    if (whole >= least) continue;
    least = whole;
    best = box;
  }
  return best;
}

function costOf(box: Box, taken: readonly Box[], lines: readonly Line[], { strips, frames }: Ground): number {
  if (taken.some((other) => overlap(box, other, 2))) return costs.card;
  const strip = strips.some((other) => overlap(box, other)) ? costs.strip : 0;
  const edge = frames.some((frame) => overlap(box, frame) && !isWithin(box, frame)) ? costs.edge : 0;
  return strip + edge + (lines.some((line) => runsThrough(line, box)) ? costs.line : 0);
}

/** Above or to the right of the line, then below or to the left, as far off as keeps the line clear of the words. */
function besides(way: Way, share: number, width: number, more: number): Box[] {
  const [at, before, after] = [along(way, share), along(way, share - 0.03), along(way, share + 0.03)];
  const [dx, dy] = [after.x - before.x, after.y - before.y];
  const length = Math.hypot(dx, dy) || 1;
  const flip = dx < 0 ? -1 : 1;
  const [nx, ny] = [(dy / length) * flip, (-dx / length) * flip];
  const off = 4 + more + (Math.abs(nx) * width) / 2 + (Math.abs(ny) * height) / 2;
  return [off, -off].map((away) => around({ x: at.x + nx * away, y: at.y + ny * away }, width));
}

interface Line {
  readonly way: Way;
  readonly bounds: Box;
}

function boundsOfWay({ points }: Way): Box {
  let [left, top, far, low] = [Infinity, Infinity, -Infinity, -Infinity];
  for (let at = 0; at < points.length; at += 2) {
    left = Math.min(left, points[at]!);
    far = Math.max(far, points[at]!);
    top = Math.min(top, points[at + 1]!);
    low = Math.max(low, points[at + 1]!);
  }
  return { x: left, y: top, width: far - left, height: low - top };
}

function runsThrough({ way, bounds }: Line, box: Box): boolean {
  if (!overlap(bounds, box, 1)) return false;
  const { points } = way;
  for (let at = 0; at < points.length; at += 2) {
    if (points[at]! > box.x && points[at]! < box.x + box.width && points[at + 1]! > box.y && points[at + 1]! < box.y + box.height)
      return true;
  }
  return false;
}

const around = (at: Point, width: number): Box => ({ x: at.x - width / 2, y: at.y - height / 2, width, height });
