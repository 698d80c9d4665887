import type { Replay } from "../protocol.ts";
import { make } from "./tell.ts";

/** The digest of a replay that is played straight to a time, for comparison. */
export function straight(replay: Replay, untilUs: number): string {
  const simulation = make({ ...replay, inputs: replay.inputs.filter(({ atUs }) => atUs <= untilUs), digest: true });
  simulation.runUntil(untilUs);
  return simulation.digest();
}
