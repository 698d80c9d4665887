import { exportFile, exportName, exportText } from "../saving/export-file.ts";
import { useWords } from "../words/words.ts";
import { Dialog } from "./dialog.tsx";
import { TextToCopy } from "./text-to-copy.tsx";

/** The document as JSON: to a file, or as a text. */
export function ExportDialog() {
  const t = useWords();
  return (
    <Dialog title={t("export")} about={t("exportAbout")}>
      <TextToCopy text={exportText()} label={t("exportText")}>
        <button type="button" className="chip strong" autoFocus onClick={exportFile}>
          {t("exportFile", { name: exportName() })}
        </button>
      </TextToCopy>
    </Dialog>
  );
}
