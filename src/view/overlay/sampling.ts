import { isFailure, kindNumber, requestKey } from "./traffic.ts";

/** TIME.md 1: a hop is drawn exactly when it lasts at least this long on screen. */
export const exactFromMs = 250;
/** TIME.md 2: else it is drawn slowed, so long … */
export const slowedMs = 400;
/** … and so many a second and link. */
const perSecond = 6;
/** Failures are always drawn; more than this many a second on one line would cover each other wholly. */
const failuresPerSecond = 120;
/** A journey of many short hops may lag this far behind the simulation before it is given up. */
const lagMsMax = 3000;

export interface HopSeen {
  readonly way: number;
  readonly from: number;
  readonly to: number;
  readonly kind: number;
  readonly client: number;
  readonly number: number;
  readonly lost: boolean;
}

export const isExact = (startUs: number, endUs: number, speed: number): boolean => (endUs - startUs) / 1000 / speed >= exactFromMs;

/**
 * Chooses which hops are drawn when they are too short to be seen. A request chosen on its first hop is followed to
 * its end: each of its hops begins on screen when the one before has arrived.
 */
export class Sampler {
  readonly #dueOn = new Map<number, number>();
  /** When a followed request's dot arrives at a node, by request and node. */
  readonly #arrivals = new Map<number, Map<number, number>>();
  #begun = 0;
  #followed = 0;

  /** When the hop's dot sets out, in ms of played time; null if it is not drawn. */
  admit(hop: HopSeen, playedMs: number): number | null {
    if (isFailure(hop.kind) || hop.lost) return this.#admitFailure(hop, playedMs);
    if (hop.client < 0) return this.#admitAlone(hop, playedMs);
    return this.#admitOfRequest(hop, playedMs);
  }

  /** Counts of requests begun and of those chosen, since last asked. */
  takeRatio(): { shown: number; of: number } {
    const ratio = { shown: this.#followed, of: this.#begun };
    this.#begun = this.#followed = 0;
    return ratio;
  }

  forget(): void {
    this.#arrivals.clear();
    this.#dueOn.clear();
  }

  #admitFailure(hop: HopSeen, playedMs: number): number | null {
    const arrivals = hop.client < 0 ? undefined : this.#arrivals.get(requestKey(hop.client, hop.number));
    if (arrivals === undefined && !this.#token(hop, playedMs, failuresPerSecond, failuresPerSecond)) return null;
    const start = Math.max(playedMs, arrivals?.get(hop.from) ?? 0);
    arrivals?.set(hop.to, start + slowedMs);
    return start;
  }

  #admitAlone(hop: HopSeen, playedMs: number): number | null {
    return this.#token(hop, playedMs, perSecond, 1) ? playedMs : null;
  }

  #admitOfRequest(hop: HopSeen, playedMs: number): number | null {
    const key = requestKey(hop.client, hop.number);
    const first = hop.from === hop.client && hop.kind === kindNumber.request;
    if (first) this.#begun++;
    const arrivals = this.#arrivals.get(key) ?? (first && this.#token(hop, playedMs, perSecond, 1) ? this.#follow(key) : undefined);
    if (arrivals === undefined) return null;
    const start = Math.max(playedMs, arrivals.get(hop.from) ?? 0);
    const crowded = !first && hop.kind === kindNumber.request && !this.#token(hop, playedMs, perSecond, perSecond);
    if (crowded || start - playedMs > lagMsMax) return this.#giveUp(key);
    arrivals.set(hop.to, start + slowedMs);
    if (hop.to === hop.client) this.#arrivals.delete(key);
    return start;
  }

  #follow(key: number): Map<number, number> {
    const arrivals = new Map<number, number>();
    this.#arrivals.set(key, arrivals);
    this.#followed++;
    if (this.#arrivals.size > 2000) this.#arrivals.delete(this.#arrivals.keys().next().value!);
    return arrivals;
  }

  #giveUp(key: number): null {
    this.#arrivals.delete(key);
    return null;
  }

  /** So many a second on this line; up to `burst` of them may come at once. */
  #token(hop: HopSeen, playedMs: number, rate: number, burst: number): boolean {
    const line = hop.way * 16 + hop.kind;
    const due = Math.max(this.#dueOn.get(line) ?? 0, playedMs);
    if (due - playedMs > ((burst - 1) * 1000) / rate) return false;
    this.#dueOn.set(line, due + 1000 / rate);
    return true;
  }
}
