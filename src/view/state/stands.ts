import { create } from "zustand";

/**
 * Whether the first document has been painted. What nobody misses until then is fetched after it, so that it doesn't
 * stand in its way.
 */
export const useStands = create(() => ({ stands: false }));

/** The first document is open: two frames on it has been painted. */
export function standAfterPaint(): void {
  requestAnimationFrame(() => requestAnimationFrame(() => useStands.setState({ stands: true })));
}
