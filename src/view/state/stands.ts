import { create } from "zustand";
import { topics } from "./run-state.ts";

/**
 * Whether the first document has been painted. What nobody misses until then is fetched after it, so that it doesn't
 * stand in its way.
 */
export const useStands = create(() => ({ stands: false }));

/** The first document is open: two frames on, it has been painted, and what comes then doesn't keep the run from beginning. */
export async function standAfterPaint(): Promise<void> {
  await runBegins();
  requestAnimationFrame(() => requestAnimationFrame(() => useStands.setState({ stands: true })));
}

/** On a slow line the rest comes without waiting longer for it. */
const longestMs = 2000;

/** Where it never does, the session says why. */
function runBegins(): Promise<void> {
  return new Promise((resolve) => {
    const stops = [topics.frame.subscribe(done), topics.trouble.subscribe(done)];
    const limit = setTimeout(done, longestMs);
    function done(): void {
      clearTimeout(limit);
      stops.forEach((stop) => stop());
      resolve();
    }
  });
}
