import { toJson } from "../../document/serialise.ts";
import { titleIn } from "../shell/document-title.tsx";
import { currentDocument } from "../state/document-store.ts";
import { currentLanguage } from "../words/words.ts";

export const exportText = (): string => toJson(currentDocument());

/** A file's name from the document's title: what file systems forbid becomes a dash. */
export function exportName(): string {
  const title = titleIn(currentDocument().title, currentLanguage());
  const safe = title
    .trim()
    .replace(/[\\/:*?"<>|\s\u0000-\u001f]+/gu, "-")
    .slice(0, 80);
  return `${safe === "" ? "breakwater" : safe}.json`;
}

/** Hands the document to the browser as a download. */
export function exportFile(): void {
  const url = URL.createObjectURL(new Blob([exportText()], { type: "application/json" }));
  const link = document.createElement("a");
  link.href = url;
  link.download = exportName();
  link.click();
  setTimeout(() => URL.revokeObjectURL(url), 10_000);
}
