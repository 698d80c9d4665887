import { memo } from "react";
import type { LogRow } from "../../runtime/protocol.ts";
import { select } from "../state/document-store.ts";
import { openJourney } from "../state/run-store.ts";
import { reveal } from "../state/ui-store.ts";
import { clockText } from "../words/format.ts";
import { logText } from "../words/log-text.ts";
import { toneOf } from "../words/log-tone.ts";
import type { Language } from "../words/words.ts";
import { toneMark } from "./tone-mark.ts";

interface Props {
  readonly row: LogRow;
  readonly language: Language;
  readonly wraps?: boolean;
}

/** A line of the log: when, how grave, what. A click shows whom it speaks of, and of a request its journey. */
export const LogLine = memo(function LogLine({ row, language, wraps = false }: Props) {
  const tone = toneOf(row);
  const text = logText(row, language);
  return (
    <button
      type="button"
      tabIndex={-1}
      className={wraps ? "log-line wraps" : "log-line"}
      title={wraps ? undefined : text}
      onClick={() => show(row)}
    >
      <span className="log-time">{clockText(row.atUs)}</span>
      <span className={`tone-${tone} w-4 text-center`} aria-hidden="true">
        {toneMark[tone]}
      </span>
      <span className={wraps ? "min-w-0" : "min-w-0 truncate"}>{text}</span>
    </button>
  );
});

function show(row: LogRow): void {
  const ids = [row.who, row.whom].filter((id) => id !== null);
  if (row.who !== null) select([row.who]);
  reveal(ids);
  if (row.client !== null && row.number > 0) openJourney(row.client, row.number);
}
