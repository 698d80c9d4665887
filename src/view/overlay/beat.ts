import type { Frame } from "../../runtime/protocol.ts";
import type { ToPainter } from "./messages.ts";
import { wallMs } from "./wall.ts";

/** What the painter needs of a frame. */
export function beatOf({ time, hops, marks, statuses, fresh }: Frame): Extract<ToPainter, { type: "beat" }> {
  const { nowUs, speed, playing, faultUs } = time;
  const dead = statuses.filter(({ tone }) => tone === "dead").map(({ id }) => id);
  return { type: "beat", beat: { nowUs, speed, playing, faultUs, fresh, wallMs: wallMs() }, hops, marks, dead };
}
