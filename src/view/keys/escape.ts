import { currentSelection, select } from "../state/document-store.ts";
import { useUi } from "../state/ui-store.ts";

/** Escape closes what was opened last; with nothing open it lets go of the selection. */
export function escape(): void {
  const ui = useUi.getState();
  if (ui.journey !== null) return useUi.setState({ journey: null });
  if (ui.presenting) return useUi.setState({ presenting: false });
  if (currentSelection().length > 0) return select([]);
  if (ui.drawer !== null) useUi.setState({ drawer: null });
}
