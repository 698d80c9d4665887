import type { KindDeclaration } from "../../document/kind-declaration.ts";
import { defineSettings, quantity } from "../../document/settings.ts";

export const settings = defineSettings({
  bandwidthMbitPerSecond: quantity("Mbit/s", [0.1, 400_000], 200),
});

export const declaration = {
  id: "image-registry",
  settings,
  calls: [],
  accepts: ["pull"],
  places: [],
  placedIn: ["canvas", "site"],
  acts: ["kill", "recreate"],
  size: { width: 144, height: 72 },
  palette: { group: "images", key: "i", order: 0 },
  stem: "images",
} as const satisfies KindDeclaration;
