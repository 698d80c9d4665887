import { atNext, atWhat, placeCount, placeIn } from "./event-rows.ts";

/**
 * The slot of the wheel that is being played: a chain of events for each of its microseconds and priorities. Rows
 * of one chain stand in the order of their sequence, so nothing is ever compared: the next event is the first of
 * the first chain that is not empty.
 */
export class OpenSlot {
  /** The last row of each chain (+ 1); its `next` is the chain's first. */
  private tails = new Int32Array(placeCount);
  private readonly filled = new Int32Array(placeCount >> 5);
  /** No word of `filled` before this one has a bit. */
  private begin = 0;
  size = 0;

  /** The row is the latest of its chain. */
  append(row: number, fields: Int32Array): void {
    const place = placeIn(fields[row + atWhat]!);
    this.insert(place, row, fields);
    this.tails[place] = row + 1;
  }

  /** The row is the earliest of its chain. */
  prepend(row: number, fields: Int32Array): void {
    const place = placeIn(fields[row + atWhat]!);
    if (this.insert(place, row, fields)) this.tails[place] = row + 1;
  }

  /** Puts a row between the chain's last and its first; true if it is the only one. */
  private insert(place: number, row: number, fields: Int32Array): boolean {
    const last = this.tails[place]! - 1;
    this.size++;
    if (last >= 0) {
      fields[row + atNext] = fields[last + atNext]!;
      fields[last + atNext] = row + 1;
      return false;
    }
    const word = place >> 5;
    fields[row + atNext] = row + 1;
    this.filled[word]! |= 1 << (place & 31);
    if (word < this.begin) this.begin = word;
    return true;
  }

  /** The first chain that is not empty; there must be one. */
  first(): number {
    const { filled } = this;
    let word = this.begin;
    let bits = filled[word]!;
    while (bits === 0) bits = filled[++word]!;
    this.begin = word;
    return (word << 5) + (31 - Math.clz32(bits & -bits));
  }

  /** Takes away the first row of a chain that is not empty. */
  shift(place: number, fields: Int32Array): number {
    const last = this.tails[place]! - 1;
    const head = fields[last + atNext]! - 1;
    this.size--;
    if (last !== head) fields[last + atNext] = fields[head + atNext]!;
    else {
      this.tails[place] = 0;
      this.filled[place >> 5]! &= ~(1 << (place & 31));
    }
    return head;
  }

  /** Another slot is about to be opened: the search for its first event begins where that is put. */
  rewind(): void {
    this.begin = this.filled.length - 1;
  }

  bytes(): number {
    return this.tails.byteLength + this.filled.byteLength;
  }

  save(): { size: number; tails: Int32Array | null } {
    return { size: this.size, tails: this.size === 0 ? null : this.tails.slice() };
  }

  load({ size, tails }: ReturnType<OpenSlot["save"]>): void {
    this.size = size;
    this.begin = 0;
    this.filled.fill(0);
    this.tails = tails?.slice() ?? new Int32Array(placeCount);
    for (let place = 0; place < placeCount; place++) if (this.tails[place] !== 0) this.filled[place >> 5]! |= 1 << (place & 31);
  }
}
