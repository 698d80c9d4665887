import { along, type Way } from "./curve.ts";
import { overlap, type Box, type Point } from "./geometry.ts";

export interface Label {
  readonly key: string;
  readonly text: string;
}

const height = 18;
const shares = [0.5, 0.42, 0.58, 0.34, 0.66, 0.26, 0.74, 0.18, 0.82];

/** A label's width at 11.5 px: a CJK sign is as wide as the type is high, others about half. */
export function widthOf(text: string): number {
  let width = 10;
  for (const sign of text) width += sign > "⺀" ? 12 : 6.6;
  return width;
}

/** Where each label stands: beside its line, as near the middle as it can without covering a card or another label. */
export function placeLabels(labels: readonly Label[], ways: ReadonlyMap<string, Way>, cards: readonly Box[]): Map<string, Point> {
  const taken = [...cards];
  const places = new Map<string, Point>();
  for (const { key, text } of labels) {
    const way = ways.get(key);
    if (way === undefined) continue;
    const spots = shares.flatMap((share) => besides(way, share).map((at) => around(at, widthOf(text))));
    const spot = spots.find((box) => !taken.some((other) => overlap(box, other, 2))) ?? spots[0]!;
    taken.push(spot);
    places.set(key, { x: spot.x + spot.width / 2, y: spot.y + height / 2 });
  }
  return places;
}

/** Above or to the right of the line, then below or to the left, so that no dot runs over the words. */
function besides(way: Way, share: number): Point[] {
  const [at, before, after] = [along(way, share), along(way, share - 0.03), along(way, share + 0.03)];
  const [dx, dy] = [after.x - before.x, after.y - before.y];
  const length = Math.hypot(dx, dy) || 1;
  const flip = dx < 0 ? -1 : 1;
  const [nx, ny] = [(dy / length) * flip, (-dx / length) * flip];
  return [13, -13].map((off) => ({ x: at.x + nx * off, y: at.y + ny * off }));
}

const around = (at: Point, width: number): Box => ({ x: at.x - width / 2, y: at.y - height / 2, width, height });
