import type { Point } from "./geometry.ts";

/** A cubic Bézier: start, two handles, end. */
export type Cubic = readonly [Point, Point, Point, Point];

/** A link's way, as it is drawn and as dots travel it. */
export interface Way {
  /** The `d` of an SVG path. */
  readonly d: string;
  /** What is drawn of it, where that is not the whole: a neighbour may draw what they share. */
  readonly shown?: string;
  /** `samples` + 1 points at equal distances along it: x, y, x, y … */
  readonly points: Float32Array;
  readonly length: number;
}

export const samples = 40;
const perCubic = 32;

/** A curve that leaves `from` along `out` and comes to `to` against `into` (both unit vectors pointing away from the boxes). */
export function curveBetween(from: Point, out: Point, to: Point, into: Point): Cubic {
  const along = Math.abs((to.x - from.x) * out.x + (to.y - from.y) * out.y);
  const across = Math.abs((to.x - from.x) * out.y) + Math.abs((to.y - from.y) * out.x);
  const reach = Math.max(Math.min(along * 0.5, 240), Math.min(24 + across * 0.2, 72));
  return [from, { x: from.x + out.x * reach, y: from.y + out.y * reach }, { x: to.x + into.x * reach, y: to.y + into.y * reach }, to];
}

export function straight(from: Point, to: Point): Cubic {
  const third = { x: (to.x - from.x) / 3, y: (to.y - from.y) / 3 };
  return [from, { x: from.x + third.x, y: from.y + third.y }, { x: to.x - third.x, y: to.y - third.y }, to];
}

export function pointOf([a, b, c, d]: Cubic, t: number): Point {
  const s = 1 - t;
  const [p, q, r, u] = [s * s * s, 3 * s * s * t, 3 * s * t * t, t * t * t];
  return { x: p * a.x + q * b.x + r * c.x + u * d.x, y: p * a.y + q * b.y + r * c.y + u * d.y };
}

/** `before` is given back if it is the same way: measuring one costs far more than writing its path. */
export function wayOf(cubics: readonly Cubic[], before?: Way): Way {
  const d = pathOf(cubics);
  if (before?.d === d) return before;
  const dense: Point[] = [cubics[0]![0]];
  for (const cubic of cubics) for (let step = 1; step <= perCubic; step++) dense.push(pointOf(cubic, step / perCubic));
  const { points, length } = evenly(dense);
  return { d, points, length };
}

/** The point at a share (0…1) of the way. */
export function along(way: Pick<Way, "points">, share: number): Point {
  const at = Math.min(Math.max(share, 0), 1) * samples;
  const index = Math.min(Math.floor(at), samples - 1) * 2;
  const part = at - index / 2;
  const { points } = way;
  return {
    x: points[index]! + (points[index + 2]! - points[index]!) * part,
    y: points[index + 1]! + (points[index + 3]! - points[index + 1]!) * part,
  };
}

export function pathOf(cubics: readonly Cubic[]): string {
  const text = (point: Point) => `${round(point.x)} ${round(point.y)}`;
  return `M${text(cubics[0]![0])}${cubics.map(([, b, c, d]) => `C${text(b)} ${text(c)} ${text(d)}`).join("")}`;
}

/** What is drawn of a way as a rule. */
export const shownOf = (way: Way): string => way.shown ?? way.d;

const round = (value: number): number => Math.round(value * 10) / 10;

/** The same line with its points at equal distances, so that a dot's place is one look-up. */
function evenly(dense: readonly Point[]): { points: Float32Array; length: number } {
  const upTo = [0];
  for (let index = 1; index < dense.length; index++) {
    const [from, to] = [dense[index - 1]!, dense[index]!];
    upTo.push(upTo[index - 1]! + Math.hypot(to.x - from.x, to.y - from.y));
  }
  const length = upTo[upTo.length - 1]!;
  const points = new Float32Array((samples + 1) * 2);
  let index = 1;
  for (let sample = 0; sample <= samples; sample++) {
    const wanted = (length * sample) / samples;
    while (index < dense.length - 1 && upTo[index]! < wanted) index++;
    const span = upTo[index]! - upTo[index - 1]!;
    const part = span > 0 ? (wanted - upTo[index - 1]!) / span : 0;
    points[sample * 2] = dense[index - 1]!.x + (dense[index]!.x - dense[index - 1]!.x) * part;
    points[sample * 2 + 1] = dense[index - 1]!.y + (dense[index]!.y - dense[index - 1]!.y) * part;
  }
  return { points, length };
}
