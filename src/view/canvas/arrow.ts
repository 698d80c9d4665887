import { samples, type Way } from "./curve.ts";

const size = 7;

/** An open arrowhead at the end of what is drawn of a way, as an SVG path. */
export function arrowOf(d: string, way: Way): string {
  const [x, y, fromX, fromY] = d === way.d ? endOf(way) : endOfPath(d);
  const angle = Math.atan2(y - fromY, x - fromX);
  const wing = (turn: number) => `${(x - Math.cos(angle + turn) * size).toFixed(1)} ${(y - Math.sin(angle + turn) * size).toFixed(1)}`;
  return `M${wing(0.5)}L${x.toFixed(1)} ${y.toFixed(1)}L${wing(-0.5)}`;
}

type End = readonly [x: number, y: number, fromX: number, fromY: number];

function endOf({ points }: Way): End {
  const end = samples * 2;
  return [points[end]!, points[end + 1]!, points[end - 2]!, points[end - 1]!];
}

/** A curve comes to its end from its last handle. */
function endOfPath(d: string): End {
  const [fromX, fromY, x, y] = (d.match(/-?[\d.]+/gu) ?? []).slice(-4).map(Number) as [number, number, number, number];
  return [x, y, fromX, fromY];
}
