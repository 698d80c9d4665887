import { mayLink, type LinkVerdict } from "../../document/rules.ts";
import type { NodeId } from "../../document/topology.ts";
import { hands } from "../hands/hands.ts";
import { currentDocument } from "../state/document-store.ts";
import { kindOf, kinds } from "../state/kinds.ts";
import { endAim, showAim } from "./aiming.ts";
import { frameAt } from "./boxes.ts";
import { isOnCanvas, nodeUnder, toCanvas } from "./camera.ts";
import type { Aim } from "./canvas-store.ts";
import { useDrawing } from "./drawing.ts";
import type { Point } from "./geometry.ts";
import { endMode, enter, isMode, openMenu, type Drawn } from "./modes.ts";
import { track } from "./track.ts";

/** A press that goes no farther than this is a click: the line then follows the pointer until the next click. */
const clickPixels = 5;

/** A link follows the pointer from a port until it is let go on a node, or on the canvas, where a new node can be its end. */
export function beginLink(from: NodeId, role: string, { clientX, clientY }: { clientX: number; clientY: number }): void {
  const drawn = { from, role };
  enter({ type: "LINK", drawn });
  showAim({ x: clientX, y: clientY }, null);
  follow(drawn, { x: clientX, y: clientY });
}

function follow(drawn: Drawn, pressedAt: Point | null): void {
  track({
    move: (pointer) => showAim(pointer, aimOf(drawn, pointer)),
    drop: (pointer) => {
      const isClick = pressedAt !== null && Math.hypot(pointer.x - pressedAt.x, pointer.y - pressedAt.y) < clickPixels;
      if (isClick) queueMicrotask(() => (enter({ type: "LINK", drawn }), follow(drawn, null)));
      else if (isOnCanvas(pointer)) letGo(drawn, pointer);
    },
    end: () => {
      endAim();
      if (isMode("linking")) endMode();
    },
  });
}

function aimOf(drawn: Drawn, pointer: Point): Aim | null {
  const to = isOnCanvas(pointer) ? endUnder(drawn, pointer) : null;
  if (to === null) return null;
  const verdict = verdictOf(drawn.from, to, drawn.role);
  return { frame: to, refusal: verdict.ok ? null : verdict };
}

/** The node under the pointer; the empty room inside a frame that takes no such link is as good as the canvas. */
function endUnder(drawn: Drawn, pointer: Point): NodeId | null {
  const under = nodeUnder(pointer);
  if (under === null || under === drawn.from) return null;
  const kind = kindOf(currentDocument().nodes[under]?.kind ?? "");
  const isRoom = (kind?.places.length ?? 0) > 0 && !verdictOf(drawn.from, under, drawn.role).ok;
  return isRoom ? null : under;
}

export function verdictOf(from: NodeId, to: NodeId, role?: string): LinkVerdict {
  const { nodes } = currentDocument();
  const [start, end] = [kindOf(nodes[from]?.kind ?? ""), kindOf(nodes[to]?.kind ?? "")];
  if (start === null || end === null) return { ok: false, code: "unknown-node", values: { id: to } };
  return from === to ? { ok: false, code: "links-itself", values: {} } : mayLink(start, end, role);
}

function letGo(drawn: Drawn, pointer: Point): void {
  const to = endUnder(drawn, pointer);
  if (to !== null) return hands(({ linkTo }) => linkTo(drawn.from, to, drawn.role));
  if (nodeUnder(pointer) === drawn.from) return;
  const parent = frameAt(currentDocument(), kinds(), useDrawing.getState().boxes, toCanvas(pointer), new Set());
  openMenu({ about: "new end", drawn, parent, at: pointer });
}
