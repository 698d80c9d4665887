import { switchDiscovery } from "../../document/switch-discovery.ts";
import { doTidily } from "../canvas/doing.ts";
import { toast } from "../shell/toast.ts";
import { currentDocument, currentSelection, select } from "../state/document-store.ts";
import { dispatch, tell } from "../state/editing.ts";
import { kinds } from "../state/kinds.ts";
import { words } from "../words/words.ts";
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

/** Who is selected and is sent on by a balancer asks the registry itself from now on, or the other way round: one step. */
export function switchSide(): void {
  const document = currentDocument();
  const commands = inHand().flatMap((id) => switchDiscovery(document, id, kinds())?.commands ?? []);
  if (commands.length === 0) toast.note(words()("nothingToSwitch"));
  else tell(dispatch({ type: "together", label: "switch-discovery", commands }));
}
