import { centre, type Box, type Point } from "./geometry.ts";

export type Direction = "left" | "right" | "up" | "down";

const ahead: Readonly<Record<Direction, Point>> = {
  left: { x: -1, y: 0 },
  right: { x: 1, y: 0 },
  up: { x: 0, y: -1 },
  down: { x: 0, y: 1 },
};

/** Whoever stands sideways counts as this much farther off than whoever stands straight ahead. */
const sideways = 2.5;

/**
 * The next node in a direction: of those whose middle lies that way, the nearest, straight ahead preferred. A frame
 * counts by its title, since its middle is covered by what it holds.
 */
export function nextInDirection(spots: ReadonlyMap<string, Point>, from: string, direction: Direction): string | null {
  const start = spots.get(from);
  if (start === undefined) return null;
  const { x, y } = ahead[direction];
  let best: string | null = null;
  let least = Infinity;
  for (const [id, spot] of spots) {
    const forward = (spot.x - start.x) * x + (spot.y - start.y) * y;
    if (id === from || forward <= 1) continue;
    const aside = Math.abs((spot.x - start.x) * y) + Math.abs((spot.y - start.y) * x);
    const cost = forward + aside * sideways;
    if (cost >= least) continue;
    least = cost;
    best = id;
  }
  return best;
}

export const spotOf = (box: Box, isFrame: boolean): Point =>
  isFrame ? { x: box.x + Math.min(80, box.width / 2), y: box.y + 18 } : centre(box);

/** Top to bottom in bands, left to right in each: where Tab comes in. */
export function firstOf(spots: ReadonlyMap<string, Point>): string | null {
  const order = (a: Point, b: Point) => a.x + a.y - b.x - b.y;
  return [...spots].sort(([, a], [, b]) => order(a, b))[0]?.[0] ?? null;
}

/** The node whose place is nearest, to go on from when another is taken away. */
export function nearestTo(spots: ReadonlyMap<string, Point>, { x, y }: Point): string | null {
  let best: string | null = null;
  let least = Infinity;
  for (const [id, spot] of spots) {
    const away = Math.abs(spot.x - x) + Math.abs(spot.y - y);
    if (away >= least) continue;
    least = away;
    best = id;
  }
  return best;
}
