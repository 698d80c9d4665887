import type { KindDeclaration } from "../../document/kind-declaration.ts";
import { choice, defineSettings } from "../../document/settings.ts";

export const settings = defineSettings({
  /** What all in it share, and what its fault takes away. */
  shares: choice(["power", "network"], "power"),
});

export const declaration = {
  id: "zone",
  settings,
  calls: [],
  accepts: [],
  places: ["site"],
  placedIn: ["canvas"],
  acts: ["lose", "restore"],
  size: { width: 372, height: 216 },
  palette: { group: "machines", key: "z", order: 3 },
  stem: "zone",
} as const satisfies KindDeclaration;
