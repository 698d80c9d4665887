import { uniform } from "../../base/random.ts";

/** What a Sentinel failover was played with: all times in ms from the fault on. */
export interface SentinelOptions {
  readonly sentinels: number;
  readonly quorum: number;
  readonly downAfterMs: number;
  /** Killed, its connections are closed and refused; frozen, they stay open and are not answered. */
  readonly isClosed: boolean;
  readonly seed: number;
}

export interface SentinelTimes {
  /** As the first of the sentinels has them. */
  readonly sdown: number;
  readonly odown: number;
  readonly switchMaster: number;
  /** The replica takes writes. */
  readonly writable: number;
}

/** sentinel.c: pings and questions to the others come every second, at most; a second, too, between two INFOs of a master's replica that fails over. */
const pingMs = 1000;
const askMs = 1000;
const infoMs = 1000;
const calmInfoMs = 10_000;

interface Sentinel {
  /** Its timer's period, and a tick of it at or before the fault: each has its own, so that they don't vote in step (server.hz = 10 + rand() % 10). */
  readonly periodMs: number;
  readonly phaseMs: number;
  readonly sdown: number;
  readonly odown: number;
}

/**
 * Redis Sentinel's failover by the rules of sentinel.c. A sentinel looks at everything with each tick of its timer. Silent for
 * down-after, the master is subjectively down; as many as the quorum agree, each asked when one finds it down and again a second
 * later: objectively down, with the next tick. That one stands, and with each further tick has its votes, selects the replica, and tells it to be master.
 * It learns that it is from the replica's INFO, and all are told of the switch.
 */
export function failOver(options: SentinelOptions): SentinelTimes {
  const sentinels = agree(
    options,
    Array.from({ length: options.sentinels }, (_, index) => finds(options, index)),
  );
  const leader = sentinels.reduce((first, one) => (one.odown < first.odown ? one : first));
  const elected = leader.odown + leader.periodMs;
  const writable = elected + 2 * leader.periodMs;
  const promoted = infoAfter(options, leader, writable);
  const switched = nextTick(leader, promoted) + leader.periodMs;
  const [observer] = sentinels as [Sentinel];
  // The others hear the hello that the new master carries, as soon as they read it.
  return { sdown: observer.sdown, odown: observer.odown, switchMaster: switched, writable };
}

const draw = ({ seed }: SentinelOptions, purpose: number, index: number): number => uniform(seed, index, purpose);

function finds(options: SentinelOptions, index: number): Sentinel {
  const periodMs = 1000 / (10 + Math.floor(10 * draw(options, 0, index)));
  const timer = { periodMs, phaseMs: draw(options, 1, index) * periodMs };
  // A closed connection is made anew with the next tick, and a question waits in it from then on; else it is the next ping that waits.
  const firstAsked = options.isClosed ? nextTick(timer, 0) : nextTick(timer, draw(options, 2, index) * pingMs);
  const sdown = nextTick(timer, firstAsked + options.downAfterMs);
  return { ...timer, sdown, odown: Infinity };
}

/** The first tick after an instant. */
function nextTick({ periodMs, phaseMs }: Pick<Sentinel, "periodMs" | "phaseMs">, afterMs: number): number {
  return phaseMs + (Math.floor((afterMs - phaseMs) / periodMs) + 1) * periodMs;
}

/** Each asks the others as soon as it finds the master down, and every second; with the tick after as many agree as the quorum wants, it is so. */
function agree({ quorum }: SentinelOptions, sentinels: readonly Sentinel[]): Sentinel[] {
  return sentinels.map((one) => {
    if (quorum <= 1) return { ...one, odown: one.sdown };
    const told = sentinels.filter((other) => other !== one).map((other) => agreesAt(one, other));
    const enough = told.sort((a, b) => a - b)[quorum - 2] ?? Infinity;
    return { ...one, odown: nextTick(one, enough) };
  });
}

/** When one hears of another that it finds the master down too. */
function agreesAt(one: Sentinel, other: Sentinel): number {
  let asked = one.sdown;
  while (other.sdown > asked) asked = nextTick(one, asked + askMs);
  return asked;
}

/** When the leader has the INFO in which the replica is master: it is asked at once when the failover begins, unless it was within the last second. */
function infoAfter(options: SentinelOptions, leader: Sentinel, writable: number): number {
  let info = leader.odown - draw(options, 3, 0) * calmInfoMs;
  while (info < writable) info = nextTick(leader, Math.max(info + infoMs, leader.odown));
  return info;
}
