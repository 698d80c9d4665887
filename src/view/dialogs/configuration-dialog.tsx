import { useEffect, useState } from "react";
import type { Configuration } from "../../document/preset.ts";
import { faceOf } from "../kit/face.ts";
import { currentDocument, currentSelection } from "../state/document-store.ts";
import { currentStatus } from "../state/run-store.ts";
import { useWords } from "../words/words.ts";
import { Dialog } from "./dialog.tsx";

/** The configuration of the real program that the selected thing stands for: to be read, and copied. */
export function ConfigurationDialog() {
  const t = useWords();
  const [configuration, setConfiguration] = useState<Configuration | null>(null);
  const [copied, setCopied] = useState<"no" | "yes" | "failed">("no");
  useEffect(() => void configurationOfSelection().then(setConfiguration), []);
  if (configuration === null) return null;
  const copy = () =>
    void navigator.clipboard.writeText(configuration.text).then(
      () => setCopied("yes"),
      () => setCopied("failed"),
    );
  return (
    <Dialog title={configuration.file} about={t("configurationAbout")} wide>
      <div className="flex items-center gap-2">
        <button type="button" className="chip strong" autoFocus onClick={copy}>
          {t("exportCopy")}
        </button>
        <span role="status" className="text-ink2">
          {copied === "yes" ? t("copied") : copied === "failed" ? t("clipboardClosed") : ""}
        </span>
      </div>
      <textarea
        className="field mt-3 h-64 font-mono text-12"
        readOnly
        spellCheck={false}
        wrap="off"
        value={configuration.text}
        aria-label={configuration.file}
        onFocus={(event) => event.target.select()}
      />
    </Dialog>
  );
}

async function configurationOfSelection(): Promise<Configuration | null> {
  const document = currentDocument();
  const node = currentSelection()
    .map((id) => document.nodes[id])
    .find((one) => one !== undefined && faceOf(one.kind)?.configuration !== undefined);
  if (node === undefined) return null;
  const configurationOf = await faceOf(node.kind)!.configuration!();
  return configurationOf(node, document, currentStatus(node.id)?.parts ?? []);
}
