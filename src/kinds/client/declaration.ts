import type { KindDeclaration } from "../../document/kind-declaration.ts";
import { choice, defineSettings, quantity, text } from "../../document/settings.ts";

export const settings = defineSettings({
  arrivals: choice(["constant", "poisson", "by-hand"], "poisson"),
  ratePerSecond: quantity("1/s", [0.001, 1_000_000], 20, { when: { setting: "arrivals", is: ["constant", "poisson"] } }),
  timeoutMs: quantity("ms", [1, 3_600_000], 10_000),
  /** Distinct addresses that its requests come from, and paths that they ask for. */
  visitors: quantity("count", [1, 100_000], 1000),
  paths: quantity("count", [1, 100_000], 100),
  /** Of its first visitor, whom the others follow one by one; empty: they come from all over. */
  firstAddress: text("", { maxLength: 15, pattern: "^(?:\\d{1,3}(?:\\.\\d{1,3}){3})?$" }),
  popularity: choice(["even", "zipf", "in-turn"], "even"),
  /** Requests that go over one connection, one after the other. */
  connectionRequests: quantity("count", [1, 1_000_000], 1),
});

export const declaration = {
  id: "client",
  settings,
  calls: ["call", "discover"],
  accepts: [],
  places: [],
  placedIn: ["canvas", "site"],
  acts: ["send", "pause-sending", "resume-sending"],
  size: { width: 108, height: 60 },
  palette: { group: "traffic", key: "c", order: 0 },
  stem: "client",
} as const satisfies KindDeclaration;
