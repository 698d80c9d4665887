import { create } from "zustand";
import type { Refusal } from "../../document/rules.ts";
import type { NodeId } from "../../document/topology.ts";
import type { Point } from "./geometry.ts";
import type { Detail } from "./lod.ts";

/** Where something that is being placed or dragged would come to stand, or what is being linked would lead. */
export interface Aim {
  readonly frame: NodeId | null;
  /** Why it may not stand there, or be linked to it; null: it may. */
  readonly refusal: Refusal | null;
  /** What is dragged is an image, and is run where it is let go. */
  readonly runs?: boolean;
}

export interface CanvasState {
  readonly detail: Detail;
  /** Positions, relative to the parent, of what is being dragged. */
  readonly moving: ReadonlyMap<NodeId, Point>;
  readonly aim: Aim | null;
  /** The pointer in window pixels, while something is being placed, dragged or linked. */
  readonly pointer: Point | null;
  /** The one node that Tab reaches. */
  readonly focused: NodeId | null;
  /** Heights that cards ask for, beyond their kind's. */
  readonly wantedHeights: ReadonlyMap<NodeId, number>;
  /** Where cards let out the lines to the nodes that their rows speak of, in px below their top. */
  readonly exits: ReadonlyMap<NodeId, ReadonlyMap<NodeId, number>>;
}

/** What the canvas knows beside the document: what is being done to it now, and what its cards need. */
export const useCanvas = create<CanvasState>(() => ({
  detail: "card",
  moving: new Map(),
  aim: null,
  pointer: null,
  focused: null,
  wantedHeights: new Map(),
  exits: new Map(),
}));

export function wantHeight(id: NodeId, height: number | null): void {
  const { wantedHeights } = useCanvas.getState();
  if ((wantedHeights.get(id) ?? null) === height) return;
  useCanvas.setState({ wantedHeights: changed(wantedHeights, id, height) });
}

export function letOut(id: NodeId, exits: ReadonlyMap<NodeId, number> | null): void {
  const state = useCanvas.getState();
  if (sameExits(state.exits.get(id) ?? null, exits)) return;
  useCanvas.setState({ exits: changed(state.exits, id, exits) });
}

function changed<Value>(map: ReadonlyMap<NodeId, Value>, id: NodeId, value: Value | null): ReadonlyMap<NodeId, Value> {
  const next = new Map(map);
  if (value === null) next.delete(id);
  else next.set(id, value);
  return next;
}

function sameExits(a: ReadonlyMap<NodeId, number> | null, b: ReadonlyMap<NodeId, number> | null): boolean {
  if (a === null || b === null) return a === b;
  return a.size === b.size && [...a].every(([id, y]) => b.get(id) === y);
}
