import { useEffect, useState } from "react";
import type { Configuration } from "../../document/preset.ts";
import { faceOf } from "../kit/face.ts";
import { currentDocument, currentSelection } from "../state/document-store.ts";
import { currentStatus } from "../state/run-store.ts";
import { useWords } from "../words/words.ts";
import { Dialog } from "./dialog.tsx";
import { TextToCopy } from "./text-to-copy.tsx";

/** The configuration of the real program that the selected thing stands for: to be read, and copied. */
export function ConfigurationDialog() {
  const t = useWords();
  const [configuration, setConfiguration] = useState<Configuration | null>(null);
  useEffect(() => void configurationOfSelection().then(setConfiguration), []);
  if (configuration === null) return null;
  return (
    <Dialog title={configuration.file} about={t("configurationAbout")} wide>
      <TextToCopy text={configuration.text} label={configuration.file} unwrapped />
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
