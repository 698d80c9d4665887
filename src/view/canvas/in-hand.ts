import { inOrder } from "../../document/tree.ts";
import type { LinkRecord, NodeId } from "../../document/topology.ts";
import { reachedOnCanvas } from "../shell/focus.ts";
import { toast } from "../shell/toast.ts";
import { currentDocument, currentSelection } from "../state/document-store.ts";
import { reveal } from "../state/ui-store.ts";
import { words } from "../words/words.ts";
import { canvasElement, toWindow, viewMiddle } from "./camera.ts";
import { useCanvas } from "./canvas-store.ts";
import { useDrawing } from "./drawing.ts";
import type { Point } from "./geometry.ts";
import { openMenu } from "./modes.ts";

/** The node that keys speak of: the one with the focus, else the one that is selected, else where the focus was last. */
export function nodeInHand(): NodeId | null {
  const { nodes } = currentDocument();
  const reached = reachedOnCanvas();
  const isOnLink = reached !== null && nodes[reached] === undefined;
  const candidates = [reached, ...(isOnLink ? [] : currentSelection()), useCanvas.getState().focused];
  return candidates.find((id) => id !== null && nodes[id] !== undefined) ?? null;
}

/** Opens a menu about a node beside its title. */
export function openMenuBeside(about: "node" | "ends" | "homes", id: NodeId): void {
  const box = canvasElement()
    ?.querySelector(`[data-node="${CSS.escape(id)}"]`)
    ?.getBoundingClientRect();
  if (box !== undefined) openMenu({ about, id, at: { x: box.x + 16, y: box.y + Math.min(40, box.height) } });
}

/** A point of the window at the right of a node. */
export function besideOf(id: NodeId): Point {
  const box = useDrawing.getState().boxes.get(id);
  return box === undefined ? toWindow(viewMiddle()) : toWindow({ x: box.x + box.width + 72, y: box.y + box.height / 2 });
}

/** The focus goes to the first link of the node in hand, and from a link to the next of the same node. */
export function goToNextLink(): void {
  const id = nodeInHand();
  if (id === null) return toast.note(words()("selectFirst"));
  const links = linksOf(id);
  const next = links[links.findIndex((link) => link.id === reachedOnCanvas()) + 1] ?? links[0];
  if (next === undefined) return toast.note(words()("noLinks", { name: currentDocument().nodes[id]!.name }));
  useCanvas.setState({ focused: id });
  reveal([next.id]);
  focusOnLink(next.id);
}

function linksOf(id: NodeId): readonly LinkRecord[] {
  return inOrder(currentDocument().links).filter(({ from, to }) => from === id || to === id);
}

export function focusOnLink(id: string): void {
  canvasElement()
    ?.querySelector<SVGElement>(`[data-link="${CSS.escape(id)}"]`)
    ?.focus();
}
