import { compareNumbers } from "../base/order.ts";

export interface Point {
  readonly x: number;
  readonly y: number;
}
export interface Size {
  readonly width: number;
  readonly height: number;
}
export type Box = Point & Size;

/** Everything that is placed for a person is placed on this grid, and that far from everything else. */
export const grid = 12;

/** Whether two boxes have something in common once there is to be `apart` between them. */
export function overlap(a: Box, b: Box, apart = 0): boolean {
  return a.x < b.x + b.width + apart && b.x < a.x + a.width + apart && a.y < b.y + b.height + apart && b.y < a.y + a.height + apart;
}

/**
 * The place on the grid nearest to where a box is wanted at which it has a grid step between itself and every obstacle.
 * It goes through the rows outward from the wanted one; in each, only the two places beside the stretch that is
 * taken can be nearest. Of two equally near ones the lower, then the right one is taken.
 */
export function freePlace(wanted: Box, obstacles: readonly Box[], corner: Point | null): Point {
  const least = corner ?? { x: -Infinity, y: -Infinity };
  const start = { x: Math.max(snap(wanted.x), least.x), y: Math.max(snap(wanted.y), least.y) };
  let best: Point | null = null;
  let bestAway = Infinity;
  for (let step = 0; step * grid * (step * grid) < bestAway; step++) {
    for (const y of step === 0 ? [start.y] : [start.y + step * grid, start.y - step * grid]) {
      if (y < least.y) continue;
      const x = freeInRow({ ...wanted, x: start.x, y }, obstacles, least.x);
      const away = (x - start.x) * (x - start.x) + (y - start.y) * (y - start.y);
      if (away < bestAway) [best, bestAway] = [{ x, y }, away];
    }
  }
  return best ?? start;
}

/** The nearest free x in one row. There always is one to the right of everything. */
function freeInRow(box: Box, obstacles: readonly Box[], least: number): number {
  const blocked = obstacles
    .filter((other) => box.y < other.y + other.height + grid && other.y < box.y + box.height + grid)
    .map((other) => ({ from: other.x - box.width - grid, to: other.x + other.width + grid }))
    .sort((a, b) => compareNumbers(a.from, b.from) || compareNumbers(a.to, b.to));
  let left = box.x;
  let right = box.x;
  // A stretch is open at both ends: exactly a gap apart is free.
  for (const { from, to } of blocked) if (from < right && right < to) right = snapUp(to, box.x);
  for (const { from, to } of [...blocked].sort((a, b) => compareNumbers(b.to, a.to)))
    if (from < left && left < to) left = snapDown(from, box.x);
  return left >= least && box.x - left < right - box.x ? left : right;
}

function snap(value: number): number {
  return Math.round(value / grid) * grid + 0;
}

/** The next place on the grid that `from` lies on. */
export function snapUp(value: number, from: number): number {
  return from + Math.ceil((value - from) / grid) * grid;
}

function snapDown(value: number, from: number): number {
  return from - Math.ceil((from - value) / grid) * grid;
}
