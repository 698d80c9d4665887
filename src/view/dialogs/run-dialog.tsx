import { useState } from "react";
import { machines, runImage } from "../images/run-image.ts";
import { currentDocument } from "../state/document-store.ts";
import { openDialog, useUi } from "../state/ui-store.ts";
import { useWords } from "../words/words.ts";
import { Dialog } from "./dialog.tsx";
import { useTimesField } from "./times-field.tsx";
import "./layers.css";

/** `docker run`: which image, on which machine, how many times. */
export function RunDialog() {
  const t = useWords();
  const asked = useUi((ui) => ui.running);
  const [image, setImage] = useState(asked.image);
  const [machine, setMachine] = useState(asked.machine ?? "");
  const { times, field } = useTimesField("1");
  const isNamed = machine !== "" && /^\S+$/u.test(image);
  const run = () => {
    if (!isNamed || times === null) return;
    runImage(image, machine, times);
    openDialog(null);
  };
  return (
    <Dialog title={t("runImage")} about={t("runImageAbout")}>
      <form
        className="run-form"
        onSubmit={(event) => {
          event.preventDefault();
          run();
        }}
      >
        <label htmlFor="run-image">{t("runImageName")}</label>
        <input id="run-image" className="field font-mono" value={image} onChange={(event) => setImage(event.target.value)} />
        <label htmlFor="run-machine">{t("runImageOn")}</label>
        <select id="run-machine" className="field" value={machine} onChange={(event) => setMachine(event.target.value)}>
          {machines().map((id) => (
            <option key={id} value={id}>
              {currentDocument().nodes[id]!.name}
            </option>
          ))}
        </select>
        {field}
        <span />
        <button type="submit" className="chip strong justify-self-start" disabled={!isNamed || times === null}>
          {t("runIt")}
        </button>
      </form>
    </Dialog>
  );
}
