import { linkActsOf } from "../../document/link-settings.ts";
import { toast } from "../shell/toast.ts";
import { kindOf } from "../state/kinds.ts";
import { reachedOnCanvas } from "../shell/focus.ts";
import { currentDocument, currentSelection, select } from "../state/document-store.ts";
import { act, currentStatus } from "../state/run-store.ts";
import { words } from "../words/words.ts";

/** The factor of a plain `slow`. */
const slowFactor = 4;

/** Acts that this node or link can suffer now, in order of use; before the run has spoken, all its kind's acts. */
export function actsOf(id: string): readonly string[] {
  const document = currentDocument();
  const link = document.links[id];
  if (link !== undefined) return linkActsOf(link);
  const node = document.nodes[id];
  if (node === undefined) return [];
  return currentStatus(id)?.acts ?? kindOf(node.kind)?.acts ?? [];
}

/** Does an act, with the amount it needs. Acts are not undone; the run is told, the document is not. */
export function doAct(name: string, target: string): void {
  if (name === "slow") act(name, target, slowFactor);
  else act(name, target);
}

/** What is selected; with nothing selected, the thing that the keyboard has reached, which then is. */
export function inHand(): readonly string[] {
  const reached = reachedOnCanvas();
  if (currentSelection().length === 0 && reached !== null) select([reached]);
  return currentSelection();
}

/** Does to each selected thing the first of `names` that makes sense for it now. */
export function actOnSelection(names: readonly string[]): void {
  const selection = inHand();
  if (selection.length === 0) return toast.note(words()("selectFirst"));
  const done = selection.filter((id) => actOn(id, names));
  if (done.length === 0 && !selection.every(isUnderWay)) toast.note(words()(selection.every(isPackage) ? "packageNotActed" : "actNotNow"));
}

function actOn(id: string, names: readonly string[]): boolean {
  const name = actsOf(id).find((candidate) => names.includes(candidate));
  if (name === undefined) return false;
  doAct(name, id);
  return true;
}

/** A package: nothing runs in it that could be started, stopped or killed. */
const isPackage = (id: string): boolean => kindOf(currentDocument().nodes[id]?.kind ?? "")?.packages !== undefined;

/** It is on its way already: a key pressed twice needs no telling off. */
const isUnderWay = (id: string): boolean => currentStatus(id)?.tone === "busy";
