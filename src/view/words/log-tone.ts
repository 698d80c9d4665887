import { vocabulary, type LogRow, type Tone, type What } from "../../runtime/protocol.ts";

const tones: Partial<Record<What, Tone>> = {
  died: "dead",
  exited: "dead",
  "power-lost": "dead",
  isolated: "dead",
  "target-down": "dead",
  "pull-failed": "dead",
  "start-refused": "dead",
  "cores-refused": "dead",
  "cores-full": "doubtful",
  cut: "dead",
  hung: "doubtful",
  slowed: "doubtful",
  missed: "doubtful",
  "health-failed": "doubtful",
  unhealthy: "doubtful",
  expired: "doubtful",
  "target-removed": "doubtful",
  withdrawn: "doubtful",
  stale: "doubtful",
  stopping: "draining",
  "stop-ignored": "draining",
  up: "running",
  healthy: "running",
  "target-up": "running",
  registered: "running",
  "first-request": "running",
  mended: "running",
  rejoined: "running",
  resumed: "running",
  pulling: "busy",
  "asking-for-image": "busy",
  building: "busy",
  built: "running",
  "build-failed": "dead",
  pushing: "busy",
  pushed: "running",
  "push-failed": "dead",
  layer: "busy",
  pulled: "busy",
  starting: "busy",
  restarting: "busy",
  booting: "busy",
  waiting: "busy",
};

/** How a row of the log is marked: what is lost is dead, whatever is not named here is quiet. */
export function toneOf(row: LogRow): Tone {
  const what = row.what as What;
  return tones[what] ?? (vocabulary[what] === "loss" ? "dead" : "idle");
}
