import type { KindDeclaration } from "../../document/kind-declaration.ts";
import { processorShare } from "../../document/computing-settings.ts";
import { choice, defineSettings, quantity } from "../../document/settings.ts";

export const settings = defineSettings({
  /** All of it is reserved on the host for as long as the VM is there. */
  memoryMb: quantity("MB", [64, 4_194_304], 4096, { integer: true }),
  /** What the guest's own operating system takes of it. */
  guestOsMb: quantity("MB", [16, 65_536], 1024, { integer: true }),
  vcpus: quantity("count", [1, 1024], 2),
  /** Shared: threads among others on the host. Reserved: cores of its own, in use or not. */
  vcpusAre: choice(["shared", "reserved"], "shared"),
  cpuShares: processorShare.cpuShares,
  /** Its virtual disk. */
  diskMb: quantity("MB", [1, 1_000_000_000], 50_000),
  /** Of its network card: images are pulled and pushed no faster. 0: as fast as registries can. */
  bandwidthMbitPerSecond: quantity("Mbit/s", [0, 400_000], 0),
  bootMs: quantity("ms", [0, 3_600_000], 25_000, { source: "EC2 cold boot, mean 25.8 s (ec2-coldboot-research)" }),
  /** Until it goes off whatever still runs. */
  stopTimeoutMs: quantity("ms", [0, 3_600_000], 90_000, { source: "systemd, DefaultTimeoutStopSec" }),
});

export const declaration = {
  id: "virtual-machine",
  settings,
  calls: ["pull"],
  accepts: [],
  places: ["runtime"],
  placedIn: ["hypervisor"],
  acts: ["unplug", "shut-down", "power-on", "restart", "recreate", "prune", "prune-volumes", "panic", "repair"],
  size: { width: 180, height: 156 },
  palette: { group: "machines", key: "v", order: 1 },
  stem: "vm",
} as const satisfies KindDeclaration;
