import { useState } from "react";
import { limits } from "../../document/limits.ts";
import { machines, runImage } from "../images/run-image.ts";
import { readNumber } from "../panels/field-text.ts";
import { currentDocument } from "../state/document-store.ts";
import { openDialog, useUi } from "../state/ui-store.ts";
import { useWords } from "../words/words.ts";
import { Dialog } from "./dialog.tsx";
import "./layers.css";

/** `docker run`: which image, on which machine, how many times. */
export function RunDialog() {
  const t = useWords();
  const asked = useUi((ui) => ui.running);
  const [image, setImage] = useState(asked.image);
  const [machine, setMachine] = useState(asked.machine ?? "");
  const [typed, setTyped] = useState("1");
  const times = readNumber(typed);
  const isNumber = times !== null && Number.isInteger(times) && times >= 1 && times <= limits.copies;
  const possible = isNumber && machine !== "" && /^\S+$/u.test(image);
  const run = () => {
    if (!possible) return;
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
        <label htmlFor="run-times">{t("times")}</label>
        <input
          id="run-times"
          className="field w-24"
          inputMode="numeric"
          autoFocus
          value={typed}
          onChange={(event) => setTyped(event.target.value)}
        />
        <span />
        <button type="submit" className="chip strong justify-self-start" disabled={!possible}>
          {t("runIt")}
        </button>
      </form>
    </Dialog>
  );
}
