import type { Patch } from "immer";
import type { Label } from "./command-words.ts";
import type { Topology } from "./topology.ts";

/** One step back or forth: what a person did, as they would name it. */
export interface Step {
  readonly label: Label;
  readonly patches: readonly Patch[];
  readonly inverse: readonly Patch[];
  /** Steps of one key that follow each other are one: dragging a slider, typing a name. */
  readonly mergeKey: string | null;
}

/** Plain data. Nothing in it is ever changed: each function gives a new one. */
export interface History {
  readonly document: Topology;
  readonly past: readonly Step[];
  readonly future: readonly Step[];
  /** Ids of what has been removed, by a command or an undo: never given again in this session. */
  readonly taken: ReadonlySet<string>;
}

export function createHistory(document: Topology): History {
  return { document, past: [], future: [], taken: new Set() };
}

export function canUndo(history: History): boolean {
  return history.past.length > 0;
}

export function canRedo(history: History): boolean {
  return history.future.length > 0;
}

/** What `undo` would take back, or null. */
export function undoLabel(history: History): Label | null {
  return history.past.at(-1)?.label ?? null;
}

export function redoLabel(history: History): Label | null {
  return history.future.at(-1)?.label ?? null;
}
