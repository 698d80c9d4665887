import { useEffect } from "react";
import { useDocument } from "../state/document-store.ts";
import { useUnfetched } from "../state/later.ts";
import { runEvents, useTrouble } from "../state/run-store.ts";
import { toast } from "./toast.ts";
import { clockText } from "../words/format.ts";
import { useWords } from "../words/words.ts";

/** What stays true until something is done about it: another tab writes, the engine stopped. */
export function Notices() {
  const t = useWords();
  useEffect(() => runEvents.onQuiet(({ fromUs, toUs }) => toast.note(t("quiet", { from: clockText(fromUs), to: clockText(toUs) }))), [t]);
  const following = useDocument((state) => state.savedState === "following");
  const trouble = useTrouble();
  const { unfetched } = useUnfetched();
  return (
    <div className="notices" role="status">
      {following && <p className="notice">{t("followingNote")}</p>}
      {unfetched && (
        <p className="notice text-bad">
          ▲ {t("unfetched")}{" "}
          <button type="button" className="chip" onClick={() => location.reload()}>
            {t("reload")}
          </button>
        </p>
      )}
      {trouble !== null && <p className="notice text-bad">▲ {t("trouble", { message: trouble })}</p>}
    </div>
  );
}
