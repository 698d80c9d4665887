import { doubles } from "./event-rows.ts";

/** A 4-ary heap of event rows, ordered by (at, key) of the rows that it is handed. */
export class EventHeap {
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
