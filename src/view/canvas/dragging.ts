import type { Node, NodeChange } from "@xyflow/react";
import type { Move } from "../../document/commands.ts";
import { titleStrip } from "../../document/layout.ts";
import type { Refusal } from "../../document/rules.ts";
import type { NodeId } from "../../document/topology.ts";
import { outermost, withDescendants } from "../../document/tree.ts";
import { imageOf, runsOn } from "../images/image-of.ts";
import { hands } from "../hands/hands.ts";
import { currentDocument } from "../state/document-store.ts";
import { aimAt, endAim, showAim } from "./aiming.ts";
import { useCanvas, type Aim } from "./canvas-store.ts";
import { useDrawing } from "./drawing.ts";
import type { Point } from "./geometry.ts";
import { endMode, enter, isMode } from "./modes.ts";
import { relativeTo } from "./placing.ts";

type Pointed = MouseEvent | TouchEvent | React.MouseEvent;

const windowPoint = (event: Pointed): Point | null => ("clientX" in event ? { x: event.clientX, y: event.clientY } : null);

/** Keeps what React Flow says of dragged nodes until they are let go; the document learns of it then, once. */
export function takeMoves(changes: readonly NodeChange[]): void {
  const moves = changes.flatMap((change) =>
    change.type === "position" && change.position !== undefined && change.dragging === true ? [[change.id, change.position] as const] : [],
  );
  if (moves.length > 0) useCanvas.setState(({ moving }) => ({ moving: new Map([...moving, ...moves]) }));
}

export function dragOver(event: Pointed, dragged: readonly Node[]): void {
  const pointer = windowPoint(event);
  if (pointer === null) return;
  if (!isMode("dragging")) enter({ type: "DRAG" });
  const aim = aimOf(pointer, dragged);
  const stays = dragged.every((node) => (node.parentId ?? null) === aim.frame);
  showAim(pointer, stays ? null : aim);
}

/** What was dragged comes to stand where it was let go, or goes back and says why. */
export function dragEnd(event: Pointed, dragged: readonly Node[]): void {
  const pointer = windowPoint(event);
  const { boxes } = useDrawing.getState();
  const roots = outermost(
    currentDocument(),
    dragged.map(({ id }) => id),
  );
  const corners = new Map(roots.map(({ id }) => [id, boxes.get(id)] as const));
  const aim = pointer === null ? null : aimOf(pointer, dragged);
  const moved = useCanvas.getState().moving.size > 0;
  useCanvas.setState({ moving: new Map() });
  endAim();
  if (isMode("dragging")) endMode();
  if (!moved || aim === null) return;
  const moves = roots.flatMap(({ id }) => (corners.get(id) === undefined ? [] : [moveTo(id, aim.frame, corners.get(id)!)]));
  if (aim.runs) hands(({ runImage }) => roots.forEach((root) => runImage(imageOf(root)!, aim.frame!, 1)));
  else if (aim.refusal === null) hands(({ doTidily }) => doTidily({ type: "move", moves }));
  else refuse(aim.refusal, aim.frame, roots[0]!.kind, moves);
}

const moveTo = (id: NodeId, frame: NodeId | null, corner: Point): Move => ({ id, parent: frame, position: relativeTo(frame, corner) });

function refuse(refusal: Refusal, frame: NodeId | null, kind: string, moves: readonly Move[]): void {
  hands(({ refusalText, refuseStanding }) =>
    refuseStanding(refusalText(refusal), kind, frame, moves[0]!.position, (parent) => ({
      type: "move",
      moves: moves.map((move, index) => ({ ...move, parent, position: { x: 12 + index * 12, y: titleStrip } })),
    })),
  );
}

function aimOf(pointer: Point, dragged: readonly Node[]): Aim {
  const document = currentDocument();
  const roots = outermost(
    document,
    dragged.map(({ id }) => id),
  );
  const except = new Set(
    withDescendants(
      document,
      roots.map(({ id }) => id),
    ).map(({ id }) => id),
  );
  const aim = aimAt(pointer, [...new Set(roots.map(({ kind }) => kind))], except);
  return aim.refusal !== null && runsOn(roots, aim.frame) ? { ...aim, refusal: null, runs: true } : aim;
}
