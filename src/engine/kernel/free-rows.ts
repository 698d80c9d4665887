/** Rows that have been freed and are had again, the last freed first: it is the one that is most likely still in the cache. */
export class FreeRows {
  private rows = new Int32Array(16);
  count = 0;

  push(row: number): void {
    if (this.count === this.rows.length) this.widen(this.count * 2);
    this.rows[this.count++] = row;
  }

  /** There must be one. */
  pop(): number {
    return this.rows[--this.count]!;
  }

  private widen(capacity: number): void {
    const wider = new Int32Array(capacity);
    wider.set(this.rows);
    this.rows = wider;
  }

  save(): Int32Array {
    return this.rows.slice(0, this.count);
  }

  load(saved: Int32Array): void {
    if (saved.length > this.rows.length) this.widen(saved.length);
    this.rows.set(saved);
    this.count = saved.length;
  }

  bytes(): number {
    return this.rows.byteLength;
  }
}
