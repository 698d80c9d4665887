import type { Lookup } from "../../../engine/discovery.ts";
import type { Window } from "../../../engine/policies/detection.ts";
import type { RegistrySettings } from "../declaration.ts";

/** What the rules about one entry may know of time. */
export interface Clock {
  readonly nowUs: number;
  /** Since when the registry runs: periodic tasks count from there. */
  readonly bornUs: number;
  /** When the entry was made. */
  readonly registeredUs: number;
  /** Where between two ticks the registry began, in [0, 1): a number of its own, the same at every look. */
  readonly phase: number;
}

/** Checks of instances, by the registry over the wire or by its agent on the instance's machine. */
export interface CheckRules {
  readonly from: "registry" | "machine";
  readonly by: "http" | "tcp";
  /** The first check comes anywhere within this time. */
  readonly firstUs: Window;
  readonly intervalUs: number;
  /** The next check begins so long after the beginning of the last one, or after its end. */
  readonly counts: "from-start" | "from-end";
  readonly timeoutUs: number;
  readonly failures: number;
  readonly successes: number;
  /** The very first result applies at once. */
  readonly firstCounts: boolean;
  /** The machine's agent looks so often whether the process is still there; 0: it doesn't. */
  readonly glanceUs: number;
}

/** How the loss of a whole machine is noticed, where its agent is heard of by itself. */
export interface MachineRules {
  readonly heardEveryUs: number;
  readonly silentUs: number;
  /** The verdict falls on the next of these ticks; 0: at once. */
  readonly tickUs: number;
}

/** What a server does again and again for all of its entries. */
export interface SweepRules {
  readonly everyUs: number;
  /** An entry may go when it was last renewed so long ago; one that was never renewed, sooner. */
  readonly afterUs: number;
  readonly neverRenewedAfterUs: number;
  readonly keepsBelow: number | null;
  /** Of all that are registered, so many (in parts of one) stay after one sweep. */
  readonly keepsPart: number;
}

/** One member leads, and what a majority has counts: nobody writes without a majority. */
export interface MajorityRules {
  readonly by: "majority";
  readonly heartbeatUs: number;
  /** Who hears no leader for a time drawn from this stands for election. */
  readonly electionUs: Window;
  /** A leader that hears no majority for so long leads no more. */
  readonly leaseUs: number;
  /** Who hears no leader first asks whether he would be elected, so that one that was cut off unseats nobody when it is back. */
  readonly asksFirst?: boolean;
  /** Who knows of no leader stands so soon, and its followers heed that the connection to their leader is closed. */
  readonly lookingUs?: Window;
}

/** Each member takes what it is told, and tells the others so long after that; a peer that has not answered by then is lost. */
export interface PeerRules {
  readonly by: "peers";
  readonly batchUs: number;
  readonly patienceUs: number;
}

/** Each looks at the instances by itself, and as many as the quorum must agree that the master is down (Redis Sentinel). */
export interface WatchRules {
  readonly downAfterUs: number;
  readonly quorum: number;
  readonly failoverTimeoutUs: number;
}

/** A registry's rules, as pure functions of its settings; where they come from stands with each system (SEMANTICS §5). */
export interface RegistrySystem {
  /** A lease is gone when it ends; what has a status stays in the catalogue and is critical. */
  readonly entry: "lease" | "status";
  /** Whether its entries outlive its own death. */
  readonly remembers: boolean;
  /** An instance that registers anew takes the place of the one before it (the same name, the same key). */
  readonly replaces: boolean;
  /** It learns at once that an instance's process has closed its connection. */
  readonly hearsClosing: boolean;
  /** How often an instance is heard of, if nobody sets it otherwise. `null`: as the instance is set. */
  renewUs(settings: RegistrySettings): number | null;
  /** How long from now until an entry lapses that is renewed now. */
  lapseUs(settings: RegistrySettings, clock: Clock): number;
  /** The earliest and the latest that can be. */
  lapseWindowUs(settings: RegistrySettings): Window;
  /** How long from now until an entry is removed that is critical from now on. */
  reapUs(settings: RegistrySettings, clock: Clock): number;
  /** What an entry is before anything is known of it. */
  begins(settings: RegistrySettings): "passing" | "critical";
  checks?(settings: RegistrySettings): CheckRules;
  machine?(settings: RegistrySettings): MachineRules;
  sweep?(settings: RegistrySettings): SweepRules;
  /** Answers come from a copy that is made so often; 0: from the directory itself. */
  cacheUs(settings: RegistrySettings): number;
  /** Watchers are told so long after a change, of all that has changed meanwhile. */
  readonly mergeUs: number;
  /** Healthy ones in percent of all, up to which all are given out; null: never. */
  protectAt(settings: RegistrySettings): number | null;
  /** An answer by DNS names at most so many; 0: all. */
  readonly dnsAnswers: number;
  /** After it listens again, so long until it answers: its election. */
  comesBackUs(settings: RegistrySettings): Window;
  /** And its entries' time begins anew, with so much more. */
  graceUs(settings: RegistrySettings): number;
  /** How several members are one registry; null: each goes by what it sees. */
  members(settings: RegistrySettings): MajorityRules | PeerRules | null;
  watches?(settings: RegistrySettings): WatchRules;
  /** How its own clients ask. */
  lookup(settings: RegistrySettings): Lookup;
}

export const us = (milliseconds: number): number => Math.round(milliseconds * 1000);
/** Where nobody renews, what was registered is said again every so often, in case it was not heard (Consul's anti-entropy). */
export const syncUs = 60_000_000;
export const never = (): number => Infinity;

/** From now to the next tick that is not before `atUs` (or is after it, where `strictly`). */
export function untilTick(atUs: number, tickUs: number, fromUs: number, nowUs: number, strictly = false): number {
  const ticks = (atUs - fromUs) / tickUs;
  const next = strictly ? Math.floor(ticks) + 1 : Math.ceil(ticks);
  return Math.max(0, Math.round(fromUs + next * tickUs) - nowUs);
}

/** etcd: --heartbeat-interval 100 ms, --election-timeout 1000 ms; the timeout is drawn anew up to twice as long (etcd.io: tuning). */
export function raftOf(heartbeatMs: number, electionMs: number, leaseMs = electionMs): MajorityRules {
  return { by: "majority", heartbeatUs: us(heartbeatMs), electionUs: [us(electionMs), us(2 * electionMs)], leaseUs: us(leaseMs) };
}

/** A system without anything special: what most of the rest begin with. */
export const plain: RegistrySystem = {
  entry: "lease",
  remembers: true,
  replaces: false,
  hearsClosing: false,
  renewUs: () => null,
  lapseUs: ({ ttlMs }) => us(ttlMs),
  lapseWindowUs: ({ ttlMs }) => [us(ttlMs), us(ttlMs)],
  reapUs: never,
  begins: () => "passing",
  cacheUs: () => 0,
  mergeUs: 0,
  protectAt: () => null,
  dnsAnswers: 0,
  comesBackUs: () => [0, 0],
  graceUs: () => 0,
  members: () => raftOf(100, 1000),
  lookup: () => ({ way: "watch", everyUs: 0 }),
};
