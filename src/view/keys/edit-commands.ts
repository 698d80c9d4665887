import { doTidily } from "../canvas/doing.ts";
import { currentDocument, currentSelection, select } from "../state/document-store.ts";
import { dispatch, tell } from "../state/editing.ts";
import { inHand } from "./act-on.ts";

export function removeSelection(): void {
  const ids = inHand();
  if (ids.length > 0) tell(dispatch({ type: "remove", ids }));
}

/** Copies what is selected so many times, where nothing overlaps, as one step; the copies are selected. */
export function duplicate(times = 1): void {
  const ids = currentSelection().filter((id) => Object.hasOwn(currentDocument().nodes, id));
  if (ids.length === 0) return;
  const created = doTidily({ type: "duplicate", ids, times });
  if (created !== null) select(created.filter((id) => Object.hasOwn(currentDocument().nodes, id)));
}
