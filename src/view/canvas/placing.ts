import { titleStrip } from "../../document/layout.ts";
import type { NodeId } from "../../document/topology.ts";
import { hands } from "../hands/hands.ts";
import { select } from "../state/document-store.ts";
import { kindOf } from "../state/kinds.ts";
import { aimAt, endAim, showAim } from "./aiming.ts";
import { isOnCanvas, toCanvas } from "./camera.ts";
import { useCanvas } from "./canvas-store.ts";
import { useDrawing } from "./drawing.ts";
import { snap, type Point } from "./geometry.ts";
import { endMode, enter } from "./modes.ts";
import { track } from "./track.ts";

/** A new node of this kind follows the pointer until it is let go on the canvas; Escape lets it go nowhere. */
export function beginPlacing(kindId: string): void {
  if (kindOf(kindId) === null) return;
  enter({ type: "PLACE", kind: kindId });
  track({
    move: (pointer) => showAim(pointer, isOnCanvas(pointer) ? aimAt(pointer, [kindId]) : null),
    drop: (pointer) => isOnCanvas(pointer) && placeAt(kindId, pointer),
    end: () => {
      endAim();
      endMode();
    },
  });
}

/** Puts a new node of this kind under a point of the window. */
function placeAt(kindId: string, pointer: Point): void {
  const { aim } = useCanvas.getState();
  const { frame, refusal } = aim ?? aimAt(pointer, [kindId]);
  const at = toCanvas(pointer);
  const { width, height } = kindOf(kindId)!.size;
  const corner = { x: at.x - width / 2, y: at.y - Math.min(height / 2, 48) };
  const position = relativeTo(frame, corner);
  hands(({ doTidily, refusalText, refuseStanding }) => {
    const add = (parent: NodeId | null, at: Point) => ({ type: "add", nodes: [{ kind: kindId, parent, position: at }] }) as const;
    if (refusal !== null)
      return refuseStanding(refusalText(refusal), kindId, frame, position, (parent) => add(parent, { x: 12, y: titleStrip }));
    const created = doTidily(add(frame, snap(position)));
    if (created !== null) select(created);
  });
}

/** A point of the canvas as seen from a frame's corner. */
export function relativeTo(frame: NodeId | null, { x, y }: Point): Point {
  const box = frame === null ? undefined : useDrawing.getState().boxes.get(frame);
  return box === undefined ? { x, y } : { x: x - box.x, y: y - box.y };
}
