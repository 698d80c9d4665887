import { useSyncExternalStore } from "react";
import { onStillnessChange, prefersStillness } from "./camera.ts";

/** Whether the person wants reduced motion. */
export const useStillness = (): boolean => useSyncExternalStore(onStillnessChange, prefersStillness);
