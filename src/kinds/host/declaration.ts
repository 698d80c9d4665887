import type { KindDeclaration } from "../../document/kind-declaration.ts";
import { defineSettings, quantity } from "../../document/settings.ts";

export const settings = defineSettings({
  memoryMb: quantity("MB", [64, 16_777_216], 16_384, { integer: true }),
  cores: quantity("count", [1, 1024], 8),
  /** Images, volumes and what containers write lie on it. */
  diskMb: quantity("MB", [1, 1_000_000_000], 500_000),
  /** Of its network card: images are pulled and pushed no faster. 0: as fast as registries can. */
  bandwidthMbitPerSecond: quantity("Mbit/s", [0, 400_000], 0),
  bootMs: quantity("ms", [0, 3_600_000], 30_000),
  /** Until it goes off whatever still runs. */
  stopTimeoutMs: quantity("ms", [0, 3_600_000], 90_000, { source: "systemd, DefaultTimeoutStopSec" }),
});

export const declaration = {
  id: "host",
  settings,
  calls: ["pull"],
  accepts: [],
  places: ["hypervisor", "runtime"],
  placedIn: ["canvas", "site"],
  acts: ["unplug", "shut-down", "power-on", "restart", "prune", "prune-volumes", "panic", "repair"],
  size: { width: 324, height: 156 },
  palette: { group: "machines", key: "h", order: 0 },
  stem: "host",
} as const satisfies KindDeclaration;
