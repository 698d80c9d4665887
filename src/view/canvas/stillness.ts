import { useSyncExternalStore } from "react";

const calm = typeof matchMedia === "undefined" ? null : matchMedia("(prefers-reduced-motion: reduce)");
export const prefersStillness = (): boolean => calm?.matches === true;
export const onStillnessChange = (listener: () => void): (() => void) => {
  calm?.addEventListener("change", listener);
  return () => calm?.removeEventListener("change", listener);
};

/** Whether the person wants reduced motion. */
export const useStillness = (): boolean => useSyncExternalStore(onStillnessChange, prefersStillness);
