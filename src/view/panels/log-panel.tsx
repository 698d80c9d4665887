import { useMemo, useRef, useState, useLayoutEffect, type UIEvent } from "react";
import { vocabulary, type LogRow, type What } from "../../runtime/protocol.ts";
import { inOrder } from "../../document/tree.ts";
import { useDocument } from "../state/document-store.ts";
import { useLog } from "../state/run-store.ts";
import { logText } from "../words/log-text.ts";
import { useWords, type Language, type WordKey } from "../words/words.ts";
import { LogLine } from "./log-line.tsx";
import { walkLines } from "./walk-lines.ts";

const lineHeight = 24;
const beyond = 6;

const kindsOfRow = ["all", "life", "loss"] as const;
type KindOfRow = (typeof kindsOfRow)[number];

/** The event log: filtered by text, kind and node; only the lines in sight are in the page. */
export function LogPanel() {
  const t = useWords();
  const [text, setText] = useState("");
  const [kind, setKind] = useState<KindOfRow>("all");
  const [node, setNode] = useState("");
  const log = useLog();
  const rows = useMemo(() => log.filter((row) => matches(row, text, kind, node, t.language)), [log, text, kind, node, t.language]);
  return (
    <div className="flex h-full flex-col">
      <div className="flex items-center gap-2 p-2">
        <input
          className="field max-w-60"
          type="search"
          placeholder={t("filterText")}
          aria-label={t("filterText")}
          value={text}
          onChange={(event) => setText(event.target.value)}
        />
        <select
          className="field max-w-44"
          aria-label={t("filterKind")}
          value={kind}
          onChange={(event) => setKind(event.target.value as KindOfRow)}
        >
          {kindsOfRow.map((each) => (
            <option key={each} value={each}>
              {t(`rows.${each}` as WordKey)}
            </option>
          ))}
        </select>
        <NodeFilter value={node} choose={setNode} />
        <span className="ml-auto whitespace-nowrap text-ink2">{t("rowCount", { count: rows.length })}</span>
      </div>
      <Lines rows={rows} language={t.language} />
    </div>
  );
}

function NodeFilter({ value, choose }: { readonly value: string; readonly choose: (id: string) => void }) {
  const t = useWords();
  const nodes = useDocument((state) => state.document.nodes);
  return (
    <select className="field max-w-44" aria-label={t("filterNode")} value={value} onChange={(event) => choose(event.target.value)}>
      <option value="">{t("everyNode")}</option>
      {inOrder(nodes).map((node) => (
        <option key={node.id} value={node.id}>
          {node.name}
        </option>
      ))}
    </select>
  );
}

function matches(row: LogRow, text: string, kind: KindOfRow, node: string, language: Language): boolean {
  if (kind !== "all" && vocabulary[row.what as What] !== kind) return false;
  if (node !== "" && row.who !== node && row.whom !== node) return false;
  return text === "" || logText(row, language).toLowerCase().includes(text.toLowerCase());
}

/** Stays at the newest line while it is there; scrolled up, it stays where it is. */
function Lines({ rows, language }: { readonly rows: readonly LogRow[]; readonly language: Language }) {
  const t = useWords();
  const list = useRef<HTMLDivElement>(null);
  const atEnd = useRef(true);
  const [seen, setSeen] = useState({ top: 0, height: 200 });
  useLayoutEffect(() => {
    const box = list.current;
    if (box === null) return;
    // A line that the keyboard has reached stays where it is.
    const isRead = box !== document.activeElement && box.contains(document.activeElement);
    if (atEnd.current && !isRead) box.scrollTop = box.scrollHeight;
    setSeen({ top: box.scrollTop, height: box.clientHeight });
  }, [rows]);
  const scrolled = ({ currentTarget: box }: UIEvent<HTMLDivElement>) => {
    atEnd.current = box.scrollHeight - box.scrollTop - box.clientHeight < lineHeight;
    setSeen({ top: box.scrollTop, height: box.clientHeight });
  };
  const first = Math.max(0, Math.floor(seen.top / lineHeight) - beyond);
  const last = Math.min(rows.length, Math.ceil((seen.top + seen.height) / lineHeight) + beyond);
  if (rows.length === 0) return <p className="quiet px-3">{t("noRows")}</p>;
  return (
    <div
      ref={list}
      className="min-h-0 flex-1 overflow-y-auto"
      onScroll={scrolled}
      role="log"
      aria-live="off"
      aria-label={t("eventLog")}
      tabIndex={0}
      onKeyDown={walkLines}
    >
      <div style={{ height: rows.length * lineHeight, paddingTop: first * lineHeight, boxSizing: "border-box" }}>
        {rows.slice(first, last).map((row) => (
          <LogLine key={row.row} row={row} language={language} />
        ))}
      </div>
    </div>
  );
}
