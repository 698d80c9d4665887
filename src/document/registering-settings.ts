import { quantity, text } from "./settings.ts";

/** The tags of a registration, as they are written in one text: "blue, canary". */
export const tagsIn = (text: string): string[] => text.split(",").map((tag) => tag.trim());

/** What an instance is registered as, and how it keeps its leases: shared by every kind that registers itself. */
export const registering = {
  service: text("web", { maxLength: 60, pattern: "^\\S+$" }),
  /** How often it renews, where a link registers it. */
  heartbeatMs: quantity("ms", [10, 3_600_000], 5000),
};
