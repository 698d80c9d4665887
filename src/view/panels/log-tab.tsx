import { useMemo } from "react";
import type { NodeId } from "../../document/topology.ts";
import { useLog } from "../state/run-store.ts";
import { useWords } from "../words/words.ts";
import { LogLine } from "./log-line.tsx";
import { walkLines } from "./walk-lines.ts";

/** Enough to read what befell one node; the drawer has all. */
const longest = 120;

/** What befell one node, newest first. */
export function LogTab({ id }: { readonly id: NodeId }) {
  const t = useWords();
  const log = useLog();
  const rows = useMemo(
    () =>
      log
        .filter((row) => row.who === id || row.whom === id)
        .slice(-longest)
        .reverse(),
    [log, id],
  );
  if (rows.length === 0) return <p className="quiet">{t("noRows")}</p>;
  return (
    <div role="log" aria-live="off" aria-label={t("eventLog")} tabIndex={0} onKeyDown={walkLines}>
      {rows.map((row) => (
        <LogLine key={row.row} row={row} language={t.language} wraps />
      ))}
    </div>
  );
}
