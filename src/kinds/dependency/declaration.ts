import { conductActs } from "../../document/fault-acts.ts";
import type { KindDeclaration } from "../../document/kind-declaration.ts";
import { serving } from "../../document/serving-settings.ts";
import { choice, defineSettings } from "../../document/settings.ts";

export const settings = defineSettings({
  sort: choice(["database", "cache", "queue", "third-party"], "database"),
  ...serving,
});

export const declaration = {
  id: "dependency",
  settings,
  calls: [],
  accepts: ["request"],
  places: [],
  placedIn: ["canvas", "site"],
  acts: ["kill", "recreate", "hang", "slow", ...conductActs, "resume"],
  size: { width: 132, height: 72 },
  palette: { group: "backing", key: "d", order: 0 },
  stem: "db",
} as const satisfies KindDeclaration;
