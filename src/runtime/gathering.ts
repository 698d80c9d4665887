import type { Frame, FromSession } from "./protocol.ts";

/** Sixty times a second nobody reads: figures and words are told as often as an eye can follow them. */
export const tellEveryMs = 50;

/**
 * Keeps frames back so that whoever reads them is woken seldom, and tells them as one: nothing that was told in any of
 * them is lost. A jump and a standstill are told at once; so is everything before the lists that frames point into change.
 */
export class Gathering {
  readonly #tell: (message: FromSession) => void;
  #kept: Frame | null = null;
  #toldMs = -Infinity;

  constructor(tell: (message: FromSession) => void) {
    this.#tell = tell;
  }

  hear(message: FromSession, nowMs: number): void {
    if (message.type === "frame") return this.#hearFrame(message, nowMs);
    if (message.type !== "answer") this.#flush(nowMs);
    this.#tell(message);
  }

  #hearFrame(frame: Frame, nowMs: number): void {
    this.#kept = this.#kept === null || frame.fresh ? frame : joined(this.#kept, frame);
    if (frame.fresh || !frame.time.playing || nowMs - this.#toldMs >= tellEveryMs) this.#flush(nowMs);
  }

  #flush(nowMs: number): void {
    if (this.#kept === null) return;
    const frame = this.#kept;
    this.#kept = null;
    this.#toldMs = nowMs;
    this.#tell(frame);
  }
}

/** What moved on is as the later frame has it, and what was told stays told. Of hops there are none: they go another way. */
function joined(before: Frame, frame: Frame): Frame {
  return {
    ...frame,
    statuses: latest(before.statuses, frame.statuses, ({ id }) => id),
    nodeCounters: latest(before.nodeCounters, frame.nodeCounters, ([id]) => id),
    captions: [...before.captions, ...frame.captions],
    log: [...before.log, ...frame.log],
    ...(tellsRates(frame) ? {} : { linkRates: before.linkRates, routeRates: before.routeRates }),
    routes: frame.routes ?? before.routes,
  };
}

const tellsRates = ({ linkRates, routeRates }: Frame): boolean => linkRates.length + routeRates.length > 0;

/** Of each thing its newest state, in the order in which they were first told. */
function latest<Item>(before: readonly Item[], after: readonly Item[], idOf: (item: Item) => string): readonly Item[] {
  if (before.length === 0) return after;
  return after.length === 0 ? before : [...new Map([...before, ...after].map((item) => [idOf(item), item])).values()];
}
