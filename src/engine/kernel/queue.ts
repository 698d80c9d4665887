import type { Checkpointed } from "./table.ts";

/** A slot of the wheel is 256 µs wide; 16,384 of them look 4.2 s ahead, past the usual probe interval. */
const slotWidthUs = 256;
const slotCount = 16_384;
const slotMask = slotCount - 1;
const slotsPerUs = 1 / slotWidthUs;
/** Room for 2^44 events below each priority: both fit a double exactly. */
const priorityUnit = 2 ** 44;

/**
 * The event queue, ordered by `(at, priority, sequence)`.
 *
 * Events far away wait in a timing wheel (unsorted, O(1)); those of the slot that is being played stand in a
 * small 4-ary heap that gives their exact order; those beyond the wheel's horizon wait in a second heap. An
 * event is a row of columns, so the queue is copied by copying arrays. Events are never cancelled: whoever
 * pushed one gives it a generation and ignores it when that is past.
 */
export class EventQueue implements Checkpointed {
  /**
   * One cache line an event, seen as 8 doubles (at, key) and as 16 integers (from 4 on: code, to, first, second,
   * cause, next): an event that waited for long is one miss and not eight.
   */
  private times = new Float64Array(1024 * doubles);
  private fields = new Int32Array(this.times.buffer);
  private rows = 0;
  private free = 0;
  private sequence = 0;
  private count = 0;

  private readonly slots = new Int32Array(slotCount);
  private readonly filled = new Int32Array(slotCount >> 5);
  private wheelCount = 0;
  /** Absolute number of the slot whose events (and earlier ones) are in the near heap. */
  private currentSlot = 0;

  private near: Heap = new Heap();
  private far: Heap = new Heap();

  /** The popped event, valid until the next pop. */
  poppedAt = 0;
  poppedCode = 0;
  poppedTo = 0;
  poppedFirst = 0;
  poppedSecond = 0;
  poppedCause = 0;

  get size(): number {
    return this.count;
  }

  push(at: number, priority: number, code: number, to: number, first: number, second: number, cause: number): void {
    let row = this.free - 1;
    if (row >= 0) this.free = this.fields[row * integers + next]!;
    else row = this.rows * doubles === this.times.length ? this.grow() : this.rows++;
    const { times, fields } = this;
    times[row * doubles] = at;
    times[row * doubles + 1] = priority * priorityUnit + this.sequence++;
    const field = row * integers;
    fields[field + 4] = code;
    fields[field + 5] = to;
    fields[field + 6] = first;
    fields[field + 7] = second;
    fields[field + 8] = cause;
    this.count++;
    const ahead = Math.floor(at * slotsPerUs) - this.currentSlot;
    if (ahead <= 0) this.near.push(row, times);
    else if (ahead < slotCount) this.chain(row, ahead);
    else this.far.push(row, times);
  }

  /** The time of the next event; Infinity if there is none. */
  nextAt(): number {
    if (this.near.size === 0 && !this.advance()) return Infinity;
    return this.times[this.near.top() * doubles]!;
  }

  /** Takes the next event into the `popped…` fields if its time is not after `toUs`. */
  pop(toUs: number): boolean {
    if (this.near.size === 0 && !this.advance()) return false;
    const { times, fields } = this;
    const at = times[this.near.top() * doubles]!;
    if (at > toUs) return false;
    const row = this.near.pop(times);
    const field = row * integers;
    this.poppedAt = at;
    this.poppedCode = fields[field + 4]!;
    this.poppedTo = fields[field + 5]!;
    this.poppedFirst = fields[field + 6]!;
    this.poppedSecond = fields[field + 7]!;
    this.poppedCause = fields[field + 8]!;
    fields[field + next] = this.free;
    this.free = row + 1;
    this.count--;
    return true;
  }

  private chain(row: number, ahead: number): void {
    const slot = (this.currentSlot + ahead) & slotMask;
    this.fields[row * integers + next] = this.slots[slot]!;
    this.slots[slot] = row + 1;
    this.filled[slot >> 5]! |= 1 << (slot & 31);
    this.wheelCount++;
  }

  /** Moves on to the next slot that holds events; false if there is none. */
  private advance(): boolean {
    if (this.count === 0) return false;
    if (this.wheelCount === 0) this.currentSlot = Math.floor(this.times[this.far.top() * doubles]! * slotsPerUs);
    else this.currentSlot += this.distanceToFilled();
    this.drawIn();
    this.openSlot();
    return this.near.size > 0 || this.advance();
  }

  /** Brings in what has come within the horizon. */
  private drawIn(): void {
    while (this.far.size > 0) {
      const row = this.far.top();
      const ahead = Math.floor(this.times[row * doubles]! * slotsPerUs) - this.currentSlot;
      if (ahead >= slotCount) return;
      this.far.pop(this.times);
      if (ahead <= 0) this.near.push(row, this.times);
      else this.chain(row, ahead);
    }
  }

  private openSlot(): void {
    const slot = this.currentSlot & slotMask;
    let link = this.slots[slot]!;
    if (link === 0) return;
    this.slots[slot] = 0;
    this.filled[slot >> 5]! &= ~(1 << (slot & 31));
    while (link !== 0) {
      const row = link - 1;
      link = this.fields[row * integers + next]!;
      this.wheelCount--;
      this.near.push(row, this.times);
    }
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
    return this.times.byteLength + this.slots.byteLength + this.filled.byteLength + (this.near.size + this.far.size) * 4;
  }

  save(): unknown {
    const { rows, free, sequence, count, wheelCount, currentSlot } = this;
    const times = this.times.slice(0, rows * doubles);
    const slots = wheelCount === 0 ? null : this.slots.slice();
    return {
      times,
      slots,
      scalars: { rows, free, sequence, count, wheelCount, currentSlot },
      near: this.near.save(),
      far: this.far.save(),
    };
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
  readonly scalars: { rows: number; free: number; sequence: number; count: number; wheelCount: number; currentSlot: number };
  readonly near: Int32Array;
  readonly far: Int32Array;
}

/** Numbers an event takes, and where among its integers the chain's next row (or the next free one) + 1 stands. */
const doubles = 8;
const integers = 16;
const next = 9;

/** A 4-ary heap of event rows, ordered by the times it is handed. */
class Heap {
  private rows = new Int32Array(256);
  size = 0;

  top(): number {
    return this.rows[0]!;
  }

  push(row: number, times: Float64Array): void {
    if (this.size === this.rows.length) {
      const wider = new Int32Array(this.size * 2);
      wider.set(this.rows);
      this.rows = wider;
    }
    const rows = this.rows;
    const rowAt = times[row * doubles]!;
    const rowKey = times[row * doubles + 1]!;
    let place = this.size++;
    while (place > 0) {
      const above = (place - 1) >> 2;
      const other = rows[above]!;
      const otherAt = times[other * doubles]!;
      if (otherAt < rowAt || (otherAt === rowAt && times[other * doubles + 1]! < rowKey)) break;
      rows[place] = other;
      place = above;
    }
    rows[place] = row;
  }

  pop(times: Float64Array): number {
    const rows = this.rows;
    const popped = rows[0]!;
    const size = --this.size;
    if (size === 0) return popped;
    const row = rows[size]!;
    const rowAt = times[row * doubles]!;
    const rowKey = times[row * doubles + 1]!;
    let place = 0;
    for (;;) {
      const firstChild = place * 4 + 1;
      if (firstChild >= size) break;
      const end = firstChild + 4 < size ? firstChild + 4 : size;
      let best = firstChild;
      let bestRow = rows[best]!;
      let bestAt = times[bestRow * doubles]!;
      for (let child = firstChild + 1; child < end; child++) {
        const childRow = rows[child]!;
        const childAt = times[childRow * doubles]!;
        if (childAt < bestAt || (childAt === bestAt && times[childRow * doubles + 1]! < times[bestRow * doubles + 1]!)) {
          best = child;
          bestRow = childRow;
          bestAt = childAt;
        }
      }
      if (rowAt < bestAt || (rowAt === bestAt && rowKey < times[bestRow * doubles + 1]!)) break;
      rows[place] = bestRow;
      place = best;
    }
    rows[place] = row;
    return popped;
  }

  save(): Int32Array {
    return this.rows.slice(0, this.size);
  }

  load(saved: Int32Array): void {
    while (this.rows.length < saved.length) this.rows = new Int32Array(this.rows.length * 2);
    this.rows.set(saved);
    this.size = saved.length;
  }
}
