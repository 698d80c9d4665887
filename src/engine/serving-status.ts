import { processFacts } from "./processor-facts.ts";
import { behaveAgain, conductState } from "./conduct.ts";
import type { Run } from "./run.ts";
import type { Fact } from "./status.ts";

/** What every service shows of its work. */
export function servingFacts(run: Run, row: number): Fact[] {
  const { entities } = run;
  const { concurrency, queueLimit } = run.serviceConfig(row);
  return [
    { key: "busy", value: entities.busy[row]!, unit: "count", upper: concurrency },
    { key: "queued", value: entities.queueCount[row]!, unit: "count", upper: queueLimit },
    ...processFacts(run, row),
    ...(entities.slowness[row]! > 0 ? [{ key: "slowness", value: entities.slowness[row]! } as const] : []),
  ];
}

/** A slow service does everything, but takes a multiple of the time; 4 unless said otherwise. */
export function slowDown(run: Run, row: number, amount: number): boolean {
  const factor = amount > 0 ? amount : 4;
  run.note("slowed", row, -1, Math.round(factor * 1000));
  run.predictions.tell(row, "slows");
  run.serving.slow(row, factor);
  run.touch(row);
  return true;
}

function backToSpeed(run: Run, row: number): boolean {
  if (run.entities.slowness[row] === 0) return false;
  run.note("resumed", row);
  run.serving.slow(row, 0);
  run.touch(row);
  return true;
}

/** Whatever ails it while it runs is over; false: nothing did. */
export function allWell(run: Run, row: number): boolean {
  const wasSlow = backToSpeed(run, row);
  return behaveAgain(run, row) || wasSlow;
}

/** What ails it while it runs; null: nothing. */
export function faultState(run: Run, row: number): string | null {
  return conductState(run, row) ?? (run.entities.slowness[row]! > 0 ? "slowed" : null);
}
