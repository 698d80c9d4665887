import type { Budget } from "./budget.ts";
import { tickMs, type Director, type Tick } from "./director.ts";
import { Lookout } from "./lookout.ts";
import type { Run } from "./run.ts";
import type { TimeState } from "./protocol.ts";

export const speedMin = 0.001;
export const speedMax = 1000;
/** A frame that comes later than this was held up by something else: the clock doesn't jump to make up for it. */
const frameMsMax = 250;
/** For so long after it fell behind, the engine is said to be behind: a word that flickers can't be read. */
const behindMs = 500;
/** It looks this far ahead for the next thing worth a caption, a little in each tick, and no further than so many events. */
const lookAheadMs = 60_000;
const lookEventsPerTick = 1_500;
const lookEventsAtOnce = 1_000;
const lookEventsMax = 400_000;

/** Turns wall time into simulated time (TIME.md): whole ticks of one speed each, so that no frame rate shows in it. */
export class Pacer {
  /** Simulated per wall time, as the person asked. */
  asked = 1;
  private readonly run: Run;
  private readonly director: Director;
  private readonly budget: Budget;
  private lookout: Lookout | null = null;
  private tick: Tick | null = null;
  private leftMs = 0;
  /** The time displayed, with the fraction of a microsecond that the engine doesn't have. */
  private exactUs = 0;
  private behindForMs = 0;

  constructor(run: Run, director: Director, budget: Budget) {
    this.run = run;
    this.director = director;
    this.budget = budget;
  }

  /** Plays as much as `wallMs` is worth. What the budget doesn't allow is left out of the time, never out of the run. */
  advance(wallMs: number): void {
    this.behindForMs = Math.max(0, this.behindForMs - wallMs);
    if (Math.floor(this.exactUs) !== this.run.nowUs) this.exactUs = this.run.nowUs;
    let left = Math.min(wallMs, frameMsMax);
    while (left > 0) {
      const tick = this.currentTick();
      if (tick === null) break;
      const ms = Math.min(left, this.leftMs);
      const goalUs = Math.min(this.exactUs + tick.speed * ms, tick.untilUs);
      const reckonedMs = this.playTo(goalUs, tick);
      const reached = this.exactUs >= goalUs;
      // Played out, it took what was given: reckoned back from the clock, rounding would leave a rest that never ends.
      const playedMs = reached && goalUs !== tick.untilUs ? ms : reckonedMs;
      this.leftMs = goalUs === tick.untilUs && reached ? 0 : this.leftMs - playedMs;
      left -= playedMs;
      if (!reached) break;
    }
    if (left > tickMs / 2) this.behindForMs = behindMs;
  }

  setSpeed(speed: number): void {
    if (speed === this.asked) return;
    this.asked = speed;
    this.tick = null;
    this.leftMs = 0;
  }

  /** The run is at another time, or another run: it is as if nothing had been seen. */
  jump(): void {
    this.interrupt();
    this.director.reset();
  }

  /** The run was changed: what was foreseen is void. */
  interrupt(): void {
    this.lookout = null;
    this.tick = null;
    this.leftMs = 0;
    this.exactUs = this.run.nowUs;
    this.director.forget(this.run.nowUs);
  }

  get pace(): TimeState["pace"] {
    if (this.behindForMs > 0) return "behind";
    return this.tick?.pace ?? "asked";
  }

  get speed(): number {
    return (this.tick?.speed ?? this.asked * 1000) / 1000;
  }

  /** @returns how many wall ms of the tick it took */
  private playTo(goalUs: number, tick: Tick): number {
    const fromUs = this.exactUs;
    this.exactUs = this.run.play(Math.floor(goalUs), this.budget) ? goalUs : this.run.nowUs;
    return (this.exactUs - fromUs) / tick.speed;
  }

  /** The tick that is being played, or the next; null if looking ahead took all the budget. */
  private currentTick(): Tick | null {
    if (this.tick !== null && this.leftMs > 1e-9) return this.tick;
    const next = this.director.on ? this.directed() : this.undirected();
    if (next === null) return null;
    this.tick = next;
    this.leftMs = next.ms;
    return next;
  }

  private undirected(): Tick {
    return { speed: this.asked * 1000, ms: tickMs, untilUs: Infinity, pace: "asked" };
  }

  private directed(): Tick | null {
    const { nowUs } = this.run;
    const perMs = this.asked * 1000;
    this.lookout ??= new Lookout(this.run);
    const mustKnowUs = this.director.horizonUs(nowUs, perMs);
    while (!this.lookout.look(mustKnowUs, lookEventsAtOnce)) if (this.budget.isSpent) return null;
    // The rest of the way is looked at a fixed share in each tick: what it knows, too, depends on the run alone.
    const ahead = this.lookout.events - this.run.engine.events;
    if (ahead < lookEventsMax) this.lookout.look(Math.ceil(nowUs + lookAheadMs * perMs), lookEventsPerTick);
    this.director.hear(this.lookout.takeMoments());
    return this.director.tick(nowUs, perMs, this.lookout.nextCaptionUs(nowUs));
  }
}
