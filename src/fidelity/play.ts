import { players } from "./players.ts";
import { NotUnderstood, type RecordedCase } from "./recorded-case.ts";

export type Verdict = "match" | "miss" | "not understood";

export interface Played {
  readonly file: string;
  readonly case: string;
  readonly system: string;
  readonly group: string;
  readonly verdict: Verdict;
  /** The system in full, where the file says "same". */
  readonly meant: string;
  /** What is demanded; why not, where the case was not understood. */
  readonly tolerance: string;
  readonly recorded: string | null;
  readonly predicted: string | null;
}

/** Plays a case with the first player that recognises it. */
export function play(recorded: RecordedCase): Played {
  const { file, name, system, group, meant } = recorded;
  const about = { file, case: name, system, group, meant };
  try {
    for (const player of players) {
      const outcome = player(recorded);
      if (outcome === null) continue;
      const { tolerance, matches } = outcome;
      return { ...about, verdict: matches ? "match" : "miss", tolerance, recorded: outcome.recorded, predicted: outcome.predicted };
    }
  } catch (error) {
    return { ...about, ...unplayed(reasonOf(error)) };
  }
  return { ...about, ...unplayed("nobody plays such a case") };
}

/** Anybody's file may hold anything: a case that a player stumbles over must not keep the others from being played. */
function reasonOf(error: unknown): string {
  if (error instanceof NotUnderstood) return error.message;
  return `something in it is not as in the others: ${error instanceof Error ? error.message : String(error)}`;
}

function unplayed(why: string): Pick<Played, "verdict" | "tolerance" | "recorded" | "predicted"> {
  return { verdict: "not understood", tolerance: why, recorded: null, predicted: null };
}
