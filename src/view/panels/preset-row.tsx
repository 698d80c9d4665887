import { useEffect, useState } from "react";
import type { Preset } from "../../document/preset.ts";
import type { NodeRecord } from "../../document/topology.ts";
import { openDialog } from "../state/ui-store.ts";
import { useWords } from "../words/words.ts";
import { faceOf } from "../kit/face.ts";
import { isSetAs, setAs } from "./set-as.ts";

/** The real system that a thing is set as; choosing another sets all of that one's defaults, in one step to undo. */
export function PresetRow({ node }: { readonly node: NodeRecord }) {
  const t = useWords();
  const load = faceOf(node.kind)?.presets;
  const [presets, setPresets] = useState<readonly Preset[]>([]);
  useEffect(() => void load?.().then(setPresets), [load]);
  if (presets.length === 0) return null;
  const current = presets.find((preset) => isSetAs(node, preset));
  return (
    <div className="field-row">
      <label htmlFor="preset">{t("preset")}</label>
      <select
        id="preset"
        className="field"
        value={current?.id ?? ""}
        onChange={({ target }) =>
          setAs(
            node,
            presets.find(({ id }) => id === target.value)!,
          )
        }
      >
        {current === undefined && <option value="">{t("presetNone")}</option>}
        {presets.map(({ id, name }) => (
          <option key={id} value={id}>
            {name}
          </option>
        ))}
      </select>
      <div className="field-note">
        <p>{current === undefined ? t("presetHelp") : t("source", { source: current.source })}</p>
        {faceOf(node.kind)?.configuration !== undefined && (
          <button type="button" className="link-button" onClick={() => openDialog("configuration")}>
            {t("showConfiguration")}
          </button>
        )}
      </div>
    </div>
  );
}
