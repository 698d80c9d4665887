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
  private at = new Float64Array(1024);
  private key = new Float64Array(1024);
  private code = new Int32Array(1024);
  private to = new Int32Array(1024);
  private first = new Int32Array(1024);
  private second = new Int32Array(1024);
  private cause = new Int32Array(1024);
  /** Chains a slot's events, and the free rows; row + 1, 0 ends a chain. */
  private next = new Int32Array(1024);
  private rows = 0;
  private free = 0;
  private sequence = 0;
  private count = 0;

  private readonly slots = new Int32Array(slotCount);
  private readonly filled = new Uint32Array(slotCount >> 5);
  private wheelCount = 0;
  /** Absolute number of the slot whose events (and earlier ones) are in the near heap. */
  private currentSlot = 0;

  private near: Heap = new Heap();
  private far: Heap = new Heap();

  /** The popped event, valid until the next push. */
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
    if (row >= 0) this.free = this.next[row]!;
    else row = this.rows === this.at.length ? this.grow() : this.rows++;
    this.at[row] = at;
    this.key[row] = priority * priorityUnit + this.sequence++;
    this.code[row] = code;
    this.to[row] = to;
    this.first[row] = first;
    this.second[row] = second;
    this.cause[row] = cause;
    this.count++;
    const ahead = Math.floor(at * slotsPerUs) - this.currentSlot;
    if (ahead <= 0) this.near.push(row, this.at, this.key);
    else if (ahead < slotCount) this.chain(row, ahead);
    else this.far.push(row, this.at, this.key);
  }

  /** The time of the next event; Infinity if there is none. */
  nextAt(): number {
    if (this.near.size === 0 && !this.advance()) return Infinity;
    return this.at[this.near.top()]!;
  }

  /** Takes the next event into the `popped…` fields; false if there is none. */
  pop(): boolean {
    if (this.near.size === 0 && !this.advance()) return false;
    const row = this.near.pop(this.at, this.key);
    this.poppedAt = this.at[row]!;
    this.poppedCode = this.code[row]!;
    this.poppedTo = this.to[row]!;
    this.poppedFirst = this.first[row]!;
    this.poppedSecond = this.second[row]!;
    this.poppedCause = this.cause[row]!;
    this.next[row] = this.free;
    this.free = row + 1;
    this.count--;
    return true;
  }

  private chain(row: number, ahead: number): void {
    const slot = (this.currentSlot + ahead) & slotMask;
    this.next[row] = this.slots[slot]!;
    this.slots[slot] = row + 1;
    this.filled[slot >> 5]! |= 1 << (slot & 31);
    this.wheelCount++;
  }

  /** Moves on to the next slot that holds events; false if there is none. */
  private advance(): boolean {
    if (this.count === 0) return false;
    if (this.wheelCount === 0) this.currentSlot = Math.floor(this.at[this.far.top()]! * slotsPerUs);
    else this.currentSlot += this.distanceToFilled();
    this.drawIn();
    this.openSlot();
    return this.near.size > 0 || this.advance();
  }

  /** Brings in what has come within the horizon. */
  private drawIn(): void {
    while (this.far.size > 0) {
      const row = this.far.top();
      const ahead = Math.floor(this.at[row]! * slotsPerUs) - this.currentSlot;
      if (ahead >= slotCount) return;
      this.far.pop(this.at, this.key);
      if (ahead <= 0) this.near.push(row, this.at, this.key);
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
      link = this.next[row]!;
      this.wheelCount--;
      this.near.push(row, this.at, this.key);
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
    const size = this.at.length * 2;
    for (const name of floatColumns) {
      const wider = new Float64Array(size);
      wider.set(this[name]);
      this[name] = wider;
    }
    for (const name of integerColumns) {
      const wider = new Int32Array(size);
      wider.set(this[name]);
      this[name] = wider;
    }
    return this.rows++;
  }

  /** Bytes that a checkpoint of the queue takes. */
  bytes(): number {
    return this.rows * 36 + this.slots.byteLength + this.filled.byteLength + (this.near.size + this.far.size) * 4;
  }

  save(): unknown {
    const floats = floatColumns.map((name) => this[name].slice(0, this.rows));
    const integers = integerColumns.map((name) => this[name].slice(0, this.rows));
    const { rows, free, sequence, count, wheelCount, currentSlot } = this;
    const slots = this.wheelCount === 0 ? null : this.slots.slice();
    return { floats, integers, slots, scalars: { rows, free, sequence, count, wheelCount, currentSlot }, near: this.near.save(), far: this.far.save() };
  }

  load(saved: unknown): void {
    const from = saved as {
      floats: Float64Array[];
      integers: Int32Array[];
      slots: Int32Array | null;
      scalars: { rows: number; free: number; sequence: number; count: number; wheelCount: number; currentSlot: number };
      near: Int32Array;
      far: Int32Array;
    };
    while (this.at.length < from.scalars.rows) {
      this.rows = this.at.length;
      this.grow();
    }
    floatColumns.forEach((name, index) => this[name].set(from.floats[index]!));
    integerColumns.forEach((name, index) => this[name].set(from.integers[index]!));
    Object.assign(this, from.scalars);
    if (from.slots === null) this.slots.fill(0);
    else this.slots.set(from.slots);
    this.filled.fill(0);
    if (from.slots !== null) for (let slot = 0; slot < slotCount; slot++) if (from.slots[slot] !== 0) this.filled[slot >> 5]! |= 1 << (slot & 31);
    this.near.load(from.near);
    this.far.load(from.far);
  }
}

const floatColumns = ["at", "key"] as const;
const integerColumns = ["code", "to", "first", "second", "cause", "next"] as const;

/** A 4-ary heap of event rows, ordered by the columns it is handed. */
class Heap {
  private rows = new Int32Array(256);
  size = 0;

  top(): number {
    return this.rows[0]!;
  }

  push(row: number, at: Float64Array, key: Float64Array): void {
    if (this.size === this.rows.length) {
      const wider = new Int32Array(this.size * 2);
      wider.set(this.rows);
      this.rows = wider;
    }
    const rows = this.rows;
    const rowAt = at[row]!;
    const rowKey = key[row]!;
    let place = this.size++;
    while (place > 0) {
      const above = (place - 1) >> 2;
      const other = rows[above]!;
      const otherAt = at[other]!;
      if (otherAt < rowAt || (otherAt === rowAt && key[other]! < rowKey)) break;
      rows[place] = other;
      place = above;
    }
    rows[place] = row;
  }

  pop(at: Float64Array, key: Float64Array): number {
    const rows = this.rows;
    const popped = rows[0]!;
    const size = --this.size;
    if (size === 0) return popped;
    const row = rows[size]!;
    const rowAt = at[row]!;
    const rowKey = key[row]!;
    let place = 0;
    for (;;) {
      const firstChild = place * 4 + 1;
      if (firstChild >= size) break;
      const end = firstChild + 4 < size ? firstChild + 4 : size;
      let best = firstChild;
      let bestRow = rows[best]!;
      let bestAt = at[bestRow]!;
      for (let child = firstChild + 1; child < end; child++) {
        const childRow = rows[child]!;
        const childAt = at[childRow]!;
        if (childAt < bestAt || (childAt === bestAt && key[childRow]! < key[bestRow]!)) {
          best = child;
          bestRow = childRow;
          bestAt = childAt;
        }
      }
      if (rowAt < bestAt || (rowAt === bestAt && rowKey < key[bestRow]!)) break;
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
