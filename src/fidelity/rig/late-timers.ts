import type { SettingValues } from "../../document/topology.ts";

/**
 * Timers of the real balancers go off some milliseconds late (SEMANTICS §1.4: 200 after 1003 to 1005 ms). It matters where a request is sent
 * elsewhere by a timeout at the very instant at which another comes: the latter has its turn first.
 */
export function late(connectMs: number, serverMs: number): SettingValues {
  return { connectTimeoutMs: connectMs + timerLateMs, serverTimeoutMs: serverMs + timerLateMs };
}

const timerLateMs = 4;
