/** Points and boxes of the drawing, in canvas pixels. */
export interface Point {
  readonly x: number;
  readonly y: number;
}

export interface Box extends Point {
  readonly width: number;
  readonly height: number;
}

export type Side = "left" | "right" | "top" | "bottom";

export const right = (box: Box): number => box.x + box.width;
export const bottom = (box: Box): number => box.y + box.height;
export const centre = (box: Box): Point => ({ x: box.x + box.width / 2, y: box.y + box.height / 2 });
export const overlap = (a: Box, b: Box, gap = 0): boolean =>
  a.x < right(b) + gap && b.x < right(a) + gap && a.y < bottom(b) + gap && b.y < bottom(a) + gap;

export const isWithin = (box: Box, frame: Box): boolean =>
  box.x >= frame.x && box.y >= frame.y && right(box) <= right(frame) && bottom(box) <= bottom(frame);

/** The way out of a side: a unit vector. */
export const outward: Readonly<Record<Side, Point>> = {
  left: { x: -1, y: 0 },
  right: { x: 1, y: 0 },
  top: { x: 0, y: -1 },
  bottom: { x: 0, y: 1 },
};

/** The point at a share (0…1) of a side's length. */
export function onSide(box: Box, side: Side, share: number): Point {
  if (side === "left" || side === "right") return { x: side === "left" ? box.x : right(box), y: box.y + box.height * share };
  return { x: box.x + box.width * share, y: side === "top" ? box.y : bottom(box) };
}

/** The sides by which two boxes face each other: across if there is a gap to the right or left, else up or down. */
export function facingSides(from: Box, to: Box): readonly [Side, Side] {
  const across = Math.max(to.x - right(from), from.x - right(to));
  const upright = Math.max(to.y - bottom(from), from.y - bottom(to));
  if (across >= 36 || (across >= upright && across > 0)) return to.x >= right(from) ? ["right", "left"] : ["left", "right"];
  if (upright > 0) return to.y >= bottom(from) ? ["bottom", "top"] : ["top", "bottom"];
  return ["right", "left"];
}

export function boundsOf(boxes: Iterable<Box>): Box | null {
  let left = Infinity;
  let top = Infinity;
  let far = -Infinity;
  let low = -Infinity;
  for (const box of boxes) {
    left = Math.min(left, box.x);
    top = Math.min(top, box.y);
    far = Math.max(far, right(box));
    low = Math.max(low, bottom(box));
  }
  return left === Infinity ? null : { x: left, y: top, width: far - left, height: low - top };
}

/** What stands on the canvas stands on this grid. */
export const grid = 12;
export const snap = ({ x, y }: Point): Point => ({ x: Math.round(x / grid) * grid, y: Math.round(y / grid) * grid });
