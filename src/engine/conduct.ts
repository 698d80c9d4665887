import { uniform } from "../base/random.ts";
import type { Run } from "./run.ts";

/**
 * How a process that runs treats those who ask it: as it should; with a 500 for some of the requests, which its health
 * checks do not see; with a reset of every connection; with 503 for everything, checks included.
 */
export const conduct = { good: 0, errs: 1, resets: 2, unavailable: 3 } as const;

/**
 * Does such an act to a service that runs; null if it is none of them. `amount` of `err`: percent of the requests; of `fail-all`: the
 * status that it answers with.
 */
export function misbehave(run: Run, row: number, act: string, amount: number): boolean | null {
  switch (act) {
    case "err":
      return become(run, row, conduct.errs, amount > 0 ? Math.min(amount, 100) : 100);
    case "reset":
      return become(run, row, conduct.resets, 100);
    case "fail-all":
      return become(run, row, conduct.unavailable, amount >= 400 && amount <= 599 ? Math.floor(amount) : 503);
    case "drop":
      return fallSilent(run, row);
    default:
      return null;
  }
}

const shows = { [conduct.errs]: "errs", [conduct.resets]: "resets", [conduct.unavailable]: "fails" } as const;

/** `percent` of the requests, or the status with which all of them are answered. */
function become(run: Run, row: number, how: keyof typeof shows, percent: number): boolean {
  const { entities } = run;
  if (entities.conduct[row] === how && entities.conductPercent[row] === percent) return false;
  entities.conduct[row] = how;
  entities.conductPercent[row] = percent;
  run.note(how === conduct.errs ? "erring" : how === conduct.resets ? "resetting" : "failing", row, -1, percent);
  run.predictions.tell(row, shows[how]);
  run.touch(row);
  return true;
}

/** Packets to it and from it are dropped; it runs on and knows nothing of it. */
function fallSilent(run: Run, row: number): boolean {
  if (run.entities.island[row] === row + 1) return false;
  run.predictions.tell(row, "cut-off");
  run.note("isolated", row);
  run.setIsland(row, true);
  return true;
}

/** It treats everybody well again, and is heard again; false: it always did, and was. */
export function behaveAgain(run: Run, row: number): boolean {
  const { entities } = run;
  const isCutOff = entities.island[row] === row + 1;
  if (entities.conduct[row] === conduct.good && !isCutOff) return false;
  if (entities.conduct[row] !== conduct.good) run.note("resumed", row);
  entities.conduct[row] = conduct.good;
  if (isCutOff) rejoin(run, row);
  run.touch(row);
  return true;
}

function rejoin(run: Run, row: number): void {
  const cutBy = run.entities.lastLife[row]!;
  run.note("rejoined", row);
  run.setIsland(row, false, cutBy);
}

/** The process that misbehaved is gone; whoever comes after it does not. */
export function forgetConduct(run: Run, row: number): void {
  run.entities.conduct[row] = conduct.good;
  if (run.entities.island[row] === row + 1) run.setIsland(row, false);
}

/** What is to be seen of it while it runs; null: it behaves. */
export function conductState({ entities }: Run, row: number): "dropping" | "erring" | "resetting" | "failing" | null {
  if (entities.island[row] === row + 1) return "dropping";
  return shown[entities.conduct[row]!] ?? null;
}

const shown = [null, "erring", "resetting", "failing"] as const;

/** Whether this request is among those that it answers with an error. */
export function strikes(percent: number, luck: number, number: number, salt: number): boolean {
  return percent >= 100 || uniform(luck, number, salt) * 100 < percent;
}
