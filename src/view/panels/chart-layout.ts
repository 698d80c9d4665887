import type { ChartDescription } from "../../runtime/protocol.ts";

export interface ChartBox {
  readonly state: string;
  readonly x: number;
  readonly y: number;
}

export interface ChartEdge {
  readonly key: string;
  readonly from: string;
  readonly to: string;
  readonly path: string;
}

export interface ChartLayout {
  readonly boxes: readonly ChartBox[];
  readonly edges: readonly ChartEdge[];
  readonly height: number;
}

export const boxSize = { width: 76, height: 30 } as const;
const columns = 3;
const pitch = { x: 88, y: 44 } as const;
const middle = (columns - 1) / 2;

/**
 * States three to a row, in the order in which they are reached from the first one; and a line for each pair of states
 * that an event leads from and to.
 */
export function layOutChart(chart: Pick<ChartDescription, "states" | "edges">): ChartLayout {
  const boxes = rowsOf(chart).flatMap((row, y) =>
    row.map((state, index): ChartBox => ({ state, x: (middle - (row.length - 1) / 2 + index) * pitch.x, y: y * pitch.y })),
  );
  const boxOf = new Map(boxes.map((box) => [box.state, box]));
  const pairs = new Map(chart.edges.filter((edge) => edge.from !== edge.to).map((edge) => [`${edge.from} ${edge.to}`, edge]));
  const edges = [...pairs].map(([key, { from, to }]) => {
    const twoWay = pairs.has(`${to} ${from}`);
    return { key, from, to, path: pathBetween(boxOf.get(from)!, boxOf.get(to)!, twoWay ? 5 : 0) };
  });
  return { boxes, edges, height: Math.max(0, ...boxes.map((box) => box.y)) + boxSize.height };
}

function rowsOf(chart: Pick<ChartDescription, "states" | "edges">): string[][] {
  const depth = depths(chart);
  const byDepth = [...chart.states].sort((a, b) => depth.get(a)! - depth.get(b)! || chart.states.indexOf(a) - chart.states.indexOf(b));
  const rows: string[][] = [];
  for (let at = 0; at < byDepth.length; at += columns) rows.push(byDepth.slice(at, at + columns));
  return rows;
}

/** Steps from the first state, breadth first; what can't be reached comes last. */
function depths(chart: Pick<ChartDescription, "states" | "edges">): Map<string, number> {
  const depth = new Map<string, number>(chart.states.slice(0, 1).map((first) => [first, 0]));
  for (const [state, at] of depth) {
    for (const edge of chart.edges) if (edge.from === state && !depth.has(edge.to)) depth.set(edge.to, at + 1);
  }
  for (const state of chart.states) if (!depth.has(state)) depth.set(state, chart.states.length);
  return depth;
}

/** From edge to edge of two boxes; one of a pair that runs both ways keeps to its own side. */
function pathBetween(from: ChartBox, to: ChartBox, aside: number): string {
  const a = { x: from.x + boxSize.width / 2, y: from.y + boxSize.height / 2 };
  const b = { x: to.x + boxSize.width / 2, y: to.y + boxSize.height / 2 };
  const length = Math.hypot(b.x - a.x, b.y - a.y);
  const side = { x: (-(b.y - a.y) / length) * aside, y: ((b.x - a.x) / length) * aside };
  const start = border(a, b);
  const end = border(b, a);
  const point = (p: { x: number; y: number }) => `${(p.x + side.x).toFixed(1)} ${(p.y + side.y).toFixed(1)}`;
  return `M${point(start)}L${point(end)}`;
}

/** Where the line from a box's middle towards another point leaves the box, a little outside. */
function border(from: { x: number; y: number }, to: { x: number; y: number }): { x: number; y: number } {
  const dx = to.x - from.x;
  const dy = to.y - from.y;
  const scale = Math.min((boxSize.width / 2 + 2) / Math.abs(dx || 1e-9), (boxSize.height / 2 + 2) / Math.abs(dy || 1e-9));
  return { x: from.x + dx * Math.min(1, scale), y: from.y + dy * Math.min(1, scale) };
}
