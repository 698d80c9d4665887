import { create } from "zustand";
import type { Command } from "../../document/commands.ts";
import * as Steps from "../../document/history.ts";
import type { Topology } from "../../document/topology.ts";
import { refusalText } from "../words/refusals.ts";
import { words } from "../words/words.ts";
import { kinds } from "./kinds.ts";
import { send } from "./run-store.ts";

export type SavedState = "saving" | "saved" | "full" | "unavailable" | "following";

export interface DocumentState {
  readonly document: Topology;
  readonly history: Steps.History;
  /** Ids of nodes and links. */
  readonly selection: readonly string[];
  readonly canUndo: boolean;
  readonly canRedo: boolean;
  /** "following": another tab writes this document, and this one shows what it does. */
  readonly savedState: SavedState;
}

export type Dispatched = { readonly ok: true; readonly created: readonly string[] } | { readonly ok: false; readonly message: string };

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

/** The document that is open, what is selected of it, and whether it is safe. It changes only through `dispatch`, undo and redo. */
export const useDocument = create<DocumentState>(() => ({
  ...stateOf(Steps.createHistory(blankTopology)),
  selection: [],
  savedState: "saved",
}));

export const currentDocument = (): Topology => useDocument.getState().document;
export const currentSelection = (): readonly string[] => useDocument.getState().selection;
export const isReadOnly = (): boolean => useDocument.getState().savedState === "following";

/** Opens a document in place of the one that is open; its history begins anew. */
export function openDocument(document: Topology, options: { readonly playing?: boolean; readonly director?: boolean } = {}): void {
  useDocument.setState({ ...stateOf(Steps.createHistory(document)), selection: [] });
  send({ type: "open", document, playing: options.playing ?? true, director: options.director ?? true });
}

/**
 * Does a command: the one way in which a person changes the document. A refusal is in the person's language.
 * Commands of one `mergeKey` that follow each other are one step to undo.
 */
export function dispatch(command: Command, options: { readonly mergeKey?: string } = {}): Dispatched {
  if (isReadOnly()) return { ok: false, message: words()("readOnly") };
  const done = Steps.commit(useDocument.getState().history, command, kinds(), options);
  if (!done.ok) return { ok: false, message: refusalText(done.error) };
  if (done.changed) goTo(done.history);
  return { ok: true, created: done.created };
}

export const undo = (): void => stepTo(Steps.undo);
export const redo = (): void => stepTo(Steps.redo);

function stepTo(step: (history: Steps.History) => Steps.History): void {
  const before = useDocument.getState().history;
  const after = step(before);
  if (after !== before && !isReadOnly()) goTo(after);
}

/** The run went back to another document: a step like any other, so that what was left can be had again. */
export function takeDocument(document: Topology): void {
  const done = Steps.commit(useDocument.getState().history, { type: "replace", document }, kinds());
  if (done.ok && done.changed) show(done.history);
}

/** What the tab that writes this document has done to it. */
export function followDocument(document: Topology): void {
  show(Steps.createHistory(document));
  send({ type: "edit", document });
}

export function select(ids: readonly string[]): void {
  const before = currentSelection();
  if (ids.length === before.length && ids.every((id, index) => id === before[index])) return;
  useDocument.setState({ selection: [...ids] });
}

function goTo(history: Steps.History): void {
  show(history);
  send({ type: "edit", document: history.document });
}

function show(history: Steps.History): void {
  const { nodes, links } = history.document;
  const selection = currentSelection().filter((id) => Object.hasOwn(nodes, id) || Object.hasOwn(links, id));
  useDocument.setState({ ...stateOf(history), selection });
}

function stateOf(history: Steps.History) {
  return { history, document: history.document, canUndo: Steps.canUndo(history), canRedo: Steps.canRedo(history) };
}
