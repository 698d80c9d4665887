import type { Simulation } from "../simulation.ts";
import type { LogRow } from "../status.ts";

/** What of the journal a test reads: every row that is still held, in order. */
export function rowsOf(simulation: Simulation): LogRow[] {
  const rows: LogRow[] = [];
  for (let id = 0; id < simulation.journal.length; id++) {
    const row = simulation.journal.row(id);
    if (row !== null) rows.push(row);
  }
  return rows;
}

/** One row as a line of a log: "12.649 front missed web-2 3/3". */
export function tell(row: LogRow): string {
  const numbers = /^(?:missed|passed|layer|health-failed|build-step|build-cached)$/u.test(row.what) ? ` ${row.a}/${row.b}` : endOf(row);
  const status = /^(?:answered|got|failed|rejected)$/u.test(row.what) && row.a > 0 ? ` ${row.a}` : "";
  const attempt = /^(?:retried|redispatched)$/u.test(row.what) ? ` ${row.a}` : "";
  const request = row.client === null ? "" : ` ${row.client}/${row.number}`;
  const whom = row.whom === null ? "" : ` ${nameOf(row.whom, row.whomIncarnation)}`;
  const who = row.who === null ? "" : ` ${nameOf(row.who, row.whoIncarnation)}`;
  return `${(row.atUs / 1e6).toFixed(3)}${who} ${row.act ?? row.what}${whom}${numbers}${status}${attempt}${request}`;
}

/** How a process ended: "exited (1)"; how it comes back: "restarting 0.4 s, 3". */
function endOf({ what, a, b }: LogRow): string {
  if (what === "exited") return ` (${a})${b === 2 ? ", given up" : ""}`;
  return what === "restarting" ? ` ${(a / 1e6).toFixed(1)} s, ${b}` : "";
}

function nameOf(id: string, incarnation: number): string {
  return incarnation > 1 ? `${id}#${incarnation}` : id;
}

/** The log, of these sorts of rows only. */
export function log(simulation: Simulation, ...whats: readonly string[]): string[] {
  return rowsOf(simulation)
    .filter(({ what }) => whats.length === 0 || whats.includes(what))
    .map(tell);
}

/** How often each of these happened: "refused 3, retried 2". */
export function tally(simulation: Simulation, ...whats: readonly string[]): Record<string, number> {
  const rows = rowsOf(simulation);
  return Object.fromEntries(whats.map((what) => [what, rows.filter((row) => row.what === what).length]));
}

export const seconds = (count: number): number => Math.round(count * 1e6);
