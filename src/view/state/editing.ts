import type { Command } from "../../document/commands.ts";
import * as Editing from "../../document/history.ts";
import { createHistory, type History } from "../../document/steps.ts";
import type { Topology } from "../../document/topology.ts";
import { toast } from "../shell/toast.ts";
import { refusalText } from "../words/refusals.ts";
import { words } from "../words/words.ts";
import { currentDocument, isEmpty, isReadOnly, show, useDocument } from "./document-store.ts";
import { kinds } from "./kinds.ts";
import { currentTime, send } from "./run-store.ts";

export type Dispatched = { readonly ok: true; readonly created: readonly string[] } | { readonly ok: false; readonly message: string };

/**
 * Does a command: the one way in which a person changes the document. A refusal is in the person's language.
 * Commands of one `mergeKey` that follow each other are one step to undo.
 */
export function dispatch(command: Command, options: { readonly mergeKey?: string } = {}): Dispatched {
  if (isReadOnly()) return { ok: false, message: words()("readOnly") };
  const done = Editing.commit(useDocument.getState().history, command, kinds(), options);
  if (!done.ok) return { ok: false, message: refusalText(done.error) };
  if (done.changed) goTo(done.history);
  return { ok: true, created: done.created };
}

export const undo = (): void => stepTo(Editing.undo);
export const redo = (): void => stepTo(Editing.redo);

function stepTo(step: (history: History) => History): void {
  const before = useDocument.getState().history;
  const after = step(before);
  if (after !== before && !isReadOnly()) goTo(after);
}

/** The run went back to another document: a step like any other, so that what was left can be had again. */
export function takeDocument(document: Topology): void {
  const done = Editing.commit(useDocument.getState().history, { type: "replace", document }, kinds());
  if (done.ok && done.changed) show(done.history);
}

/** What the tab that writes this document has done to it. */
export function followDocument(document: Topology): void {
  show(createHistory(document));
  send({ type: "edit", document });
}

function goTo(history: History): void {
  const begins = isEmpty(currentDocument()) && !isEmpty(history.document) && currentTime().nowUs === 0;
  show(history);
  send({ type: "edit", document: history.document });
  if (begins) send({ type: "play" });
}

/** A refusal is always said. */
export function tell(done: Dispatched): void {
  if (!done.ok) toast.refuse(done.message);
}
