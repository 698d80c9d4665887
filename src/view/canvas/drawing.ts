import { create } from "zustand";
import type { NodeId } from "../../document/topology.ts";
import { useDocument } from "../state/document-store.ts";
import { kinds } from "../state/kinds.ts";
import { topics } from "../state/run-state.ts";
import { useLanguage } from "../words/words.ts";
import { standingOf } from "./boxes.ts";
import { useCanvas } from "./canvas-store.ts";
import type { Way } from "./curve.ts";
import type { Box, Point } from "./geometry.ts";
import { route, type Chosen } from "./routing.ts";
import { onStillnessChange } from "./stillness.ts";
import { behindOf, gathers, labelsOf, obstaclesOf, routesOf, wiresOf, type Routes } from "./terrain.ts";

/** Everything that is drawn and where: derived from the document, the routes and what is being moved. */
export interface Drawing {
  readonly boxes: ReadonlyMap<NodeId, Box>;
  readonly positions: ReadonlyMap<NodeId, Point>;
  /** By link id, or by `routeKey` for a discovered route. */
  readonly ways: ReadonlyMap<string, Way>;
  readonly labels: ReadonlyMap<string, Point>;
  readonly behind: ReadonlySet<string>;
  readonly routes: Routes;
}

const blank: Drawing = { boxes: new Map(), positions: new Map(), ways: new Map(), labels: new Map(), behind: new Set(), routes: [] };
export const useDrawing = create<Drawing>(() => blank);

let stale = false;

/** Draws anew at most once a frame; what has not moved keeps its identity, so that it is not rendered. */
export function followDrawing(): () => void {
  draw();
  const stops = [
    useDocument.subscribe((now, before) => now.document !== before.document && draw()),
    useCanvas.subscribe((now, before) => {
      if (now.moving !== before.moving || now.wantedHeights !== before.wantedHeights || now.exits !== before.exits) request();
    }),
    useLanguage.subscribe(request),
    topics.routes.subscribe(request),
    onStillnessChange(request),
  ];
  return () => stops.forEach((stop) => stop());
}

function request(): void {
  if (stale) return;
  stale = true;
  requestAnimationFrame(() => stale && draw());
}

function draw(): void {
  stale = false;
  const { document } = useDocument.getState();
  const { moving, wantedHeights, exits } = useCanvas.getState();
  const before = useDrawing.getState();
  const standing = standingOf(document, kinds(), moving, wantedHeights);
  const boxes = keep(before.boxes, standing.boxes, sameBox);
  const routes = routesOf(document);
  const found = route(wiresOf(document, routes), {
    box: (id) => boxes.get(id),
    parent: (id) => document.nodes[id]?.parent ?? null,
    gathers: (id) => gathers(document, id),
    exits: (id) => exits.get(id),
    obstacles: obstaclesOf(document, boxes),
    chosen: chosenFor(boxes, moving.size > 0),
    before: before.ways,
    inMotion: moving.size > 0,
  });
  const ways = keep(before.ways, found, (a, b) => a.d === b.d && a.shown === b.shown);
  const behind = behindOf(document, ways, routes);
  useDrawing.setState({
    boxes,
    ways,
    positions: keep(before.positions, standing.positions, samePoint),
    labels: keep(before.labels, labelsOf(document, ways, boxes, routes), samePoint),
    behind: sameKeys(before.behind, behind) ? before.behind : behind,
    routes: sameRoutes(before.routes, routes) ? before.routes : routes,
  });
}

let chosen = new Map<string, Chosen>();
let chosenAmong: Drawing["boxes"] = blank.boxes;

/** The sides that lines have, as long as nothing stands elsewhere; while something is dragged, those at rest keep theirs. */
function chosenFor(boxes: Drawing["boxes"], isDragging: boolean): Map<string, Chosen> {
  if (!isDragging && boxes !== chosenAmong) chosen = new Map();
  if (!isDragging) chosenAmong = boxes;
  return chosen;
}

const sameBox = (a: Box, b: Box): boolean => samePoint(a, b) && a.width === b.width && a.height === b.height;
const samePoint = (a: Point, b: Point): boolean => a.x === b.x && a.y === b.y;
const sameKeys = (a: ReadonlySet<string>, b: ReadonlySet<string>): boolean => a.size === b.size && [...a].every((key) => b.has(key));
const sameRoutes = (a: Routes, b: Routes): boolean =>
  a.length === b.length && a.every(([from, to], index) => b[index]![0] === from && b[index]![1] === to);

/** What is as it was stays the same object; if all is, so does the whole. */
function keep<Value>(before: ReadonlyMap<string, Value>, now: ReadonlyMap<string, Value>, same: (a: Value, b: Value) => boolean) {
  const kept = new Map<string, Value>();
  let alike = before.size === now.size;
  for (const [key, value] of now) {
    const old = before.get(key);
    const keeps = old !== undefined && same(old, value);
    kept.set(key, keeps ? old : value);
    alike &&= keeps;
  }
  return alike ? before : kept;
}
