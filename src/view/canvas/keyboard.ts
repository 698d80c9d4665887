import type { KeyboardEvent } from "react";
import { isFrame } from "../../document/layout.ts";
import type { NodeId } from "../../document/topology.ts";
import { isReachedByKey } from "../shell/reached.ts";
import { currentDocument, currentSelection, select } from "../state/document-store.ts";
import { kinds } from "../state/kinds.ts";
import { useUi } from "../state/ui-store.ts";
import { bringIntoSight, canvasElement, fitView, pan, zoomIn, zoomOut } from "./camera.ts";
import { useCanvas } from "./canvas-store.ts";
import { doTidily } from "./doing.ts";
import { useDrawing } from "./drawing.ts";
import type { Point } from "./geometry.ts";
import { firstOf, nextInDirection, spotOf, type Direction } from "./walk.ts";

const arrows: Readonly<Record<string, Direction>> = { ArrowLeft: "left", ArrowRight: "right", ArrowUp: "up", ArrowDown: "down" };
const step: Readonly<Record<Direction, Point>> = {
  left: { x: -12, y: 0 },
  right: { x: 12, y: 0 },
  up: { x: 0, y: -12 },
  down: { x: 0, y: 12 },
};
const panPixels = 96;

function spots(): Map<NodeId, Point> {
  const { nodes } = currentDocument();
  return new Map(
    [...useDrawing.getState().boxes].map(([id, box]) => [id, spotOf(box, nodes[id] !== undefined && isFrame(nodes[id], kinds()))]),
  );
}

/** Keeps the one node that Tab reaches: where the focus was last, else the first. Returns how to stop. */
export function followTabStop(): () => void {
  const settle = () => {
    const { focused } = useCanvas.getState();
    if (focused === null || !useDrawing.getState().boxes.has(focused)) useCanvas.setState({ focused: firstOf(spots()) });
  };
  settle();
  return useDrawing.subscribe((now, before) => now.boxes !== before.boxes && settle());
}

/** Keys on a node that has the focus. The arrows are its own only if it was reached by key: after a click they tell the story. */
export function onNodeKey(event: KeyboardEvent): void {
  const node = (event.target as HTMLElement).closest<HTMLElement>("[data-node]");
  const id = node?.dataset["node"];
  if (node === null || id === undefined) return;
  const direction = arrows[event.key];
  if (direction !== undefined && !event.shiftKey && !event.ctrlKey && !event.metaKey) {
    if (!event.altKey && !isReachedByKey(node)) return;
    event.preventDefault();
    if (event.altKey) nudge(id, direction);
    else focusNode(nextInDirection(spots(), id, direction));
  } else if (event.key === "Enter") {
    event.preventDefault();
    chooseByKey(id, event.shiftKey || event.ctrlKey || event.metaKey);
  }
}

function chooseByKey(id: NodeId, add: boolean): void {
  const selection = currentSelection();
  if (!add) select([id]);
  else select(selection.includes(id) ? selection.filter((other) => other !== id) : [...selection, id]);
  useUi.setState({ inspector: true });
}

function nudge(id: NodeId, direction: Direction): void {
  const { nodes } = currentDocument();
  const selected = currentSelection().filter((other) => nodes[other] !== undefined);
  const ids = selected.includes(id) ? selected : [id];
  const { x, y } = step[direction];
  const moves = ids.map((other) => ({ id: other, position: { x: nodes[other]!.position.x + x, y: nodes[other]!.position.y + y } }));
  doTidily({ type: "move", moves }, { mergeKey: `nudge ${ids.join(" ")}` });
}

export function focusNode(id: NodeId | null): void {
  if (id === null) return;
  useCanvas.setState({ focused: id });
  bringIntoSight([id]);
  requestAnimationFrame(() =>
    canvasElement()
      ?.querySelector<HTMLElement>(`[data-node="${CSS.escape(id)}"]`)
      ?.focus(),
  );
}

/** Keys that move the window on the drawing, wherever the focus is, unless something is being typed. Returns how to stop. */
export function listenForViewKeys(): () => void {
  const listener = (event: globalThis.KeyboardEvent) => {
    if (event.defaultPrevented || event.isComposing || isTyping(event.target) || useUi.getState().dialog !== null) return;
    const move = viewMove(event);
    if (move === null) return;
    event.preventDefault();
    move();
  };
  window.addEventListener("keydown", listener);
  return () => window.removeEventListener("keydown", listener);
}

function viewMove(event: globalThis.KeyboardEvent): (() => void) | null {
  if (event.ctrlKey || event.metaKey || event.altKey) return null;
  const direction = arrows[event.key];
  if (direction !== undefined && event.shiftKey)
    return () => pan((-step[direction].x / 12) * panPixels, (-step[direction].y / 12) * panPixels);
  if (event.key === "+" || event.key === "=") return zoomIn;
  if (event.key === "-" || event.key === "_") return zoomOut;
  return event.code === "Digit1" ? () => void fitView() : null;
}

const isTyping = (target: EventTarget | null): boolean =>
  target instanceof Element &&
  target.closest("input, textarea, select, [contenteditable], [role=menu], [role=listbox], [role=dialog], [role=slider]") !== null;
