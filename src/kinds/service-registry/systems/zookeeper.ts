import type { RegistrySettings } from "../declaration.ts";
import { plain, untilTick, us, type RegistrySystem } from "./system.ts";

/** Sessions last 2 to 20 ticks, whatever is asked for ([M] 1000 → 4000 ms of 2 s ticks). */
export function negotiatedUs({ sessionMs, tickMs }: RegistrySettings): number {
  return Math.min(20 * us(tickMs), Math.max(2 * us(tickMs), us(sessionMs)));
}

/** Who looks for a leader waits this long for a better proposal (FastLeaderElection.finalizeWait). */
const finalizeUs = 200_000;

/**
 * A session ends at the next tick after its time has passed (SessionTrackerImpl.roundToNextInterval). A closed socket does
 * not end it: a killed process and a silent one are noticed alike ([M] SIGKILL, SIGSTOP).
 */
export const zookeeper: RegistrySystem = {
  ...plain,
  // ClientCnxn: a ping after half of the read timeout, which is two thirds of the session's.
  renewUs: (settings) => Math.round(negotiatedUs(settings) / 3),
  lapseUs: (settings, { nowUs, bornUs, phase }) => {
    const tickUs = us(settings.tickMs);
    return untilTick(nowUs + negotiatedUs(settings), tickUs, bornUs - phase * tickUs, nowUs, true);
  },
  lapseWindowUs: (settings) => [negotiatedUs(settings), negotiatedUs(settings) + us(settings.tickMs)],
  // The leader pings twice a tick (Leader.lead); who hears nothing for syncLimit ticks looks for another leader, and a leader
  // that does not hear a majority for as long looks too. A leader whose process dies closes its connections: that is heard at once.
  members: ({ tickMs, syncLimit }) => ({
    by: "majority",
    heartbeatUs: us(tickMs / 2),
    electionUs: [us(syncLimit * tickMs), us(syncLimit * tickMs) + 2 * finalizeUs],
    leaseUs: us(syncLimit * tickMs),
    // A server that looks for a leader is told of the one there is: the epoch grows only with a new leader.
    asksFirst: true,
    lookingUs: [finalizeUs, 2 * finalizeUs],
  }),
};
