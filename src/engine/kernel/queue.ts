import { assert } from "../../base/assert.ts";
import { EventHeap } from "./event-heap.ts";
import {
  atCause,
  atFirst,
  atNext,
  atSecond,
  atTo,
  atWhat,
  dueOf,
  offsetOf,
  placeCount,
  placeIn,
  placeOf,
  slotShift,
  slotWidthUs,
  whatOf,
  width,
} from "./event-rows.ts";
import { OpenSlot } from "./open-slot.ts";
import type { Checkpointed } from "./table.ts";

/** The wheel's 16,384 slots of 256 µs look 4.2 s ahead, past the usual probe interval. */
const slotCount = 16_384;
const slotMask = slotCount - 1;
const horizonUs = slotCount * slotWidthUs;

/**
 * The event queue, ordered by `(at, priority, sequence)`; `at` is a whole number of microseconds.
 *
 * Events ahead wait in a timing wheel (O(1)); those of the slot that is being played stand in chains, one for each
 * instant and priority; those beyond the wheel's horizon wait in a heap. Within the horizon an instant is counted from
 * the begin of the slot that is being played: that is a small integer, where a time would be a double (measured: pushing
 * and popping cost a third less). An event is a row, so the queue is copied by copying arrays. Events are never
 * cancelled: whoever pushed one gives it a generation and ignores it when that is past.
 */
export class EventQueue implements Checkpointed {
  /** The events' integers. What `pop` has taken away can be read here until the next push. */
  fields = new Int32Array(1024 * width);
  private times = new Float64Array(this.fields.buffer);
  /** Where the first row begins that has never been in use. */
  private rows = 0;
  private free = 0;
  /** Tells apart those that wait in `far`: everywhere else whoever comes first stands first. */
  private sequence = 0;
  /** The last row (+ 1) of each slot; a row's `next` is the one that came before it. */
  private readonly slots = new Int32Array(slotCount);
  private readonly filled = new Int32Array(slotCount >> 5);
  private wheelCount = 0;
  /** Absolute number of the slot whose events are in `near`: all that follow are in the wheel, or in `far`. */
  private currentSlot = 0;
  private readonly near = new OpenSlot();
  private readonly far = new EventHeap();
  /** When that slot begins, and how long after that it is now (that may be long after its end, while nothing is due). */
  beganUs = 0;
  offset = 0;
  /** How far the run may come now, and the first place of the current slot that lies beyond. */
  private goalUs = Infinity;
  private limit: number = placeCount;

  get size(): number {
    return this.near.size + this.wheelCount + this.far.size;
  }

  push(at: number, priority: number, code: number, to: number, first: number, second: number, cause: number): void {
    this.pushAfter(at - this.beganUs - this.offset, priority, code, to, first, second, cause);
  }

  /** Pushes what is due a while after now. */
  pushAfter(delayUs: number, priority: number, code: number, to: number, first: number, second: number, cause: number): void {
    const due = this.offset + delayUs;
    let row = this.free - 1;
    if (row >= 0) this.free = this.fields[row + atNext]!;
    else row = this.newRow();
    const { fields } = this;
    fields[row + atWhat] = whatOf(code, placeOf(due, priority));
    fields[row + atTo] = to;
    fields[row + atFirst] = first;
    fields[row + atSecond] = second;
    fields[row + atCause] = cause;
    if (due >= slotWidthUs && due < horizonUs) this.chain(row, due >> slotShift);
    else this.pushAside(row, due);
  }

  /** What the wheel cannot hold: an event of the slot that is being played, or one beyond the horizon. */
  private pushAside(row: number, due: number): void {
    assert(due >= 0, "nothing is pushed into the past");
    if (due < slotWidthUs) return this.near.append(row, this.fields);
    this.sequence = (this.sequence + 1) | 0;
    this.fields[row + atNext] = this.sequence;
    this.times[dueOf(row)] = this.beganUs + due;
    this.far.push(row, this.times, this.fields);
  }

  /** The time of the next event; Infinity if there is none. */
  nextAt(): number {
    if (this.near.size > 0) return this.beganUs + offsetOf(this.near.first());
    if (this.wheelCount === 0) return this.far.size === 0 ? Infinity : this.times[dueOf(this.far.top())]!;
    const slot = this.currentSlot + this.distanceToFilled();
    let least = placeCount;
    for (let row = this.slots[slot & slotMask]! - 1; row >= 0; row = this.fields[row + atNext]! - 1)
      least = Math.min(least, placeIn(this.fields[row + atWhat]!));
    return slot * slotWidthUs + offsetOf(least);
  }

  /** From now on `pop` gives what is due up to and including `toUs`. */
  reach(toUs: number): void {
    this.goalUs = toUs;
    this.setLimit();
  }

  private setLimit(): void {
    const left = this.goalUs - this.beganUs + 1;
    this.limit = left >= slotWidthUs ? placeCount : left > 0 ? placeOf(left, 0) : 0;
  }

  /** Takes the next event away if the run may come to it: where its `fields` begin; −1 if there is none. */
  pop(): number {
    const { near } = this;
    if (near.size === 0) {
      if (!this.advance()) return -1;
      const lone = this.loneRow();
      if (lone >= 0) return this.takeLone(lone);
      this.openSlot();
    }
    const place = near.first();
    if (place >= this.limit) return -1;
    return this.take(near.shift(place, this.fields), place);
  }

  private take(row: number, place: number): number {
    this.offset = offsetOf(place);
    this.fields[row + atNext] = this.free;
    this.free = row + 1;
    return row;
  }

  private chain(row: number, ahead: number): void {
    const slot = (this.currentSlot + ahead) & slotMask;
    this.fields[row + atNext] = this.slots[slot]!;
    this.slots[slot] = row + 1;
    this.filled[slot >> 5]! |= 1 << (slot & 31);
    this.wheelCount++;
  }

  /** Moves on to the next slot that holds events, if it does not begin after the goal: what is pushed before that must find its place. */
  private advance(): boolean {
    const slot = this.nextSlot();
    if (slot * slotWidthUs > this.goalUs || slot === Infinity) return false;
    this.currentSlot = slot;
    this.beganUs = slot * slotWidthUs;
    this.offset = 0;
    this.setLimit();
    if (this.far.size > 0) this.drawIn();
    return true;
  }

  private nextSlot(): number {
    if (this.wheelCount > 0) return this.currentSlot + this.distanceToFilled();
    return this.far.size === 0 ? Infinity : Math.floor(this.times[dueOf(this.far.top())]! / slotWidthUs);
  }

  /** Brings in what has come within the horizon; it was pushed before anything that the wheel can hold for those instants. */
  private drawIn(): void {
    const { far, times, fields } = this;
    while (far.size > 0) {
      const ahead = times[dueOf(far.top())]! - this.beganUs;
      if (ahead >= horizonUs) return;
      this.chain(far.pop(times, fields), ahead >> slotShift);
    }
  }

  /** The row of the current slot if there is but one: where little happens, it need not be sorted in. −1 if there are more. */
  private loneRow(): number {
    const row = this.slots[this.currentSlot & slotMask]! - 1;
    return this.fields[row + atNext] === 0 ? row : -1;
  }

  private takeLone(row: number): number {
    const place = placeIn(this.fields[row + atWhat]!);
    if (place >= this.limit) {
      this.openSlot();
      return -1;
    }
    this.emptySlot();
    this.wheelCount--;
    return this.take(row, place);
  }

  /** Takes all rows out of the current slot; the last of them (+ 1) begins their chain. */
  private emptySlot(): number {
    const slot = this.currentSlot & slotMask;
    const last = this.slots[slot]!;
    this.slots[slot] = 0;
    this.filled[slot >> 5]! &= ~(1 << (slot & 31));
    return last;
  }

  /** A slot's chain leads from its latest event to its earliest. */
  private openSlot(): void {
    const { near, fields } = this;
    near.rewind();
    let link = this.emptySlot();
    while (link !== 0) {
      const row = link - 1;
      link = fields[row + atNext]!;
      near.prepend(row, fields);
    }
    this.wheelCount -= near.size;
  }

  /** Slots from the current one to the next filled one (at least 1; the wheel is not empty). */
  private distanceToFilled(): number {
    const from = (this.currentSlot + 1) & slotMask;
    let word = from >> 5;
    let bits = this.filled[word]! & (-1 << (from & 31));
    while (bits === 0) {
      word = (word + 1) & ((slotCount >> 5) - 1);
      bits = this.filled[word]!;
    }
    const slot = (word << 5) + (31 - Math.clz32(bits & -bits));
    return ((slot - from) & slotMask) + 1;
  }

  private newRow(): number {
    const row = this.rows;
    if (row === this.fields.length) this.widen();
    this.rows = row + width;
    return row;
  }

  private widen(): void {
    const wider = new Int32Array(this.fields.length * 2);
    wider.set(this.fields);
    this.fields = wider;
    this.times = new Float64Array(wider.buffer);
  }

  bytes(): number {
    return this.fields.byteLength + this.slots.byteLength + this.filled.byteLength + this.near.bytes() + this.far.size * 4;
  }

  save(): unknown {
    const { rows, free, sequence, wheelCount, currentSlot, beganUs, offset } = this;
    const scalars = { rows, free, sequence, wheelCount, currentSlot, beganUs, offset };
    const slots = wheelCount === 0 ? null : this.slots.slice();
    return { fields: this.fields.slice(0, rows), slots, scalars, near: this.near.save(), far: this.far.save() };
  }

  load(saved: unknown): void {
    const from = saved as Saved;
    while (this.fields.length < from.fields.length) this.widen();
    this.fields.set(from.fields);
    Object.assign(this, from.scalars);
    this.slots.fill(0);
    this.filled.fill(0);
    if (from.slots !== null) {
      this.slots.set(from.slots);
      for (let slot = 0; slot < slotCount; slot++) if (from.slots[slot] !== 0) this.filled[slot >> 5]! |= 1 << (slot & 31);
    }
    this.near.load(from.near);
    this.far.load(from.far);
  }
}

interface Saved {
  readonly fields: Int32Array;
  readonly slots: Int32Array | null;
  readonly scalars: {
    rows: number;
    free: number;
    sequence: number;
    wheelCount: number;
    currentSlot: number;
    beganUs: number;
    offset: number;
  };
  readonly near: ReturnType<OpenSlot["save"]>;
  readonly far: Int32Array;
}
