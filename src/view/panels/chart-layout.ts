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
const pitch = { x: 88, y: 46 } as const;
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
  const edges = [...pairs].map(([key, { from, to }]) => ({ key, from, to, path: pathBetween(boxOf.get(from)!, boxOf.get(to)!) }));
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

interface Spot {
  readonly x: number;
  readonly y: number;
}

/** How far lines that run opposite ways keep from each other. */
const lane = 3;

/**
 * From edge to edge of two boxes, straight where they are neighbours and otherwise through the gutters between the boxes:
 * no line runs behind a state that it does not concern. Lines of one direction keep to one side, like traffic.
 */
function pathBetween(from: ChartBox, to: ChartBox): string {
  const [dx, dy] = [to.x - from.x, to.y - from.y];
  if (dy === 0 && Math.abs(dx) <= pitch.x) return rounded(besideEachOther(from, to));
  const way = Math.sign(dy) || (from.y > 0 ? -1 : 1);
  const out = { x: from.x + boxSize.width / 2 + way * lane, y: edgeOf(from, way) };
  const end = { x: to.x + boxSize.width / 2 + way * lane, y: edgeOf(to, dy === 0 ? way : -way) };
  if (dx === 0 && Math.abs(dy) === pitch.y) return rounded([out, end]);
  const first = out.y + way * gutter - way * lane;
  const last = dy === 0 ? first : end.y - way * gutter - way * lane;
  if (Math.abs(first - last) < pitch.y / 2) return rounded([out, { x: out.x, y: first }, { x: end.x, y: first }, end]);
  const aisle = aisleBetween(from, to) + way * lane;
  return rounded([out, { x: out.x, y: first }, { x: aisle, y: first }, { x: aisle, y: last }, { x: end.x, y: last }, end]);
}

/** Half the room between two rows, less what an arrow's head keeps off. */
const gutter = (pitch.y - boxSize.height) / 2;
const edgeOf = (box: ChartBox, way: number): number => box.y + (way > 0 ? boxSize.height + 1 : -1);

function besideEachOther(from: ChartBox, to: ChartBox): Spot[] {
  const way = Math.sign(to.x - from.x);
  const y = from.y + boxSize.height / 2 - way * lane;
  const edge = (box: ChartBox, side: number) => (side > 0 ? box.x + boxSize.width + 1 : box.x - 1);
  return [
    { x: edge(from, way), y },
    { x: edge(to, -way), y },
  ];
}

/** The aisle between two columns that is next to where the line ends, on the side from which it comes. */
function aisleBetween(from: ChartBox, to: ChartBox): number {
  const half = (pitch.x - boxSize.width) / 2;
  const isRight = from.x === to.x ? to.x < pitch.x * middle : from.x > to.x;
  const wanted = isRight ? to.x / pitch.x + 1 : to.x / pitch.x;
  const column = Math.min(columns - 1, Math.max(1, isRight ? Math.floor(wanted) : Math.ceil(wanted)));
  return column * pitch.x - half;
}

/** A line through these points with rounded corners. */
function rounded(points: readonly Spot[]): string {
  const text = ({ x, y }: Spot) => `${x.toFixed(1)} ${y.toFixed(1)}`;
  const pieces = points.map((at, index) => {
    const [before, after] = [points[index - 1], points[index + 1]];
    if (before === undefined || after === undefined) return `${before === undefined ? "M" : "L"}${text(at)}`;
    return `L${text(towards(at, before))}Q${text(at)} ${text(towards(at, after))}`;
  });
  return pieces.join("");
}

/** A little way from a corner towards the next point. */
function towards(from: Spot, to: Spot): Spot {
  const length = Math.hypot(to.x - from.x, to.y - from.y) || 1;
  const share = Math.min(4, length / 2) / length;
  return { x: from.x + (to.x - from.x) * share, y: from.y + (to.y - from.y) * share };
}
