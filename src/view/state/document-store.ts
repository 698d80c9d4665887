import { create } from "zustand";
import { apply } from "../../document/apply.ts";
import type { Command } from "../../document/commands.ts";
import type { Topology } from "../../document/topology.ts";
import { refusalText } from "../words/refusals.ts";
import { words } from "../words/words.ts";
import { kinds } from "./kinds.ts";
import { send } from "./run-store.ts";

export type SavedState = "saving" | "saved" | "full" | "unavailable" | "following";

export interface DocumentState {
  readonly document: Topology;
  /** Ids of nodes and links. */
  readonly selection: readonly string[];
  readonly canUndo: boolean;
  readonly canRedo: boolean;
  readonly savedState: SavedState;
}

export type Dispatched = { readonly ok: true; readonly created: readonly string[] } | { readonly ok: false; readonly message: string };

const blank: Topology = {
  format: "breakwater",
  version: 1,
  title: { en: "Untitled", zh: "未命名" },
  seed: 1,
  start: "warm",
  nodes: {},
  links: {},
  schedule: {},
};

/** The document that is open, what is selected of it, and whether it is safe. It changes only through `dispatch`, undo and redo. */
export const useDocument = create<DocumentState>(() => ({
  document: blank,
  selection: [],
  canUndo: false,
  canRedo: false,
  savedState: "saved",
}));

/** Documents are never changed in place, so a step back is the document as it was. */
const historyLimit = 500;
let past: readonly Topology[] = [];
let future: readonly Topology[] = [];

export const currentDocument = (): Topology => useDocument.getState().document;
export const currentSelection = (): readonly string[] => useDocument.getState().selection;

/** Opens a document in place of the one that is open; its history begins anew. */
export function openDocument(document: Topology, options: { playing?: boolean; director?: boolean } = {}): void {
  past = [];
  future = [];
  useDocument.setState({ document, selection: [], canUndo: false, canRedo: false });
  send({ type: "open", document, playing: options.playing ?? true, director: options.director ?? true });
}

/** Does a command: the one way in which a person changes the document. A refusal is in the person's language. */
export function dispatch(command: Command): Dispatched {
  if (useDocument.getState().savedState === "following") return { ok: false, message: words()("readOnly") };
  const applied = apply(currentDocument(), command, kinds());
  if (!applied.ok) return { ok: false, message: refusalText(applied) };
  if (applied.document !== currentDocument()) advance(applied.document);
  return { ok: true, created: applied.created };
}

export function undo(): void {
  const before = past.at(-1);
  if (before === undefined) return;
  past = past.slice(0, -1);
  future = [...future, currentDocument()];
  show(before);
  send({ type: "edit", document: before });
}

export function redo(): void {
  const after = future.at(-1);
  if (after === undefined) return;
  future = future.slice(0, -1);
  past = [...past, currentDocument()];
  show(after);
  send({ type: "edit", document: after });
}

/** The run went back to another document: a step like any other, so that what was left can be had again. */
export function takeDocument(document: Topology): void {
  if (document === currentDocument()) return;
  step(document);
}

export function select(ids: readonly string[]): void {
  const before = currentSelection();
  if (ids.length === before.length && ids.every((id, index) => id === before[index])) return;
  useDocument.setState({ selection: [...ids] });
}

function advance(document: Topology): void {
  step(document);
  send({ type: "edit", document });
}

function step(document: Topology): void {
  past = [...past, currentDocument()].slice(-historyLimit);
  future = [];
  show(document);
}

function show(document: Topology): void {
  const selection = currentSelection().filter((id) => Object.hasOwn(document.nodes, id) || Object.hasOwn(document.links, id));
  useDocument.setState({ document, selection, canUndo: past.length > 0, canRedo: future.length > 0 });
}
