import { isFrame } from "../../document/layout.ts";
import type { NodeId } from "../../document/topology.ts";
import { isReachedByKey } from "../shell/reached.ts";
import { currentDocument, useDocument } from "../state/document-store.ts";
import { kinds } from "../state/kinds.ts";
import { bringIntoSight, canvasElement } from "./camera.ts";
import { useCanvas } from "./canvas-store.ts";
import { useDrawing, type Drawing } from "./drawing.ts";
import type { Point } from "./geometry.ts";
import { focusOnLink } from "./in-hand.ts";
import { firstOf, nearestTo, spotOf } from "./walk.ts";

/** Where each node is looked for by the arrows. */
export function spots(boxes: Drawing["boxes"] = useDrawing.getState().boxes): Map<NodeId, Point> {
  const { nodes } = currentDocument();
  return new Map([...boxes].map(([id, box]) => [id, spotOf(box, nodes[id] !== undefined && isFrame(nodes[id], kinds()))]));
}

/**
 * Keeps the one node that Tab reaches: where the focus was last, else the newly selected, else the first. When what has
 * the focus goes away, its neighbour gets it. Returns how to stop.
 */
export function followTabStop(): () => void {
  settle(useDrawing.getState().boxes);
  const stops = [
    useDrawing.subscribe((now, before) => now.boxes !== before.boxes && settle(before.boxes)),
    useDocument.subscribe((now, before) => now.selection !== before.selection && followSelection(now.selection, before.selection)),
    useDocument.subscribe((now, before) => now.document.links !== before.document.links && leaveLink()),
  ];
  return () => stops.forEach((stop) => stop());
}

function settle(boxesBefore: Drawing["boxes"]): void {
  const { focused } = useCanvas.getState();
  const now = spots();
  if (focused !== null && now.has(focused)) return;
  const hadFocus = focusedByKey()?.dataset["node"] === focused && focused !== null;
  const spot = focused === null ? undefined : spots(boxesBefore).get(focused);
  const next = (spot === undefined ? null : nearestTo(now, spot)) ?? firstOf(now);
  useCanvas.setState({ focused: next });
  if (hadFocus) focusNode(next);
}

/** What was just made, pasted or named is where the keys go on from, if they were on the canvas. */
function followSelection(selection: readonly string[], before: readonly string[]): void {
  keepLink();
  const { nodes } = currentDocument();
  const [fresh] = selection.filter((id) => !before.includes(id));
  if (fresh === undefined) return;
  const active = focusedByKey();
  const isOn = active !== null && selection.includes(active.dataset["node"] ?? active.dataset["link"] ?? "");
  if (isOn) return;
  if (nodes[fresh] === undefined) {
    if (active !== null) requestAnimationFrame(() => focusOnLink(fresh));
  } else if (active !== null) focusNode(fresh);
  else useCanvas.setState({ focused: fresh });
}

/** A line is drawn on another layer while it is selected: it is another element then, and would lose the focus. */
function keepLink(): void {
  const link = focusedByKey()?.dataset["link"];
  if (link === undefined) return;
  requestAnimationFrame(() => {
    if (document.activeElement === document.body) focusOnLink(link);
  });
}

/** A link that is taken away leaves the focus to the node from which one came to it. */
function leaveLink(): void {
  const link = focusedByKey()?.dataset["link"];
  if (link !== undefined && currentDocument().links[link] === undefined) focusNode(useCanvas.getState().focused);
}

/** The node or the link of the canvas that has the focus, if it was reached by key. */
function focusedByKey(): HTMLElement | SVGElement | null {
  const active = canvasElement()?.querySelector<HTMLElement | SVGElement>("[data-node]:focus, [data-link]:focus") ?? null;
  return isReachedByKey(active) ? active : null;
}

/** Frames in which a node may come onto the canvas: what lies out of sight is mounted only when the window gets there. */
const framesToWait = 40;

export function focusNode(id: NodeId | null): void {
  if (id === null) return;
  useCanvas.setState({ focused: id });
  bringIntoSight([id]);
  focusWhenMounted(id, framesToWait);
}

/** At once if it can be, since the next key may follow at once, too. */
function focusWhenMounted(id: NodeId, frames: number): void {
  const element = canvasElement()?.querySelector<HTMLElement>(`[data-node="${CSS.escape(id)}"]`) ?? null;
  if (element !== null) return element.focus({ preventScroll: true });
  requestAnimationFrame(() => {
    if (frames > 0 && useCanvas.getState().focused === id) focusWhenMounted(id, frames - 1);
  });
}
