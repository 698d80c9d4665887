import { useState } from "react";
import { limits } from "../../document/limits.ts";
import { duplicate } from "../keys/edit-commands.ts";
import { useDocument } from "../state/document-store.ts";
import { openDialog } from "../state/ui-store.ts";
import { useWords } from "../words/words.ts";
import { readNumber } from "../panels/field-text.ts";
import { Dialog } from "./dialog.tsx";

/** Duplicates what is selected, so many times, as one step. */
export function DuplicateDialog() {
  const t = useWords();
  const nodes = useDocument((state) => state.document.nodes);
  const ids = useDocument((state) => state.selection).filter((id) => Object.hasOwn(nodes, id));
  const [typed, setTyped] = useState("3");
  const times = readNumber(typed);
  const possible = ids.length > 0 && times !== null && Number.isInteger(times) && times >= 1 && times <= limits.copies;
  const copy = () => {
    if (!possible) return;
    duplicate(times);
    openDialog(null);
  };
  return (
    <Dialog title={t("duplicateTimes")} about={t(ids.length === 0 ? "selectFirst" : "duplicateAbout", { count: ids.length })}>
      <form
        className="flex items-center gap-2"
        onSubmit={(event) => {
          event.preventDefault();
          copy();
        }}
      >
        <label htmlFor="times">{t("times")}</label>
        <input
          id="times"
          className="field w-24"
          inputMode="numeric"
          autoFocus
          value={typed}
          onChange={(event) => setTyped(event.target.value)}
        />
        <button type="submit" className="chip strong" disabled={!possible}>
          {t("duplicate")}
        </button>
      </form>
    </Dialog>
  );
}
