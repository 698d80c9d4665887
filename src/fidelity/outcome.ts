import type { RecordedCase } from "./recorded-case.ts";

/** What was recorded, what the engine predicts, and whether they agree within what is demanded (SEMANTICS §8). */
export interface Outcome {
  readonly tolerance: string;
  readonly recorded: string;
  readonly predicted: string;
  readonly matches: boolean;
}

/** Plays the cases that it recognises by their fields; null for all others. Throws `NotUnderstood` where it stumbles. */
export type Player = (recorded: RecordedCase) => Outcome | null;

/** The demand "exact". */
export function exactly(recorded: string, predicted: string): Outcome {
  return { tolerance: "exact", recorded, predicted, matches: recorded === predicted };
}
