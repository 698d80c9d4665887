import type { Tone } from "../../runtime/protocol.ts";

/** Each tone's shape, so that nothing is said by colour alone. */
export const toneMark: Readonly<Record<Tone, string>> = {
  running: "●",
  busy: "◌",
  doubtful: "▲",
  dead: "✕",
  draining: "◐",
  idle: "○",
};
