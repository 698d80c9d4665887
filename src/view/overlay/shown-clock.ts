import type { Beat } from "./messages.ts";

/** How far beyond the last frame the drawing may run on, so that a late frame is not seen as a stop. */
const aheadMsMax = 34;

/** Simulated time as it is shown between frames, and the time on screen during which the run was playing. */
export class ShownClock {
  #nowUs = 0;
  #shownUs = 0;
  #speed = 1;
  #playing = false;
  #sinceWallMs = 0;
  #playedMs = 0;

  get speed(): number {
    return this.#speed;
  }

  get playing(): boolean {
    return this.#playing;
  }

  take(beat: Beat): void {
    this.#playedMs = this.playedMs(beat.wallMs);
    this.#sinceWallMs = beat.wallMs;
    this.#nowUs = beat.nowUs;
    this.#speed = beat.speed;
    this.#playing = beat.playing;
    if (beat.fresh || beat.nowUs < this.#shownUs - 1e6 * beat.speed) this.#shownUs = beat.nowUs;
  }

  /** The instant to draw, in µs of simulated time. It never goes back but when the run does. */
  shownUs(wallMs: number): number {
    const aheadMs = this.#playing ? Math.min(Math.max(wallMs - this.#sinceWallMs, 0), aheadMsMax) : 0;
    this.#shownUs = Math.max(this.#shownUs, this.#nowUs + aheadMs * 1000 * this.#speed);
    return this.#shownUs;
  }

  /** Time on screen, in ms, that stands still while the run does: what slowed dots travel by. */
  playedMs(wallMs: number): number {
    return this.#playedMs + (this.#playing ? Math.max(wallMs - this.#sinceWallMs, 0) : 0);
  }
}
