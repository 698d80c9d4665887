import type { RegistrySettings } from "../declaration.ts";
import { plain, raftOf, untilTick, us, type RegistrySystem } from "./system.ts";

/** lessor.go: expired leases are looked for twice a second. */
const revokeUs = 500_000;

/** What is granted: whole seconds, at least 1.5 election timeouts ([M] 1 s → 2 s, 3 s → 3 s). */
export function grantedUs({ ttlMs, electionMs }: RegistrySettings): number {
  const leastS = Math.ceil((1.5 * electionMs) / 1000);
  return Math.max(leastS, Math.ceil(ttlMs / 1000)) * 1_000_000;
}

/**
 * A lease ends between its TTL and half a second later ([M] 2006–2493 of 2 s). Leases outlive the server: whoever leads
 * next renews them all, with an election timeout to spare.
 */
export const etcd: RegistrySystem = {
  ...plain,
  // clientv3: keep-alives come three times in a TTL.
  renewUs: (settings) => Math.round(grantedUs(settings) / 3),
  lapseUs: (settings, { nowUs, bornUs, phase }) => untilTick(nowUs + grantedUs(settings), revokeUs, bornUs - phase * revokeUs, nowUs),
  lapseWindowUs: (settings) => [grantedUs(settings), grantedUs(settings) + revokeUs],
  // [M] restart_to_readable 1218–1521 ms, half a second of it until the process listens.
  comesBackUs: ({ electionMs }) => [us(0.7 * electionMs), us(1.02 * electionMs)],
  graceUs: ({ electionMs }) => us(electionMs),
  // A tenth of the election timeout, as etcd.io advises and its defaults are; a leader that hears no quorum for an election timeout steps down.
  // Whoever would stand for election asks first whether it could win: --pre-vote, on by default since 3.5.
  members: ({ electionMs }) => ({ ...raftOf(electionMs / 10, electionMs), asksFirst: true }),
};
