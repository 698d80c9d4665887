import type { Played } from "./play.ts";
import { scoreboard, scoreOf } from "./scoreboard.ts";

/** A line a case, and the scoreboard. */
export function reportText(played: readonly Played[]): string {
  const { match, miss, notUnderstood } = scoreOf(played);
  const rows = scoreboard(played).map((row) => [row.system, row.group, row.match, row.miss, row.notUnderstood].map(String));
  const total = ["all", "", match, miss, notUnderstood].map(String);
  const head = ["system", "group", "match", "miss", "not understood"];
  return [...played.map(caseText), "", ...table([head, ...rows, total]), ""].join("\n");
}

/** "match  haproxy 2.6.12 · rr_w511 · exact: recorded 1 1 2, predicted 1 1 2" */
function caseText({ verdict, system, case: name, tolerance, recorded, predicted }: Played): string {
  const said = recorded === null ? tolerance : `${tolerance}: recorded ${clipped(recorded)}, predicted ${clipped(predicted ?? "nothing")}`;
  return `${verdict.padEnd("not understood".length)}  ${system} · ${name} · ${said}`;
}

/** Long sequences are told by how they begin; `--json` has them whole. */
function clipped(text: string): string {
  return text.length > 64 ? `${text.slice(0, 61)}…` : text;
}

function table(rows: readonly (readonly string[])[]): string[] {
  const widths = rows[0]!.map((_, column) => Math.max(...rows.map((row) => row[column]!.length)));
  return rows.map((row) =>
    row.map((cell, column) => (column < 2 ? cell.padEnd(widths[column]!) : cell.padStart(widths[column]!))).join("  "),
  );
}

/** Exactly what `--json` prints. */
export function reportJson(played: readonly Played[]): string {
  const cases = played.map(({ file, case: name, system, group, verdict, recorded, predicted }) => ({
    file,
    case: name,
    system,
    group,
    verdict,
    recorded,
    predicted,
  }));
  return `${JSON.stringify({ cases, summary: scoreOf(played) }, null, 2)}\n`;
}
