import type { NodeRecord } from "../../document/topology.ts";
import { openDialog } from "../state/ui-store.ts";
import { useWords } from "../words/words.ts";
import { faceOf } from "../kit/face.ts";
import { setAs } from "./set-as.ts";
import { usePresets } from "./use-presets.ts";

/** The real system that a thing is set as; choosing another sets all of that one's defaults, in one step to undo. */
export function PresetRow({ node }: { readonly node: NodeRecord }) {
  const t = useWords();
  const { presets, current } = usePresets(node);
  if (presets.length === 0) return null;
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
