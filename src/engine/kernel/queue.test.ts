import fc from "fast-check";
import { expect, it } from "vitest";
import { atFirst, atTo } from "./event-rows.ts";
import { EventQueue } from "./queue.ts";

interface Pushed {
  readonly at: number;
  readonly priority: number;
  readonly number: number;
}

/** The simplest thing that is ordered by (at, priority, sequence). */
class Oracle {
  private readonly events: Pushed[] = [];

  push(event: Pushed): void {
    this.events.push(event);
    this.events.sort((a, b) => a.at - b.at || a.priority - b.priority || a.number - b.number);
  }

  pop(toUs: number): Pushed | null {
    return this.nextAt() <= toUs ? (this.events.shift() ?? null) : null;
  }

  nextAt(): number {
    return this.events[0]?.at ?? Infinity;
  }
}

/** How far ahead things are pushed: this instant, this slot, the next ones, and beyond the wheel's horizon of 4.2 s. */
const waits = fc.oneof(
  fc.constantFrom(0, 1, 255, 256, 257, 500, 16_384 * 256 - 1, 16_384 * 256, 16_384 * 256 + 1),
  fc.nat(600),
  fc.nat(5000),
  fc.nat(9_000_000),
);
const steps = fc.oneof(
  { weight: 4, arbitrary: fc.record({ do: fc.constant("push" as const), wait: waits, priority: fc.nat(3) }) },
  { weight: 3, arbitrary: fc.record({ do: fc.constant("play" as const), most: fc.nat(6), wait: waits }) },
  { weight: 1, arbitrary: fc.record({ do: fc.constant("copy" as const) }) },
  { weight: 1, arbitrary: fc.record({ do: fc.constant("peek" as const) }) },
);

const seed = 20_261_123;
it(`gives events in the order (at, priority, sequence), whatever comes between and after a copy (seed ${seed})`, () => {
  fc.assert(
    fc.property(fc.array(steps, { maxLength: 300 }), (script) => {
      let queue = new EventQueue();
      const oracle = new Oracle();
      let now = 0;
      let number = 0;
      const playOne = (toUs: number): boolean => {
        const wanted = oracle.pop(toUs);
        queue.reach(toUs);
        const event = queue.pop();
        expect(event >= 0).toBe(wanted !== null);
        if (wanted === null) return false;
        const at = queue.beganUs + queue.offset;
        expect([at, queue.fields[event + atFirst], queue.fields[event + atTo]]).toEqual([wanted.at, wanted.number, 7]);
        now = wanted.at;
        return true;
      };
      for (const step of script) {
        if (step.do === "push") {
          queue.push(now + step.wait, step.priority, 1, 7, number, 0, -1);
          oracle.push({ at: now + step.wait, priority: step.priority, number: number++ });
        } else if (step.do === "play") {
          const toUs = now + step.wait;
          let left = step.most;
          while (left > 0 && playOne(toUs)) left--;
          if (left > 0) now = toUs;
        } else if (step.do === "copy") {
          const copy = new EventQueue();
          copy.load(queue.save());
          queue = copy;
        } else expect(queue.nextAt()).toBe(oracle.nextAt());
      }
      while (playOne(Infinity));
      expect(queue.size).toBe(0);
    }),
    { seed, numRuns: 300 },
  );
});
