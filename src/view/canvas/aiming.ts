import { mayStand, type Verdict } from "../../document/rules.ts";
import type { NodeId } from "../../document/topology.ts";
import { currentDocument } from "../state/document-store.ts";
import { kindOf, kinds } from "../state/kinds.ts";
import { frameAt } from "./boxes.ts";
import { toCanvas } from "./camera.ts";
import { useCanvas, type Aim } from "./canvas-store.ts";
import { useDrawing } from "./drawing.ts";
import type { Point } from "./geometry.ts";

/** Where things of these kinds would come to stand if they were let go at a point of the window. */
export function aimAt(pointer: Point, kindIds: readonly string[], except: ReadonlySet<NodeId> = new Set()): Aim {
  const document = currentDocument();
  const frame = frameAt(document, kinds(), useDrawing.getState().boxes, toCanvas(pointer), except);
  const refusal = kindIds.map((kind) => standing(kind, frame)).find((verdict) => !verdict.ok);
  return { frame, refusal: refusal === undefined || refusal.ok ? null : refusal };
}

function standing(kindId: string, frame: NodeId | null): Verdict {
  const child = kindOf(kindId);
  const parent = frame === null ? null : kindOf(currentDocument().nodes[frame]!.kind);
  return child === null ? { ok: true } : mayStand(child, parent);
}

/** The kind of frame that could be made there to hold it: the first in the palette's order. */
export function holderFor(kindId: string, frame: NodeId | null): string | null {
  const child = kindOf(kindId);
  if (child === null) return null;
  const holders = [...kinds().values()]
    .filter((kind) => kind.id !== kindId && mayStand(child, kind).ok && standing(kind.id, frame).ok)
    .sort((a, b) => a.palette.order - b.palette.order);
  return holders[0]?.id ?? null;
}

export function showAim(pointer: Point, aim: Aim | null): void {
  const before = useCanvas.getState().aim;
  const same = before?.frame === aim?.frame && before?.refusal?.code === aim?.refusal?.code;
  useCanvas.setState(same ? { pointer } : { pointer, aim });
}

export const endAim = (): void => useCanvas.setState({ pointer: null, aim: null });
