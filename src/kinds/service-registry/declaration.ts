import type { KindDeclaration } from "../../document/kind-declaration.ts";
import { choice, defineSettings, quantity } from "../../document/settings.ts";

export const settings = defineSettings({
  /** A lease ends this long after its last renewal. */
  ttlMs: quantity("ms", [100, 3_600_000], 15_000, { source: "Consul: a TTL check turns critical exactly its TTL after the last update" }),
  /** How consumers learn of changes: told at once, or asking again. */
  consumers: choice(["watch", "poll"], "watch"),
  pollMs: quantity("ms", [10, 3_600_000], 5000, { when: { setting: "consumers", is: ["poll"] } }),
});

export const declaration = {
  id: "service-registry",
  settings,
  calls: [],
  accepts: ["registration", "lookup"],
  places: [],
  placedIn: ["canvas", "site"],
  acts: ["kill", "recreate"],
  size: { width: 264, height: 108 },
  palette: { group: "network", key: "s", order: 1 },
  stem: "registry",
} as const satisfies KindDeclaration;
