import { computing } from "../../document/computing-settings.ts";
import { wreckActs } from "../../document/fault-acts.ts";
import type { KindDeclaration } from "../../document/kind-declaration.ts";
import { memoryUse } from "../../document/memory-settings.ts";
import { registering } from "../../document/registering-settings.ts";
import { serving } from "../../document/serving-settings.ts";
import { defineSettings, flag, quantity, text } from "../../document/settings.ts";

export const settings = defineSettings({
  /** Under which its server has it: "shop" in 10.1.0.1:8080/shop. */
  path: text("app", { maxLength: 60, pattern: "^[^\\s/]+$" }),
  service: registering.service,
  javaFrom: quantity("count", [6, 30], 8),
  javaTo: quantity("count", [6, 30], 30),
  ...serving,
  ...computing,
  ...memoryUse,
  writesToDisk: flag(false),
  heartbeatMs: registering.heartbeatMs,
  deployMs: quantity("ms", [0, 600_000], 1500),
  unloadDelayMs: quantity("ms", [0, 600_000], 2000, { source: "Apache Tomcat 10, Context, unloadDelay" }),
});

export const declaration = {
  id: "web-application",
  settings,
  calls: ["call", "discover", "register"],
  accepts: ["request"],
  places: [],
  placedIn: ["servlets"],
  acts: ["kill", "crash", "recreate", "slow", "resume", ...wreckActs],
  size: { width: 144, height: 72 },
  palette: { group: "machines", key: "Shift+w", order: 5 },
  stem: "app",
} as const satisfies KindDeclaration;
