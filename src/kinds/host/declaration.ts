import type { KindDeclaration } from "../../document/kind-declaration.ts";
import { defineSettings, quantity } from "../../document/settings.ts";

export const settings = defineSettings({
  memoryMb: quantity("MB", [64, 16_777_216], 16_384, { integer: true }),
  cores: quantity("count", [1, 1024], 8),
  bootMs: quantity("ms", [0, 3_600_000], 30_000),
});

export const declaration = {
  id: "host",
  settings,
  calls: ["pull"],
  accepts: [],
  places: ["hypervisor", "runtime"],
  placedIn: ["canvas", "site"],
  acts: ["unplug", "power-on", "restart", "prune", "panic", "repair"],
  size: { width: 324, height: 156 },
  palette: { group: "machines", key: "h", order: 0 },
  stem: "host",
} as const satisfies KindDeclaration;
