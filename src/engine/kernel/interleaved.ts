import { FreeRows } from "./free-rows.ts";
import { objectOf, type Checkpointed, type ColumnsOf } from "./table.ts";

type WordType = "i32" | "u32" | "f64";
export type WordSpec = Readonly<Record<string, WordType>>;

interface Rows extends Checkpointed {
  /**
   * All whole columns at once: `words[row + place.column]`, with the places that `placesOf` gives, is `column[row]`. For
   * code that touches many columns of a row: one array to look at instead of as many (read it anew after rows were added).
   */
  words: Int32Array;
  /** How far apart two rows are: rows are multiples of it. */
  readonly stride: number;
  /** The first row that has never been in use. */
  length: number;
  /** A fresh row is zero in every column; one that was dropped before keeps what it held (its generation, say). */
  add(): number;
  drop(row: number): void;
  bytes(): number;
}

/** Where in a row each whole column of a table of this kind lies. */
export function placesOf<const S extends WordSpec>(spec: S): { readonly [K in keyof S]: number } {
  const whole = wholeColumns(spec);
  return objectOf(
    ["places", ...whole],
    whole.map((name, place) => [name, place] as const),
  ) as { [K in keyof S]: number };
}

function wholeColumns(spec: WordSpec): string[] {
  return Object.keys(spec).filter((name) => spec[name] !== "f64");
}

export type Interleaved<S extends WordSpec> = Rows & ColumnsOf<S>;

/**
 * A table like any other, but its rows lie side by side in memory: one row's columns share a cache line or two,
 * where separate columns would cost a miss each. For what is touched whole, row by row, for every request. Each
 * column is a view of one buffer, shifted by its place, and a row is its offset there, so that `table.column[row]`
 * reads as everywhere else.
 */
export function makeInterleaved<const S extends WordSpec>(spec: S, capacity = 16): Interleaved<S> {
  const whole = wholeColumns(spec);
  const doubles = Object.keys(spec).filter((name) => spec[name] === "f64");
  const stride = powerOfTwo(Math.max(whole.length, doubles.length));
  let size = capacity * stride;
  let words = new Int32Array(size + stride);
  let reals = new Float64Array(doubles.length === 0 ? 0 : size + stride);
  const free = new FreeRows();

  const view = (name: string) => {
    const place = whole.indexOf(name);
    if (place < 0) return new Float64Array(reals.buffer, doubles.indexOf(name) * 8, size);
    return spec[name] === "u32" ? new Uint32Array(words.buffer, place * 4, size) : new Int32Array(words.buffer, place * 4, size);
  };

  const resize = (wanted: number) => {
    while (size < wanted) size *= 2;
    const before = { words, reals };
    words = new Int32Array(size + stride);
    reals = new Float64Array(doubles.length === 0 ? 0 : size + stride);
    words.set(before.words);
    reals.set(before.reals);
    table.words = words;
    for (const name of Object.keys(spec)) (table as Record<string, unknown>)[name] = view(name);
  };

  const methods: Rows = {
    words,
    stride,
    length: 0,
    add(): number {
      if (free.count > 0) return free.pop();
      const row = table.length;
      if (row === size) resize(size + stride);
      table.length = row + stride;
      return row;
    },
    drop(row: number): void {
      free.push(row);
    },
    save(): unknown {
      return { length: table.length, freed: free.save(), words: words.slice(0, table.length), reals: reals.slice(0, table.length) };
    },
    load(saved: unknown): void {
      const from = saved as { length: number; freed: Int32Array; words: Int32Array; reals: Float64Array };
      if (from.length > size) resize(from.length);
      words.fill(0, from.length, table.length);
      reals.fill(0, Math.min(from.length, reals.length), Math.min(table.length, reals.length));
      words.set(from.words);
      reals.set(from.reals);
      table.length = from.length;
      free.load(from.freed);
    },
    bytes: () => words.byteLength + reals.byteLength + free.bytes(),
  };
  const columns = Object.keys(spec).map((name) => [name, view(name)] as const);
  const table = objectOf(Object.keys(spec), [...columns, ...Object.entries(methods)]) as Interleaved<S> & Record<string, unknown>;
  return table;
}

function powerOfTwo(atLeast: number): number {
  let power = 1;
  while (power < atLeast) power *= 2;
  return power;
}
