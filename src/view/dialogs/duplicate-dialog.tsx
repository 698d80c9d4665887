import { duplicate } from "../keys/edit-commands.ts";
import { useDocument } from "../state/document-store.ts";
import { openDialog } from "../state/ui-store.ts";
import { useWords } from "../words/words.ts";
import { Dialog } from "./dialog.tsx";
import { useTimesField } from "./times-field.tsx";

/** Duplicates what is selected, so many times, as one step. */
export function DuplicateDialog() {
  const t = useWords();
  const nodes = useDocument((state) => state.document.nodes);
  const ids = useDocument((state) => state.selection).filter((id) => Object.hasOwn(nodes, id));
  const { times, field } = useTimesField("3");
  const copy = () => {
    if (ids.length === 0 || times === null) return;
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
        {field}
        <button type="submit" className="chip strong" disabled={ids.length === 0 || times === null}>
          {t("duplicate")}
        </button>
      </form>
    </Dialog>
  );
}
