import { fill } from "../../document/fill.ts";
import { foreseen, type LogRow } from "../../runtime/protocol.ts";
import { currentDocument } from "../state/document-store.ts";
import { durationText } from "./format.ts";
import { logWords } from "./log-words.ts";
import { actName, type Language } from "./words.ts";

/** The last names of nodes that are no longer in the document: what is over is still told of. */
const remembered = new Map<string, string>();

export function nodeName(id: string | null): string {
  if (id === null) return "–";
  const name = currentDocument().nodes[id]?.name;
  if (name !== undefined) remembered.set(id, name);
  return name ?? remembered.get(id) ?? id;
}

const who = (id: string | null, incarnation: number): string => (incarnation > 1 ? `${nodeName(id)} #${incarnation}` : nodeName(id));

function keyOf({ what, a, b }: LogRow): string {
  if (what === "predicted" && b < 0) return `predicted.${foreseen(b)}`;
  return what === "readmitted" && a === 1 ? "readmitted.unseen" : what;
}

/** One row of the journal as a sentence. */
export function logText(row: LogRow, language: Language): string {
  const sentence = (logWords[language] as Readonly<Record<string, string>>)[keyOf(row)] ?? row.what;
  return fill(sentence, {
    who: who(row.who, row.whoIncarnation),
    whom: who(row.whom, row.whomIncarnation),
    a: row.a,
    b: row.b,
    attempt: row.a + 1,
    number: row.number,
    act: row.act === null ? "" : actName(row.act, null, language),
    factor: row.a / 1000,
    from: durationText(row.a),
    to: durationText(row.b),
    duration: durationText(row.a),
    status: row.a === 0 ? "–" : row.a,
  });
}
