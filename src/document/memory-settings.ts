import { quantity } from "./settings.ts";

/** What a process takes of its memory: at rest, more for each request it works on, and what each of them leaves behind. */
export const memoryUse = {
  usesMb: quantity("MB", [0, 1_048_576], 0),
  requestMb: quantity("MB", [0, 65_536], 0),
  leakMb: quantity("MB", [0, 65_536], 0),
};
