import { atCause, atFirst, atSecond, atTo, atWhat, codeOf } from "./event-rows.ts";
import { EventQueue } from "./queue.ts";
import type { Checkpointed } from "./table.ts";

/** What happens first among things of one instant. */
export const priority = { completion: 0, timer: 1, timeout: 2, arrival: 3 } as const;

export type Handler = (to: number, first: number, second: number) => void;

/** The clock, the queue and the loop: it knows no node. Time is an integer number of microseconds. */
export class Kernel implements Checkpointed {
  readonly queue = new EventQueue();
  nowUs = 0;
  /** Events played so far. */
  events = 0;
  /** The journal row that what happens now follows from; −1: none. Whatever is pushed carries it along. */
  cause = -1;
  private readonly handlers: Handler[] = [];

  on(code: number, handler: Handler): void {
    this.handlers[code] = handler;
  }

  /** Pushes an event for a time. */
  push(at: number, order: number, code: number, to: number, first: number, second: number): void {
    this.queue.push(at, order, code, to, first, second, this.cause);
  }

  /** Pushes an event for so many microseconds from now: what happens most costs least. */
  after(delayUs: number, order: number, code: number, to: number, first: number, second: number): void {
    this.queue.pushAfter(delayUs, order, code, to, first, second, this.cause);
  }

  /** It is later now, and nothing has happened meanwhile. */
  comeTo(us: number): void {
    this.nowUs = us;
    this.queue.offset = us - this.queue.beganUs;
  }

  /** Plays the next event, if there is one. */
  step(): void {
    this.run(Infinity, 1);
  }

  /** Plays all events up to and including `toUs`, but at most `most`; returns how many it played. */
  run(toUs: number, most: number): number {
    const { queue, handlers } = this;
    let played = 0;
    queue.reach(toUs);
    while (played < most) {
      const event = queue.pop();
      if (event < 0) break;
      const { fields } = queue;
      this.nowUs = queue.beganUs + queue.offset;
      this.cause = fields[event + atCause]!;
      played++;
      handlers[codeOf(fields[event + atWhat]!)]!(fields[event + atTo]!, fields[event + atFirst]!, fields[event + atSecond]!);
    }
    this.events += played;
    // The queue may have moved on to a slot of which nothing was due yet.
    queue.offset = this.nowUs - queue.beganUs;
    return played;
  }

  save(): unknown {
    return { nowUs: this.nowUs, events: this.events, queue: this.queue.save() };
  }

  load(saved: unknown): void {
    const from = saved as { nowUs: number; events: number; queue: unknown };
    this.nowUs = from.nowUs;
    this.events = from.events;
    this.cause = -1;
    this.queue.load(from.queue);
  }
}
