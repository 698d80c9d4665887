import { hopKinds } from "./vocabulary.ts";
import type { Kernel } from "./kernel/kernel.ts";

export const hop = Object.fromEntries(hopKinds.map((kind, index) => [kind, index])) as Record<(typeof hopKinds)[number], number>;
/** What can befall a request at a place, to be drawn there. */
export const markKinds = ["refused", "reset", "lost", "timed-out", "rejected", "queued", "begun"] as const;
const markNumber = Object.fromEntries(markKinds.map((kind, index) => [kind, index])) as Record<(typeof markKinds)[number], number>;

export const hopStride = 9;
export const markStride = 6;
/** Beyond this many untaken numbers the feed forgets the oldest: it is for drawing, and nothing depends on it. */
const room = 1 << 18;

/** A route is known by one number: no document has so many nodes. */
const perFrom = 1 << 20;

/** Messages begun and marks, for those who draw. It is no part of the run: nothing reads it back. */
export class Feed {
  /** Whether anybody watches. */
  on = false;
  private hops = new Float64Array(0);
  private hopCount = 0;
  private marks = new Float64Array(0);
  private markCount = 0;
  private readonly kernel: Kernel;
  private rates = emptyRates();

  constructor(kernel: Kernel) {
    this.kernel = kernel;
  }

  hop(startUs: number, endUs: number, from: number, to: number, link: number, kind: number, client: number, number: number): void {
    if (this.hopCount + hopStride > this.hops.length) this.makeRoomForHops();
    const at = this.hopCount;
    const hops = this.hops;
    hops[at] = startUs;
    hops[at + 1] = endUs;
    hops[at + 2] = from;
    hops[at + 3] = to;
    hops[at + 4] = link;
    hops[at + 5] = kind;
    hops[at + 6] = client;
    hops[at + 7] = number;
    hops[at + 8] = 0;
    this.hopCount = at + hopStride;
    if (link >= 0) this.count(link, kind);
    else if (kind === hop.request) this.countRoute(from, to);
  }

  mark(what: (typeof markKinds)[number], node: number, client: number, number: number, from: number): void {
    if (!this.on || client < 0) return;
    if (this.markCount + markStride > this.marks.length) this.makeRoomForMarks();
    const at = this.markCount;
    this.marks.set([this.kernel.nowUs, node, markNumber[what], client, number, from], at);
    this.markCount = at + markStride;
  }

  takeHops(): Float64Array {
    const taken = this.hops.slice(0, this.hopCount);
    this.hopCount = 0;
    return taken;
  }

  takeMarks(): Float64Array {
    const taken = this.marks.slice(0, this.markCount);
    this.markCount = 0;
    return taken;
  }

  /** Forgets what has not been taken: the run has jumped. */
  clear(): void {
    this.hopCount = 0;
    this.markCount = 0;
    this.rates = emptyRates();
  }

  /** [link, requests, others] of about the last second. */
  linkRates(): [number, number, number][] {
    this.roll();
    const found: [number, number, number][] = [];
    const { requests, others, before, othersBefore } = this.rates;
    for (let link = 0; link < requests.length; link++) {
      const rate = Math.max(requests[link]!, before[link]!);
      const other = Math.max(others[link]!, othersBefore[link]!);
      if (rate + other > 0) found.push([link, rate, other]);
    }
    return found;
  }

  /** [from, to, requests] of about the last second, between things that no link joins: over what was discovered. */
  routeRates(): [number, number, number][] {
    this.roll();
    const { routes, routesBefore } = this.rates;
    const most = new Map(routesBefore);
    for (const [route, requests] of routes) most.set(route, Math.max(requests, most.get(route) ?? 0));
    return [...most].map(([route, requests]) => [Math.floor(route / perFrom), route % perFrom, requests]);
  }

  private countRoute(from: number, to: number): void {
    this.roll();
    const { routes } = this.rates;
    const route = from * perFrom + to;
    routes.set(route, (routes.get(route) ?? 0) + 1);
  }

  private count(link: number, kind: number): void {
    this.roll();
    const rates = this.rates;
    if (link >= rates.requests.length) widen(rates, link);
    if (kind === hop.request) rates.requests[link]!++;
    else if (kind > hop.refusal) rates.others[link]!++;
  }

  private roll(): void {
    const rates = this.rates;
    const now = this.kernel.nowUs;
    if (now < rates.untilUs) return;
    const missed = now >= rates.untilUs + 1e6;
    rates.before = missed ? new Int32Array(rates.requests.length) : rates.requests;
    rates.othersBefore = missed ? new Int32Array(rates.others.length) : rates.others;
    rates.routesBefore = missed ? new Map() : rates.routes;
    rates.routes = new Map();
    rates.requests = new Int32Array(rates.requests.length);
    rates.others = new Int32Array(rates.others.length);
    rates.untilUs = Math.floor(now / 1e6) * 1e6 + 1e6;
  }

  private makeRoomForHops(): void {
    if (this.hops.length >= room) {
      const half = Math.floor(this.hopCount / hopStride / 2) * hopStride;
      this.hops.copyWithin(0, half, this.hopCount);
      this.hopCount -= half;
      return;
    }
    const wider = new Float64Array(Math.max(hopStride * 512, this.hops.length * 2));
    wider.set(this.hops);
    this.hops = wider;
  }

  private makeRoomForMarks(): void {
    if (this.marks.length >= room) this.markCount = 0;
    const wider = new Float64Array(Math.max(markStride * 512, Math.min(room, this.marks.length * 2)));
    wider.set(this.marks.subarray(0, this.markCount));
    this.marks = wider;
  }
}

function emptyRates() {
  const none = new Int32Array(0);
  const noRoutes = () => new Map<number, number>();
  return { requests: none, others: none, before: none, othersBefore: none, routes: noRoutes(), routesBefore: noRoutes(), untilUs: 0 };
}

function widen(rates: ReturnType<typeof emptyRates>, link: number): void {
  for (const name of ["requests", "others", "before", "othersBefore"] as const) {
    const wider = new Int32Array(Math.max(16, (link + 1) * 2));
    wider.set(rates[name]);
    rates[name] = wider;
  }
}
