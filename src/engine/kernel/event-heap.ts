import { atNext, atWhat, dueOf, placeIn } from "./event-rows.ts";

/** A 4-ary heap of event rows, ordered by (at, priority, number of the push). */
export class EventHeap {
  private rows = new Int32Array(256);
  size = 0;

  top(): number {
    return this.rows[0]!;
  }

  push(row: number, times: Float64Array, fields: Int32Array): void {
    if (this.size === this.rows.length) {
      const wider = new Int32Array(this.size * 2);
      wider.set(this.rows);
      this.rows = wider;
    }
    const rows = this.rows;
    let place = this.size++;
    while (place > 0) {
      const above = (place - 1) >> 2;
      const other = rows[above]!;
      if (isBefore(other, row, times, fields)) break;
      rows[place] = other;
      place = above;
    }
    rows[place] = row;
  }

  pop(times: Float64Array, fields: Int32Array): number {
    const rows = this.rows;
    const popped = rows[0]!;
    const size = --this.size;
    if (size === 0) return popped;
    const row = rows[size]!;
    let place = 0;
    for (;;) {
      const firstChild = place * 4 + 1;
      if (firstChild >= size) break;
      const end = firstChild + 4 < size ? firstChild + 4 : size;
      let best = firstChild;
      for (let child = firstChild + 1; child < end; child++) if (isBefore(rows[child]!, rows[best]!, times, fields)) best = child;
      if (isBefore(row, rows[best]!, times, fields)) break;
      rows[place] = rows[best]!;
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

function isBefore(row: number, other: number, times: Float64Array, fields: Int32Array): boolean {
  const at = times[dueOf(row)]!;
  const otherAt = times[dueOf(other)]!;
  if (at !== otherAt) return at < otherAt;
  const place = placeIn(fields[row + atWhat]!);
  const otherPlace = placeIn(fields[other + atWhat]!);
  // Of one instant, places differ by their priority alone.
  if (place !== otherPlace) return place < otherPlace;
  // Pushes are counted modulo 2^32, and those that wait at one time are far fewer.
  return ((fields[row + atNext]! - fields[other + atNext]!) | 0) < 0;
}
