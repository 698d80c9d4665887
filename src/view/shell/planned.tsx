import type { ScheduledAct, Topology } from "../../document/topology.ts";
import { groupBy } from "../canvas/kinship.ts";
import { targetName } from "../panels/target-name.ts";
import { useDocument } from "../state/document-store.ts";
import { send, useTimeOf } from "../state/run-store.ts";
import { clockText } from "../words/format.ts";
import { actName, useWords, type Language } from "../words/words.ts";
import { spanOf } from "./timeline-draw.ts";

/** What is scheduled, each at its time: a hollow pennant over the timeline, which says what will happen; a click goes there. */
export function Planned() {
  const t = useWords();
  const document = useDocument((state) => state.document);
  const spanUs = useTimeOf(spanOf);
  const instants = groupBy(Object.values(document.schedule), ({ atMs }) => String(atMs));
  return (
    <ul className="planned" aria-label={t("schedule")}>
      {[...instants].map(([atMs, acts]) => {
        const atUs = Number(atMs) * 1000;
        const text = `${clockText(atUs)} · ${acts.map((act) => whatHappens(document, act, t.language)).join(" · ")}`;
        return (
          atUs <= spanUs && (
            <li key={atMs} title={text} style={{ left: `${(atUs / spanUs) * 100}%` }} onClick={() => send({ type: "seek", toUs: atUs })}>
              <span className="sr-only">{text}</span>
              <svg viewBox="0 0 10 10" aria-hidden="true">
                <path d="M1 1h8L5 8.500z" />
              </svg>
            </li>
          )
        );
      })}
    </ul>
  );
}

function whatHappens(document: Topology, { act, target }: ScheduledAct, language: Language): string {
  return `${actName(act, document.nodes[target]?.kind ?? null, language)} ${targetName(document, target)}`;
}
