import { create } from "zustand";
import { linkRoles } from "../../document/link-settings.ts";
import { isRole } from "../../document/rules.ts";
import type { LinkRecord, NodeId, Topology } from "../../document/topology.ts";
import { routeKey } from "../overlay/messages.ts";
import { useDocument } from "../state/document-store.ts";
import { kinds } from "../state/kinds.ts";
import { run, topics } from "../state/run-state.ts";
import { currentLanguage, useLanguage } from "../words/words.ts";
import { cardBoxes, standingOf } from "./boxes.ts";
import { useCanvas } from "./canvas-store.ts";
import type { Way } from "./curve.ts";
import type { Box, Point } from "./geometry.ts";
import { placeLabels } from "./labels.ts";
import { linkLabel } from "./link-label.ts";
import { route, type Chosen, type Wire } from "./routing.ts";

/** Everything that is drawn and where: derived from the document, the routes and what is being moved. */
export interface Drawing {
  readonly boxes: ReadonlyMap<NodeId, Box>;
  readonly positions: ReadonlyMap<NodeId, Point>;
  /** By link id, or by `routeKey` for a discovered route. */
  readonly ways: ReadonlyMap<string, Way>;
  readonly labels: ReadonlyMap<string, Point>;
  readonly routes: readonly (readonly [NodeId, NodeId])[];
}

export const useDrawing = create<Drawing>(() => ({
  boxes: new Map(),
  positions: new Map(),
  ways: new Map(),
  labels: new Map(),
  routes: [],
}));

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
  const { boxes, positions } = standingOf(document, kinds(), moving, wantedHeights);
  const routes = routesOf(document);
  const ways = route(wiresOf(document, routes), {
    box: (id) => boxes.get(id),
    parent: (id) => document.nodes[id]?.parent ?? null,
    exits: (id) => exits.get(id),
    obstacles: [...boxes].map(([id, box]) => ({ id, box })),
    chosen: chosenFor(moving.size > 0),
  });
  useDrawing.setState({
    boxes: keep(before.boxes, boxes, sameBox),
    positions: keep(before.positions, positions, (a, b) => a.x === b.x && a.y === b.y),
    ways: keep(before.ways, ways, (a, b) => a.d === b.d),
    labels: keep(before.labels, labelsOf(document, ways, boxes), (a, b) => a.x === b.x && a.y === b.y),
    routes,
  });
}

/** While something is dragged, lines at rest keep the sides that they have; they are judged anew when it is let go. */
let chosen = new Map<string, Chosen>();

function chosenFor(isDragging: boolean): Map<string, Chosen> {
  if (!isDragging) chosen = new Map();
  return chosen;
}

function wiresOf(document: Topology, routes: Drawing["routes"]): Wire[] {
  const links = Object.values(document.links).map(({ id, from, to }) => ({ key: id, from, to }));
  return [...links, ...routes.map(([from, to]) => ({ key: routeKey(from, to), from, to }))];
}

/** Discovered routes between nodes that stand, where no link that carries requests is drawn already. */
function routesOf(document: Topology): Drawing["routes"] {
  const linked = new Set(
    Object.values(document.links)
      .filter(carriesRequests)
      .map(({ from, to }) => routeKey(from, to)),
  );
  const known = new Map(run.routes.map((pair) => [routeKey(...pair), pair]));
  return [...known].flatMap(([key, pair]) => (!linked.has(key) && pair.every((id) => document.nodes[id] !== undefined) ? [pair] : []));
}

export const carriesRequests = (link: Pick<LinkRecord, "role">): boolean => isRole(link.role) && linkRoles[link.role].asks === "request";

function labelsOf(document: Topology, ways: ReadonlyMap<string, Way>, boxes: ReadonlyMap<NodeId, Box>): Map<string, Point> {
  const labels = Object.values(document.links).flatMap((link) => {
    const text = linkLabel(link, currentLanguage());
    return text === null ? [] : [{ key: link.id, text }];
  });
  return placeLabels(labels, ways, cardBoxes(document, kinds(), boxes));
}

const sameBox = (a: Box, b: Box): boolean => a.x === b.x && a.y === b.y && a.width === b.width && a.height === b.height;

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
