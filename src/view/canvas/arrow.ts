import { samples, type Way } from "./curve.ts";

/** An open arrowhead at a way's end, as an SVG path. */
export function arrowAt({ points }: Pick<Way, "points">, size: number): string {
  const end = samples * 2;
  const [x, y] = [points[end]!, points[end + 1]!];
  const angle = Math.atan2(y - points[end - 1]!, x - points[end - 2]!);
  const wing = (turn: number) => `${(x - Math.cos(angle + turn) * size).toFixed(1)} ${(y - Math.sin(angle + turn) * size).toFixed(1)}`;
  return `M${wing(0.5)}L${x.toFixed(1)} ${y.toFixed(1)}L${wing(-0.5)}`;
}
