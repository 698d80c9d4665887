import { openDialog } from "../state/ui-store.ts";
import { useDocument, type SavedState } from "../state/document-store.ts";
import { useWords, type WordKey } from "../words/words.ts";

const wordOf: Readonly<Record<SavedState, WordKey>> = {
  saving: "saving",
  saved: "saved",
  full: "diskFull",
  unavailable: "notSaved",
  following: "following",
};

/** Whether the document is safe. What isn't well stays in sight, with the way out beside it. */
export function SavedMark() {
  const t = useWords();
  const state = useDocument((document) => document.savedState);
  const well = state === "saving" || state === "saved";
  if (well) return <span className="text-ink2 whitespace-nowrap">· {t(wordOf[state])}</span>;
  return (
    <span role="status" className="flex items-center gap-2 whitespace-nowrap text-bad">
      ▲ {t(wordOf[state])}
      {state !== "following" && (
        <button type="button" className="chip text-bad" onClick={() => openDialog("export")}>
          {t("exportNow")}
        </button>
      )}
    </span>
  );
}
