import { along, type Way } from "./curve.ts";
import { overlap, type Box, type Point } from "./geometry.ts";

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

/** Where each label stands: beside its line, as near the middle as it can without covering a card, another label or a line. */
export function placeLabels(labels: readonly Label[], ways: ReadonlyMap<string, Way>, cards: readonly Box[]): Map<string, Point> {
  const taken = [...cards];
  const lines = [...ways.values()].map((way) => ({ way, bounds: boundsOfWay(way) }));
  const places = new Map<string, Point>();
  for (const { key, text } of labels) {
    const way = ways.get(key);
    if (way === undefined) continue;
    const spots = farther.flatMap((more) => shares.flatMap((share) => besides(way, share, widthOf(text), more)));
    const free = spots.filter((box) => !taken.some((other) => overlap(box, other, 2)));
    const spot = free.find((box) => !lines.some((line) => runsThrough(line, box))) ?? free[0] ?? spots[0]!;
    taken.push(spot);
    places.set(key, { x: spot.x + spot.width / 2, y: spot.y + height / 2 });
  }
  return places;
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
