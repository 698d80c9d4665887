import { getViewportForBounds, type ReactFlowInstance } from "@xyflow/react";
import type { NodeId } from "../../document/topology.ts";
import { useCovered } from "../state/covered.ts";
import { currentSelection, useDocument } from "../state/document-store.ts";
import { useUi } from "../state/ui-store.ts";
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

/** How small and how large the drawing can be shown. */
export const zoomRange = { minZoom: 0.1, maxZoom: 4 } as const;

/** The part of the canvas that no panel lies over, in window pixels from the canvas's corner. */
function room(): { readonly width: number; readonly height: number } {
  const { width = 800, height = 600 } = element?.getBoundingClientRect() ?? {};
  const { foot, side } = useCovered.getState();
  return { width: Math.max(1, width - side), height: Math.max(1, height - foot) };
}

/** Shows a part of the drawing as large as there is room for. */
async function show(bounds: Box, padding: number, manner: { readonly duration?: number }): Promise<boolean> {
  const { width, height } = room();
  const { minZoom, maxZoom } = zoomRange;
  return (await flow?.setViewport(getViewportForBounds(bounds, width, height, minZoom, maxZoom, padding), manner)) ?? false;
}

/** On a large screen a small drawing is shown larger than it was drawn, but not so large that it looks blown up. */
const largest = 1.5;

/** Shows the whole drawing; for the back row as large as there is room for. */
export async function fitView(options: { readonly still?: boolean; readonly large?: boolean } = {}): Promise<boolean> {
  const bounds = boundsOf(useDrawing.getState().boxes.values());
  if (bounds === null || flow === null) return false;
  const { width, height } = room();
  const shown = options.large === true ? grown(bounds, 0, 0) : grown(bounds, width / largest, height / largest);
  const done = await show(shown, 0, options.still === true ? {} : glide());
  fitted = { large: options.large === true, view: viewNow() };
  return done;
}

/** How the drawing was last shown whole; as long as nobody has moved the window since, it stays whole. */
let fitted: { readonly large: boolean; readonly view: string } | null = null;

function viewNow(): string {
  const { x, y, zoom: now } = flow?.getViewport() ?? { x: 0, y: 0, zoom: 1 };
  return [x, y, now].map((figure) => figure.toFixed(3)).join(" ");
}

/**
 * Panels fold and open, and windows shrink: a drawing that was whole stays whole, and of one that a person has moved by
 * hand whatever is watched stays in sight. Nothing else moves the window.
 */
export function followRoom(root: HTMLElement): () => void {
  let before = room();
  const changed = (manner: { readonly still: boolean }) => {
    const was = before;
    before = room();
    const isHidden = (shown: Box | null) => isWithin(shown, was) && !isWithin(shown, before);
    const dot = clickedDot();
    // Who has clicked a dot looks at it: it stays where it is unless it would be hidden.
    if (dot !== null) {
      if (isHidden(dot)) nudgeIntoSight(dot);
    } else if (fitted !== null && fitted.view === viewNow()) {
      void fitView({ ...manner, large: fitted.large });
    } else if (isHidden(shownBox(watched()))) {
      bringIntoSight(watched());
    }
  };
  const size = new ResizeObserver(() => requestAnimationFrame(() => changed({ still: true })));
  size.observe(root);
  const uncover = useCovered.subscribe(() => changed({ still: false }));
  return () => {
    size.disconnect();
    uncover();
  };
}

/** What is selected; else what the caption speaks of. */
const watched = (): readonly string[] => (currentSelection().length > 0 ? currentSelection() : useUi.getState().spokenOf);

/** The dot whose journey is open, where it was clicked, from the canvas's corner. */
function clickedDot(): Box | null {
  const at = useUi.getState().journey?.at ?? null;
  const root = element?.getBoundingClientRect();
  return at === null || root === undefined ? null : { x: at.x - root.x, y: at.y - root.y, width: 0, height: 0 };
}

function isWithin(shown: Box | null, { width, height }: ReturnType<typeof room>): boolean {
  return shown !== null && shown.x >= 0 && shown.y >= 0 && shown.x + shown.width <= width && shown.y + shown.height <= height;
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
  const [bounds, shown] = [boundsOf(boxesOf(ids)), shownBox(ids)];
  if (bounds === null || shown === null) return;
  const { width, height } = room();
  if (shown.width > width - 2 * air || shown.height > height - 2 * air) return void show(bounds, 0.15, glide());
  nudgeIntoSight(shown);
}

/** How far from the edge is well in sight. */
const air = 32;

function nudgeIntoSight(shown: Box): void {
  const { width, height } = room();
  const dx = nudge(shown.x, shown.width, width);
  const dy = nudge(shown.y, shown.height, height);
  if (dx !== 0 || dy !== 0) pan(dx, dy);
}

/** Where they are shown, from the canvas's corner in window pixels. */
function shownBox(ids: readonly string[]): Box | null {
  const bounds = boundsOf(boxesOf(ids));
  if (flow === null || bounds === null) return null;
  const { x, y, zoom: now } = flow.getViewport();
  return { x: bounds.x * now + x, y: bounds.y * now + y, width: bounds.width * now, height: bounds.height * now };
}

function nudge(start: number, length: number, room: number): number {
  if (start < air) return air - start;
  return start + length > room - air ? room - air - start - length : 0;
}

const boxesOf = (ids: readonly string[]): Box[] => ids.flatMap((id) => boxOf(id) ?? []);

function boxOf(id: string): Box | null {
  const { boxes, ways } = useDrawing.getState();
  const way = ways.get(id);
  return boxes.get(id) ?? (way === undefined ? null : { ...along(way, 0.5), width: 1, height: 1 });
}

/** The middle of what can be seen. */
export function viewMiddle(): Point {
  const root = element?.getBoundingClientRect();
  const { width, height } = room();
  return root === undefined ? { x: 0, y: 0 } : toCanvas({ x: root.x + width / 2, y: root.y + height / 2 });
}
