import type { KindDeclaration } from "../../document/kind-declaration.ts";
import { defineSettings, quantity } from "../../document/settings.ts";

export const settings = defineSettings({
  port: quantity("count", [1, 65_535], 8080, { source: "Apache Tomcat 10, server.xml" }),
  javaVersion: quantity("count", [6, 30], 17),
  /** -Xmx: what all applications in it share. */
  heapMb: quantity("MB", [16, 1_048_576], 512, { integer: true }),
  /** What the virtual machine of Java takes for itself. */
  runtimeMb: quantity("MB", [1, 65_536], 128, { integer: true }),
  startMs: quantity("ms", [0, 600_000], 3000),
});

export const declaration = {
  id: "application-server",
  settings,
  calls: [],
  accepts: [],
  places: ["servlets"],
  placedIn: ["runtime"],
  acts: ["kill", "crash", "recreate", "hang", "resume", "stop"],
  size: { width: 168, height: 132 },
  palette: { group: "machines", key: "Shift+s", order: 4 },
  stem: "tomcat",
} as const satisfies KindDeclaration;
