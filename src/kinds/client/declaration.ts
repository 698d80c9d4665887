import type { KindDeclaration } from "../../document/kind-declaration.ts";
import { choice, defineSettings, quantity } from "../../document/settings.ts";

export const settings = defineSettings({
  arrivals: choice(["constant", "poisson", "by-hand"], "poisson"),
  ratePerSecond: quantity("1/s", [0.001, 1_000_000], 20, { when: { setting: "arrivals", is: ["constant", "poisson"] } }),
  timeoutMs: quantity("ms", [1, 3_600_000], 10_000),
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
