import { both } from "./both.ts";

/** What is said of a thing in its card and its inspector. The keys are those of `Fact.key`. */
export const factWords = both({}, {});
