import { useState } from "react";
import { exportFile, exportName, exportText } from "../saving/export-file.ts";
import { useWords } from "../words/words.ts";
import { Dialog } from "./dialog.tsx";

/** The document as JSON: to a file, to the clipboard, or to be selected and copied by hand where both are closed. */
export function ExportDialog() {
  const t = useWords();
  const [copied, setCopied] = useState<"no" | "yes" | "failed">("no");
  const text = exportText();
  const copy = () => {
    navigator.clipboard.writeText(text).then(
      () => setCopied("yes"),
      () => setCopied("failed"),
    );
  };
  return (
    <Dialog title={t("export")} about={t("exportAbout")}>
      <div className="flex items-center gap-2">
        <button type="button" className="chip strong" autoFocus onClick={exportFile}>
          {t("exportFile", { name: exportName() })}
        </button>
        <button type="button" className="chip" onClick={copy}>
          {t("exportCopy")}
        </button>
        <span role="status" className="text-ink2">
          {copied === "yes" ? t("copied") : copied === "failed" ? t("clipboardClosed") : ""}
        </span>
      </div>
      <textarea
        className="field mt-3 h-64 font-mono text-12"
        readOnly
        value={text}
        aria-label={t("exportText")}
        onFocus={(event) => event.target.select()}
      />
    </Dialog>
  );
}
