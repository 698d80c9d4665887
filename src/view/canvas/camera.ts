import type { ReactFlowInstance } from "@xyflow/react";
import type { NodeId } from "../../document/topology.ts";
import { useDocument } from "../state/document-store.ts";
import { useDrawing } from "./drawing.ts";
import { along } from "./curve.ts";
import { prefersStillness } from "./stillness.ts";
import { boundsOf, type Box, type Point } from "./geometry.ts";

/** The canvas's window on the drawing, for those who are no React component. */
let flow: ReactFlowInstance | null = null;
let element: HTMLElement | null = null;

const stillMs = 0;
const glideMs = 200;
const glide = () => ({ duration: prefersStillness() ? stillMs : glideMs });

export function takeCamera(instance: ReactFlowInstance | null, root: HTMLElement | null): void {
  flow = instance;
  element = root;
}

export const canvasElement = (): HTMLElement | null => element;

/** From window pixels to canvas pixels. */
export function toCanvas({ x, y }: Point): Point {
  return flow?.screenToFlowPosition({ x, y }, { snapToGrid: false }) ?? { x, y };
}

/** From canvas pixels to window pixels. */
export function toWindow(point: Point): Point {
  return flow?.flowToScreenPosition(point) ?? point;
}

/** Whether a point of the window is on the canvas itself, not on a panel or a menu over it. */
export function isOnCanvas({ x, y }: Point): boolean {
  const under = document.elementFromPoint(x, y);
  return under !== null && element !== null && element.contains(under);
}

/** The node under a point of the window, frames included. */
export function nodeUnder({ x, y }: Point): NodeId | null {
  const under = document.elementsFromPoint(x, y).find((candidate) => candidate.closest("[data-node]") !== null);
  return under?.closest<HTMLElement>("[data-node]")?.dataset["node"] ?? null;
}

export const zoomIn = (): void => void flow?.zoomIn(glide());
export const zoomOut = (): void => void flow?.zoomOut(glide());
export const zoom = (): number => flow?.getZoom() ?? 1;

/** On a large screen a small drawing is shown larger than it was drawn, but not so large that it looks blown up. */
const largest = 1.5;

/** Shows the whole drawing; for the back row as large as there is room for. */
export async function fitView(options: { readonly still?: boolean; readonly large?: boolean } = {}): Promise<boolean> {
  const bounds = boundsOf(useDrawing.getState().boxes.values());
  if (bounds === null || flow === null) return false;
  const shown = options.large === true ? grown(bounds, 0, 0) : grown(bounds, ...windowSize());
  const done = await flow.fitBounds(shown, { padding: 0, ...(options.still === true ? {} : glide()) });
  fitted = { large: options.large === true, view: viewNow() };
  return done;
}

/** How the drawing was last shown whole; as long as nobody has moved the window since, it stays whole. */
let fitted: { readonly large: boolean; readonly view: string } | null = null;

function viewNow(): string {
  const { x, y, zoom: now } = flow?.getViewport() ?? { x: 0, y: 0, zoom: 1 };
  return [x, y, now].map((figure) => figure.toFixed(3)).join(" ");
}

/** A panel that folds, or a window that shrinks, leaves a drawing whole that was whole before. */
export function followSize(root: HTMLElement): () => void {
  const room = new ResizeObserver(() => {
    if (fitted !== null && fitted.view === viewNow()) requestAnimationFrame(() => void fitView({ still: true, large: fitted!.large }));
  });
  room.observe(root);
  return () => room.disconnect();
}

/**
 * A document that has just been opened is shown whole; every later change leaves the window where it is. It is done
 * before anything of it is mounted, so that nothing is mounted larger than it will be seen.
 */
export function followOpening(): () => void {
  return useDocument.subscribe(({ history, document }, before) => {
    const opened = history.past.length === 0 && history.future.length === 0;
    if (opened && document !== before.document) void fitView({ still: true });
  });
}

const windowSize = (): readonly [number, number] => {
  const { width = 800, height = 600 } = element?.getBoundingClientRect() ?? {};
  return [width / largest, height / largest];
};

/** With air around it, and to at least that size, lest `fitBounds` zooms in on little. */
function grown(bounds: Box, widthLeast: number, heightLeast: number): Box {
  const width = Math.max(bounds.width + 48, widthLeast);
  const height = Math.max(bounds.height + 48, heightLeast);
  return { x: bounds.x - (width - bounds.width) / 2, y: bounds.y - (height - bounds.height) / 2, width, height };
}

export function pan(dx: number, dy: number): void {
  if (flow === null) return;
  const { x, y, zoom: now } = flow.getViewport();
  void flow.setViewport({ x: x + dx, y: y + dy, zoom: now }, { duration: prefersStillness() ? stillMs : glideMs / 2 });
}

/** Moves the window as little as brings these nodes and links into sight; zooms out only if they are too far apart. */
export function bringIntoSight(ids: readonly string[]): void {
  const bounds = boundsOf(ids.flatMap((id) => boxOf(id) ?? []));
  const root = element?.getBoundingClientRect();
  if (flow === null || root === undefined || bounds === null) return;
  const { x, y, zoom: now } = flow.getViewport();
  const air = 32;
  const shown: Box = { x: bounds.x * now + x, y: bounds.y * now + y, width: bounds.width * now, height: bounds.height * now };
  if (shown.width > root.width - 2 * air || shown.height > root.height - 2 * air)
    return void flow.fitBounds(bounds, { padding: 0.15, ...glide() });
  const dx = nudge(shown.x, shown.width, root.width, air);
  const dy = nudge(shown.y, shown.height, root.height, air);
  if (dx !== 0 || dy !== 0) pan(dx, dy);
}

function nudge(start: number, length: number, room: number, air: number): number {
  if (start < air) return air - start;
  return start + length > room - air ? room - air - start - length : 0;
}

function boxOf(id: string): Box | null {
  const { boxes, ways } = useDrawing.getState();
  const way = ways.get(id);
  return boxes.get(id) ?? (way === undefined ? null : { ...along(way, 0.5), width: 1, height: 1 });
}

export function viewMiddle(): Point {
  const root = element?.getBoundingClientRect();
  return root === undefined ? { x: 0, y: 0 } : toCanvas({ x: root.x + root.width / 2, y: root.y + root.height / 2 });
}
