import type { Saved } from "./engine-port.ts";
import type { Narrator } from "./captions.ts";

export interface Checkpoint {
  readonly atUs: number;
  readonly events: number;
  readonly saved: Saved;
  /** As it was then; to be cloned, since it reads on. */
  readonly narrator: Narrator;
  /** Messages on their way then, to be drawn. */
  readonly flying: Float64Array;
}

const everyEvents = 200_000;
const everyUsAtFirst = 2_000_000;
const kept = 32;

/** Places to go back to, in order of time: close together where the run is young, thinned with age (DESIGN §7). */
export class Checkpoints {
  private list: Checkpoint[] = [];
  private everyUs = everyUsAtFirst;

  isDue(nowUs: number, events: number): boolean {
    const last = this.list.at(-1);
    return last === undefined || events - last.events >= everyEvents || nowUs - last.atUs >= this.everyUs;
  }

  add(checkpoint: Checkpoint): void {
    this.list.push(checkpoint);
    if (this.list.length > kept) this.thin();
  }

  /** The last one at or before a time. There is one at 0 always. */
  before(atUs: number): Checkpoint | null {
    return this.list.findLast((checkpoint) => checkpoint.atUs <= atUs) ?? null;
  }

  get all(): readonly Checkpoint[] {
    return this.list;
  }

  /** The run went back: what lies ahead of it is void, as its journal no longer has those rows. */
  forgetAfter(atUs: number): void {
    this.list = this.list.filter((checkpoint) => checkpoint.atUs <= atUs);
  }

  /** Drops every other one of the older half, but never the first. */
  private thin(): void {
    const half = this.list.length >> 1;
    this.list = this.list.filter((_, index) => index === 0 || index >= half || index % 2 === 0);
    this.everyUs *= 2;
  }
}
