import type { KeyboardEvent } from "react";
import type { LinkId, NodeId } from "../../document/topology.ts";
import { isReachedByKey } from "../shell/reached.ts";
import { hands } from "../hands/hands.ts";
import { currentDocument, currentSelection, select } from "../state/document-store.ts";
import { useUi } from "../state/ui-store.ts";
import { fitView, pan, zoomIn, zoomOut } from "./camera.ts";
import { along } from "./curve.ts";
import { useDrawing } from "./drawing.ts";
import type { Point } from "./geometry.ts";
import { focusNode, spots } from "./tab-stop.ts";
import { nextInDirection, type Direction } from "./walk.ts";

const arrows: Readonly<Record<string, Direction>> = { ArrowLeft: "left", ArrowRight: "right", ArrowUp: "up", ArrowDown: "down" };
const step: Readonly<Record<Direction, Point>> = {
  left: { x: -12, y: 0 },
  right: { x: 12, y: 0 },
  up: { x: 0, y: -12 },
  down: { x: 0, y: 12 },
};
const panPixels = 96;

/** Keys on a node or a link that has the focus. The arrows are its own only if it was reached by key: after a click they tell the story. */
export function onCanvasKey(event: KeyboardEvent): void {
  const link = (event.target as Element).closest<SVGElement>("[data-link]")?.dataset["link"];
  if (link !== undefined) onLinkKey(event, link);
  else onNodeKey(event);
}

/** From a link the arrows lead to the ends of it. */
function onLinkKey(event: KeyboardEvent, id: LinkId): void {
  const direction = plainArrow(event);
  if (direction !== null) {
    event.preventDefault();
    focusNode(endTowards(id, direction));
  } else if (event.key === "Enter") {
    event.preventDefault();
    chooseByKey(id, adds(event));
  }
}

/** The end that lies that way; a link's start lies before it, its end behind it, wherever they stand. */
function endTowards(id: LinkId, direction: Direction): NodeId | null {
  const { links } = currentDocument();
  const way = useDrawing.getState().ways.get(id);
  const link = links[id];
  if (link === undefined || way === undefined) return null;
  const ends = new Map([...spots()].filter(([node]) => node === link.from || node === link.to));
  const before = direction === "left" || direction === "up";
  return nextInDirection(ends.set("", along(way, 0.5)), "", direction) ?? (before ? link.from : link.to);
}

const plainArrow = (event: KeyboardEvent): Direction | null =>
  event.shiftKey || event.ctrlKey || event.metaKey || event.altKey ? null : (arrows[event.key] ?? null);
const adds = (event: KeyboardEvent): boolean => event.shiftKey || event.ctrlKey || event.metaKey;

function onNodeKey(event: KeyboardEvent): void {
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
    chooseByKey(id, adds(event));
  }
}

function chooseByKey(id: NodeId | LinkId, add: boolean): void {
  const selection = currentSelection();
  if (!add) select([id]);
  else select(selection.includes(id) ? selection.filter((other) => other !== id) : [...selection, id]);
  useUi.setState({ inspector: true });
}

function nudge(id: NodeId, direction: Direction): void {
  hands(({ doTidily }) => {
    const { nodes } = currentDocument();
    const selected = currentSelection().filter((other) => nodes[other] !== undefined);
    const ids = selected.includes(id) ? selected : [id];
    const { x, y } = step[direction];
    const moves = ids.map((other) => ({ id: other, position: { x: nodes[other]!.position.x + x, y: nodes[other]!.position.y + y } }));
    doTidily({ type: "move", moves }, { mergeKey: `nudge ${ids.join(" ")}` });
  });
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
