import { create } from "zustand";
import { canRedo, canUndo, createHistory, type History } from "../../document/steps.ts";
import type { Topology } from "../../document/topology.ts";
import { send } from "./run-store.ts";

export type SavedState = "saving" | "saved" | "full" | "unavailable" | "following";

export interface DocumentState {
  readonly document: Topology;
  readonly history: History;
  /** Ids of nodes and links. */
  readonly selection: readonly string[];
  readonly canUndo: boolean;
  readonly canRedo: boolean;
  /** "following": another tab writes this document, and this one shows what it does. */
  readonly savedState: SavedState;
}

export const blankTopology: Topology = {
  format: "breakwater",
  version: 1,
  title: { en: "Untitled", zh: "未命名" },
  seed: 1,
  start: "warm",
  nodes: {},
  links: {},
  schedule: {},
};

/** The document that is open, what is selected of it, and whether it is safe. It changes only through `editing.ts`. */
export const useDocument = create<DocumentState>(() => ({
  ...stateOf(createHistory(blankTopology)),
  selection: [],
  savedState: "saved",
}));

export const currentDocument = (): Topology => useDocument.getState().document;
export const currentSelection = (): readonly string[] => useDocument.getState().selection;
export const isReadOnly = (): boolean => useDocument.getState().savedState === "following";

/** Opens a document in place of the one that is open; its history begins anew. An empty one stands until there is something to play. */
export function openDocument(document: Topology, options: { readonly playing?: boolean; readonly director?: boolean } = {}): void {
  useDocument.setState({ ...stateOf(createHistory(document)), selection: [] });
  send({ type: "open", document, playing: options.playing ?? !isEmpty(document), director: options.director ?? true });
}

export const isEmpty = ({ nodes }: Topology): boolean => Object.keys(nodes).length === 0;

export function select(ids: readonly string[]): void {
  const before = currentSelection();
  if (ids.length === before.length && ids.every((id, index) => id === before[index])) return;
  useDocument.setState({ selection: [...ids] });
}

/** What editing, following and going back have made of the document; what is gone is no longer selected. */
export function show(history: History): void {
  const { nodes, links } = history.document;
  const selection = currentSelection().filter((id) => Object.hasOwn(nodes, id) || Object.hasOwn(links, id));
  useDocument.setState({ ...stateOf(history), selection });
}

function stateOf(history: History) {
  return { history, document: history.document, canUndo: canUndo(history), canRedo: canRedo(history) };
}
