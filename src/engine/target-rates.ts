import type { Targets } from "./upstream-tables.ts";

const secondUs = 1_000_000;

/** A target has served a request: it is counted in the second under way. */
export function countServed(table: Targets, target: number, nowUs: number): void {
  table.served[target]!++;
  if (nowUs >= table.rateUntilUs[target]!) turn(table, target, nowUs);
  table.rateNow[target]!++;
}

/** Another second: the one that is over was the one before it, or long ago. */
function turn(table: Targets, target: number, nowUs: number): void {
  table.rateBefore[target] = nowUs < table.rateUntilUs[target]! + secondUs ? table.rateNow[target]! : 0;
  table.rateNow[target] = 0;
  table.rateUntilUs[target] = Math.floor(nowUs / secondUs) * secondUs + secondUs;
}

/** What it has served in the last second, as the seconds under way and before it tell. */
export function ratePerSecond(table: Targets, target: number, nowUs: number): number {
  const untilUs = table.rateUntilUs[target]!;
  if (untilUs === 0 || nowUs >= untilUs + secondUs) return 0;
  if (nowUs >= untilUs) return table.rateNow[target]! * (1 - (nowUs - untilUs) / secondUs);
  return table.rateNow[target]! + table.rateBefore[target]! * ((untilUs - nowUs) / secondUs);
}
