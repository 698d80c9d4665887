import { useRefusal } from "../saving/import-file.ts";
import { errorText } from "../words/refusals.ts";
import { useWords } from "../words/words.ts";
import { Dialog } from "./dialog.tsx";

/** Why a file was not opened: each error with its code, its place and its reason. The open document is as it was. */
export function RefusedDialog() {
  const t = useWords();
  const { name, errors } = useRefusal();
  return (
    <Dialog title={t("refusedTitle", { name })} about={t("refusedAbout")}>
      <ul className="max-h-80 overflow-y-auto" tabIndex={0} aria-label={t("refusedList")}>
        {errors.map((error, index) => (
          <li key={index} className="border-t border-hair py-2">
            <p>{errorText(error)}</p>
            <p className="font-mono text-12 break-all text-ink2">
              {error.code} · {error.path}
              {error.line !== undefined && ` · ${error.line}:${error.column ?? 1}`}
            </p>
          </li>
        ))}
      </ul>
    </Dialog>
  );
}
