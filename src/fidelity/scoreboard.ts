import type { Played } from "./play.ts";

export interface Score {
  readonly match: number;
  readonly miss: number;
  readonly notUnderstood: number;
}

export interface ScoreRow extends Score {
  readonly system: string;
  readonly group: string;
}

export function scoreOf(played: readonly Played[]): Score {
  const count = (verdict: Played["verdict"]): number => played.filter((one) => one.verdict === verdict).length;
  return { match: count("match"), miss: count("miss"), notUnderstood: count("not understood") };
}

/** A row for each system and group, in the order of the alphabet. */
export function scoreboard(played: readonly Played[]): ScoreRow[] {
  const rows = new Map<string, Played[]>();
  for (const one of played) {
    const key = `${programOf(one.meant)}\u0000${one.group}`;
    rows.set(key, [...(rows.get(key) ?? []), one]);
  }
  return [...rows].sort(([a], [b]) => (a < b ? -1 : 1)).map(([, ones]) => ({ ...nameOf(ones[0]!), ...scoreOf(ones) }));
}

function nameOf({ meant, group }: Played): Pick<ScoreRow, "system" | "group"> {
  return { system: programOf(meant), group };
}

/** The program of "haproxy 2.6.12-1+deb12u4 (Debian 12)", without its version: cases of one program stand together. */
export function programOf(system: string): string {
  return /^[^\d(:/]*[^\d(:/\s]/u.exec(system)?.[0] ?? system;
}
