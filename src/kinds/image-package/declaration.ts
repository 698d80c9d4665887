import type { KindDeclaration } from "../../document/kind-declaration.ts";
import { defineSettings, text } from "../../document/settings.ts";

export const settings = defineSettings({
  image: text("python:3.12-slim", { maxLength: 200, pattern: "^\\S+$" }),
});

export const declaration = {
  id: "image-package",
  settings,
  calls: [],
  accepts: [],
  places: [],
  placedIn: ["canvas", "site"],
  packages: "image",
  acts: ["publish"],
  size: { width: 192, height: 72 },
  palette: { group: "images", key: "Shift+g", order: 2 },
  stem: "image",
} as const satisfies KindDeclaration;
