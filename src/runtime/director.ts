import { exp, log } from "../base/math.ts";
import type { Moment } from "./moments.ts";
import { Purses, type Share } from "./purses.ts";

/** Wall milliseconds for which one speed holds. The plan is made in ticks, so that no frame rate can change it. */
export const tickMs = 10;
const easeInMs = 250;
const easeOutMs = 400;
/** On screen, a hop takes this long where the clock is slow (TIME.md 4). */
const hopOnScreenMs = 800;
/** A caption stays at least this long; nothing hurries past it (TIME.md 9). */
const readingMs = 2_500;
const emptyWaitMs = 4_000;
const hurryMs = 1_500;
/** Hurrying ends this long before what it hurries to, as the asked speed would have it. */
const leadMs = 1_000;

/** One speed, for so long or until a time is reached. Speeds are simulated µs per wall ms. */
export interface Tick {
  readonly speed: number;
  readonly ms: number;
  readonly untilUs: number;
  readonly pace: "asked" | "slowed" | "hurrying";
}

interface Ahead {
  readonly moment: Moment;
  /** From here on the clock is slow. */
  readonly startUs: number;
  readonly share: Share;
}

/**
 * Decides the speed of the clock from what happens, and from nothing else: ticks are counted, not measured, so the
 * same replay takes the same time on screen (TIME.md 7).
 */
export class Director {
  on = true;
  private speed = 0;
  private queue: Moment[] = [];
  private readonly known = new Set<number>();
  private readonly purses = new Purses();
  private ahead: Ahead | null = null;
  private holdMs = 0;
  private fault = -1;
  private calmMs = 0;
  private hurryToUs = -1;
  private hurrySpeed = 0;
  /** The caption that is awaited: once it has come, there is something to read. */
  private awaitedUs: number | null = null;
  /** How long a request's typical hop takes, in simulated µs. */
  private hopUs: number;

  constructor(hopUs: number) {
    this.hopUs = hopUs;
  }

  setHop(hopUs: number): void {
    this.hopUs = hopUs;
  }

  /** Tells it what comes or has come; what it knows already is passed over. */
  hear(moments: readonly Moment[]): void {
    for (const moment of moments) {
      if (this.known.has(moment.row)) continue;
      this.known.add(moment.row);
      this.queue.push(moment);
    }
    this.queue.sort((one, other) => one.atUs - other.atUs || one.row - other.row);
  }

  /** Somebody did something: what was foreseen may never be. */
  forget(nowUs: number): void {
    if (this.ahead !== null) {
      this.purses.takeBack(this.ahead.moment, this.ahead.share);
      this.queue.unshift(this.ahead.moment);
    }
    for (const moment of this.queue) if (moment.atUs > nowUs) this.known.delete(moment.row);
    this.queue = this.queue.filter((moment) => moment.atUs <= nowUs);
    this.ahead = null;
    this.hurryToUs = -1;
    this.calmMs = 0;
    this.awaitedUs = null;
  }

  /** The run jumped: faults have yet to come, and may be slow again. */
  reset(): void {
    this.queue = [];
    this.known.clear();
    this.purses.clear();
    this.ahead = null;
    this.holdMs = 0;
    this.speed = 0;
    this.forget(0);
  }

  /** How far it must be able to see at `nowUs` to have time to slow down. */
  horizonUs(nowUs: number, askedPerMs: number): number {
    const slow = this.slowSpeed(askedPerMs);
    return Math.ceil(nowUs + (askedPerMs - slow) / this.steepness(askedPerMs) + hopOnScreenMs * slow + tickMs * askedPerMs + 1);
  }

  /** @param askedPerMs the speed asked for; @param nextCaptionUs the next thing worth a caption, if it is known */
  tick(nowUs: number, askedPerMs: number, nextCaptionUs: number | null): Tick {
    this.pass(nowUs, askedPerMs);
    if (this.awaitedUs !== null && this.awaitedUs <= nowUs) this.calmMs = 0;
    this.awaitedUs = nextCaptionUs;
    const before = this.speed === 0 ? askedPerMs : this.speed;
    const wanted = this.holdMs > 0 ? this.easeDown(before, askedPerMs) : this.easeUp(before, askedPerMs);
    const hurried = this.hurried(nowUs, askedPerMs, wanted, before, nextCaptionUs);
    const speed = Math.max(this.slowSpeed(askedPerMs), Math.min(hurried, this.limit(nowUs, askedPerMs)));
    this.speed = speed;
    return this.charged({ speed, ms: tickMs, untilUs: this.untilUs(nowUs, askedPerMs), pace: paceOf(speed, askedPerMs) }, askedPerMs);
  }

  /** What lies behind is held for a while; what comes next is given its share of slowness. */
  private pass(nowUs: number, askedPerMs: number): void {
    for (;;) {
      this.ahead ??= this.nextAhead(nowUs, askedPerMs);
      if (this.ahead === null || this.ahead.moment.atUs > nowUs) return;
      this.holdMs = Math.max(this.holdMs, this.ahead.share.afterMs);
      this.fault = this.ahead.moment.fault;
      this.calmMs = 0;
      this.ahead = null;
    }
  }

  private nextAhead(nowUs: number, askedPerMs: number): Ahead | null {
    for (let moment = this.queue.shift(); moment !== undefined; moment = this.queue.shift()) {
      const slow = this.slowSpeed(askedPerMs);
      const joins = this.holdMs > 0 && this.fault === moment.fault && moment.atUs <= nowUs + this.holdMs * slow;
      const share = this.purses.share(moment, joins);
      if (share !== null) return { moment, startUs: Math.max(nowUs, moment.atUs - share.leadMs * slow), share };
    }
    return null;
  }

  /** No faster than this, if the next moment is to find the clock slow: v falls with the distance, so evenly on screen. */
  private limit(nowUs: number, askedPerMs: number): number {
    if (this.ahead === null) return Infinity;
    const distanceUs = Math.max(0, this.ahead.startUs - nowUs);
    return this.slowSpeed(askedPerMs) + this.steepness(askedPerMs) * distanceUs;
  }

  private untilUs(nowUs: number, askedPerMs: number): number {
    if (this.ahead === null) return Infinity;
    const { startUs, moment } = this.ahead;
    const easeUs = (askedPerMs - this.slowSpeed(askedPerMs)) / this.steepness(askedPerMs);
    const next = [startUs - easeUs, startUs, moment.atUs].find((us) => us > nowUs);
    return next === undefined ? Infinity : Math.max(nowUs + 1, Math.ceil(next));
  }

  private easeDown(before: number, askedPerMs: number): number {
    return Math.max(this.slowSpeed(askedPerMs), before * exp(-this.steepness(askedPerMs) * tickMs));
  }

  private easeUp(before: number, askedPerMs: number): number {
    if (before >= askedPerMs) return askedPerMs;
    const ratio = askedPerMs / this.slowSpeed(askedPerMs);
    return Math.min(askedPerMs, before * exp((log(Math.max(ratio, 1.01)) / easeOutMs) * tickMs));
  }

  private hurried(nowUs: number, asked: number, wanted: number, before: number, nextCaptionUs: number | null): number {
    if (this.holdMs > 0 || wanted < asked || nextCaptionUs === null) return this.stopHurrying(wanted);
    const endUs = nextCaptionUs - leadMs * asked;
    if (this.hurryToUs !== endUs) {
      const waitMs = (nextCaptionUs - nowUs) / asked;
      if (this.calmMs < readingMs || waitMs <= emptyWaitMs) return this.stopHurrying(wanted);
      this.hurryToUs = endUs;
      this.hurrySpeed = Math.max(asked * 2, (endUs - nowUs) / hurryMs);
    }
    if (nowUs >= endUs) return wanted;
    const steepness = log(this.hurrySpeed / asked) / easeInMs;
    const eased = Math.max(before, asked) * exp(steepness * tickMs);
    return Math.min(this.hurrySpeed, eased, asked + steepness * (endUs - nowUs));
  }

  private stopHurrying(wanted: number): number {
    this.hurryToUs = -1;
    return wanted;
  }

  private charged(tick: Tick, askedPerMs: number): Tick {
    this.calmMs += tickMs;
    if (tick.pace !== "slowed") return tick;
    const isSlow = tick.speed <= this.slowSpeed(askedPerMs) * 1.02;
    if (this.holdMs > 0 && isSlow) this.holdMs -= tickMs;
    const fault = this.holdMs > 0 || this.ahead === null ? this.fault : this.ahead.moment.fault;
    this.purses.spend(fault, tickMs);
    if (this.purses.isOut(fault, easeOutMs)) this.holdMs = 0;
    return tick;
  }

  private slowSpeed(askedPerMs: number): number {
    return Math.min(askedPerMs, this.hopUs / hopOnScreenMs);
  }

  /** Of the way down: speed per simulated µs. On screen it is an even, exponential ease of 250 ms. */
  private steepness(askedPerMs: number): number {
    return log(Math.max(1.01, askedPerMs / this.slowSpeed(askedPerMs))) / easeInMs;
  }
}

function paceOf(speed: number, asked: number): Tick["pace"] {
  if (speed < asked * 0.98) return "slowed";
  return speed > asked * 1.02 ? "hurrying" : "asked";
}
