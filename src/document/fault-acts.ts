/** Acts by which a service is made to misbehave towards those who ask it. */
export const conductActs: readonly string[] = ["err", "reset", "fail-all", "drop"];

/** Acts by which a process spoils what it shares with others. */
export const spoilingActs = ["delete-library", "grab-ports", "hog-cpu", "eat-memory", "fill-disk", "fork-bomb", "kill-all"] as const;

/** All that a process may do to what it stands on. */
export const wreckActs = [...spoilingActs, "panic"] as const;
