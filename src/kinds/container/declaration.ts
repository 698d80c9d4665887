import type { KindDeclaration } from "../../document/kind-declaration.ts";
import { serving } from "../../document/serving-settings.ts";
import { defineSettings, quantity, text } from "../../document/settings.ts";

export const settings = defineSettings({
  service: text("web", { maxLength: 60, pattern: "^\\S+$" }),
  image: text("shop/web:1.4", { maxLength: 200, pattern: "^\\S+$" }),
  imageMb: quantity("MB", [0, 100_000], 60),
  layers: quantity("count", [1, 127], 5),
  port: quantity("count", [1, 65_535], 8080),
  memoryMb: quantity("MB", [1, 1_048_576], 256, { integer: true }),
  ...serving,
  startMs: quantity("ms", [0, 600_000], 232, { source: "docker run, image present, median of f_docker_start" }),
  stopGraceMs: quantity("ms", [0, 3_600_000], 10_000, { source: "docker stop: SIGTERM, 10 s, SIGKILL" }),
  /** How often an instance renews its lease, where a link registers it. */
  heartbeatMs: quantity("ms", [10, 3_600_000], 5000),
});

export const declaration = {
  id: "container",
  settings,
  calls: ["call", "discover", "register"],
  accepts: ["request"],
  places: [],
  placedIn: ["runtime"],
  acts: ["kill", "recreate", "hang", "slow", "resume", "stop"],
  size: { width: 144, height: 72 },
  palette: { group: "machines", key: "n", order: 2 },
  stem: "web",
} as const satisfies KindDeclaration;
