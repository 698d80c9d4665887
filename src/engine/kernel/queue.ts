import { assert } from "../../base/assert.ts";
import { EventHeap } from "./event-heap.ts";
import { doubles, field, integers } from "./event-rows.ts";
import { OpenSlot, placeOf, slotWidthUs } from "./open-slot.ts";
import type { Checkpointed } from "./table.ts";

/** The wheel's 16,384 slots of 256 µs look 4.2 s ahead, past the usual probe interval. */
const slotCount = 16_384;
const slotMask = slotCount - 1;
const slotsPerUs = 1 / slotWidthUs;
/** Room for 2^44 events below each priority: both fit a double exactly. */
const priorityUnit = 2 ** 44;

/**
 * The event queue, ordered by `(at, priority, sequence)`; `at` is a whole number of microseconds.
 *
 * Events ahead wait in a timing wheel (O(1)); those of the slot that is being played stand in chains, one for each
 * instant and priority; those beyond the wheel's horizon wait in a heap. An event is a row, so the queue is copied
 * by copying arrays. Events are never cancelled: whoever pushed one gives it a generation and ignores it when that
 * is past.
 */
export class EventQueue implements Checkpointed {
  private times = new Float64Array(1024 * doubles);
  /** The events' integers. What `pop` has taken away can be read here until the next push. */
  fields = new Int32Array(this.times.buffer);
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
  /** When the popped event was due. */
  poppedAt = 0;

  get size(): number {
    return this.near.size + this.wheelCount + this.far.size;
  }

  push(at: number, priority: number, code: number, to: number, first: number, second: number, cause: number): void {
    let row = this.free - 1;
    if (row >= 0) this.free = this.fields[row * integers + field.next]!;
    else row = this.rows * doubles === this.times.length ? this.grow() : this.rows++;
    const { times, fields } = this;
    times[row * doubles] = at;
    const begin = row * integers;
    fields[begin + field.code] = code;
    fields[begin + field.to] = to;
    fields[begin + field.first] = first;
    fields[begin + field.second] = second;
    fields[begin + field.cause] = cause;
    fields[begin + field.place] = placeOf(at, priority);
    const ahead = Math.floor(at * slotsPerUs) - this.currentSlot;
    if (ahead > 0 && ahead < slotCount) this.chain(row, ahead);
    else this.pushAside(row, ahead, priority);
  }

  /** What the wheel cannot hold: an event of the slot that is being played, or one beyond the horizon. */
  private pushAside(row: number, ahead: number, priority: number): void {
    assert(ahead >= 0, "nothing is pushed into the past");
    if (ahead === 0) return this.near.append(row, this.fields);
    this.times[row * doubles + 1] = priority * priorityUnit + this.sequence++;
    this.far.push(row, this.times);
  }

  /** The time of the next event; Infinity if there is none. */
  nextAt(): number {
    if (this.near.size > 0) return this.times[this.near.head(this.near.first(), this.fields) * doubles]!;
    if (this.wheelCount === 0) return this.far.size === 0 ? Infinity : this.times[this.far.top() * doubles]!;
    let least = Infinity;
    const slot = (this.currentSlot + this.distanceToFilled()) & slotMask;
    for (let row = this.slots[slot]! - 1; row >= 0; row = this.fields[row * integers + field.next]! - 1)
      least = Math.min(least, this.times[row * doubles]!);
    return least;
  }

  /** Takes the next event away if its time is not after `toUs`: where its `fields` begin; −1 if there is none. */
  pop(toUs: number): number {
    const { near } = this;
    if (near.size === 0) {
      if (!this.advance(toUs)) return -1;
      const lone = this.loneRow();
      if (lone >= 0 && this.times[lone * doubles]! <= toUs) {
        this.emptySlot();
        this.wheelCount--;
        return this.take(lone);
      }
      this.openSlot();
    }
    const place = near.first();
    const row = near.head(place, this.fields);
    if (this.times[row * doubles]! > toUs) return -1;
    near.shift(place, row, this.fields);
    return this.take(row);
  }

  private take(row: number): number {
    const begin = row * integers;
    this.poppedAt = this.times[row * doubles]!;
    this.fields[begin + field.next] = this.free;
    this.free = row + 1;
    return begin;
  }

  private chain(row: number, ahead: number): void {
    const slot = (this.currentSlot + ahead) & slotMask;
    this.fields[row * integers + field.next] = this.slots[slot]!;
    this.slots[slot] = row + 1;
    this.filled[slot >> 5]! |= 1 << (slot & 31);
    this.wheelCount++;
  }

  /** Moves on to the next slot that holds events, if it does not begin after `toUs`: what is pushed before that must find its place. */
  private advance(toUs: number): boolean {
    const slot = this.nextSlot();
    if (slot * slotWidthUs > toUs || slot === Infinity) return false;
    this.currentSlot = slot;
    this.drawIn();
    return true;
  }

  private nextSlot(): number {
    if (this.wheelCount > 0) return this.currentSlot + this.distanceToFilled();
    return this.far.size === 0 ? Infinity : Math.floor(this.times[this.far.top() * doubles]! * slotsPerUs);
  }

  /** Brings in what has come within the horizon; it was pushed before anything that the wheel can hold for those instants. */
  private drawIn(): void {
    while (this.far.size > 0) {
      const row = this.far.top();
      const ahead = Math.floor(this.times[row * doubles]! * slotsPerUs) - this.currentSlot;
      if (ahead >= slotCount) return;
      this.far.pop(this.times);
      this.chain(row, ahead);
    }
  }

  /** The row of the current slot if there is but one: where little happens, it need not be sorted in. −1 if there are more. */
  private loneRow(): number {
    const row = this.slots[this.currentSlot & slotMask]! - 1;
    return this.fields[row * integers + field.next] === 0 ? row : -1;
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
      link = fields[row * integers + field.next]!;
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

  private grow(): number {
    const wider = new Float64Array(this.times.length * 2);
    wider.set(this.times);
    this.times = wider;
    this.fields = new Int32Array(wider.buffer);
    return this.rows++;
  }

  bytes(): number {
    return this.times.byteLength + this.slots.byteLength + this.filled.byteLength + this.near.bytes() + this.far.size * 4;
  }

  save(): unknown {
    const { rows, free, sequence, wheelCount, currentSlot } = this;
    const times = this.times.slice(0, rows * doubles);
    const slots = wheelCount === 0 ? null : this.slots.slice();
    return { times, slots, scalars: { rows, free, sequence, wheelCount, currentSlot }, near: this.near.save(), far: this.far.save() };
  }

  load(saved: unknown): void {
    const from = saved as Saved;
    while (this.times.length < from.times.length) this.grow();
    this.times.set(from.times);
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
  readonly times: Float64Array;
  readonly slots: Int32Array | null;
  readonly scalars: { rows: number; free: number; sequence: number; wheelCount: number; currentSlot: number };
  readonly near: ReturnType<OpenSlot["save"]>;
  readonly far: Int32Array;
}
