import { FreeRows } from "./free-rows.ts";

/** Whatever an event may change is copied by `save` and put back by `load`. */
export interface Checkpointed {
  save(): unknown;
  load(saved: unknown): void;
}

const constructors = { u8: Uint8Array, i32: Int32Array, u32: Uint32Array, f64: Float64Array } as const;
export type ColumnType = keyof typeof constructors;
/** A type, or a type and how many numbers a row has of it. */
export type ColumnSpec = Readonly<Record<string, ColumnType | readonly [ColumnType, number]>>;
type TypeOf<T> = T extends readonly [infer U, number] ? U : T;
export type ColumnsOf<S extends ColumnSpec> = {
  [K in keyof S]: InstanceType<(typeof constructors)[TypeOf<S[K]> & ColumnType]>;
};

interface Rows extends Checkpointed {
  /** Rows in use or freed. */
  length: number;
  /** A fresh row is zero in every column; one that was dropped before keeps what it held (its generation, say). */
  add(): number;
  /** Makes a row zero in every column, as a fresh one is. */
  clear(row: number): void;
  drop(row: number): void;
  /** Bytes that its columns take. */
  bytes(): number;
}

export type Table<S extends ColumnSpec> = Rows & ColumnsOf<S>;

/**
 * A table of typed-array columns that grow together. Read columns through the table (`calls.state[row]`) at each
 * use: growing replaces them. Links between rows are stored as row + 1, so that zero means none and a fresh row
 * needs no initialising.
 */
export function makeTable<const S extends ColumnSpec>(spec: S, capacity = 16): Table<S> {
  const names = Object.keys(spec);
  const strides = names.map((name) => (typeof spec[name] === "string" ? 1 : (spec[name]![1] as number)));
  const makers = names.map((name) => constructors[(typeof spec[name] === "string" ? spec[name] : spec[name]![0]) as ColumnType]);
  let size = capacity;
  const free = new FreeRows();

  const columns = names.map((name, index) => [name, new makers[index]!(size * strides[index]!)] as const);

  const resize = (wanted: number) => {
    while (size < wanted) size *= 2;
    names.forEach((name, index) => {
      const wider = new makers[index]!(size * strides[index]!);
      wider.set(table[name] as never);
      (table as Record<string, unknown>)[name] = wider;
    });
  };

  const methods: Rows = {
    length: 0,
    add(): number {
      if (free.count > 0) return free.pop();
      if (table.length === size) resize(size + 1);
      return table.length++;
    },
    clear(row: number): void {
      names.forEach((name, index) => (table[name] as Int32Array).fill(0, row * strides[index]!, (row + 1) * strides[index]!));
    },
    drop(row: number): void {
      free.push(row);
    },
    save(): unknown {
      return {
        length: table.length,
        freed: free.save(),
        columns: names.map((name, index) => (table[name] as Int32Array).slice(0, table.length * strides[index]!)),
      };
    },
    load(saved: unknown): void {
      const from = saved as { length: number; freed: Int32Array; columns: Int32Array[] };
      if (from.length > size) resize(from.length);
      names.forEach((name, index) => {
        const column = table[name] as Int32Array;
        column.set(from.columns[index]!);
        column.fill(0, from.columns[index]!.length, Math.max(table.length, from.length) * strides[index]!);
      });
      table.length = from.length;
      free.load(from.freed);
    },
    bytes() {
      return names.reduce((sum, name) => sum + (table[name] as Int32Array).byteLength, 0) + free.bytes();
    },
  };
  const table = objectOf(names, [...columns, ...Object.entries(methods)]) as Table<S> & Record<string, unknown>;
  return table;
}

/**
 * An object with these fields, made in one go: one that gets them one by one under computed names becomes a dictionary in V8,
 * in which every access is a hash look-up (measured: the engine ran at less than half its speed). Its first field is named after
 * all columns, so that no other object begins with the same fields: those V8 takes for kin, and knows of a field only what holds
 * for all of them, where it could know that a column is always an Int32Array.
 */
export function objectOf(columns: readonly string[], fields: readonly (readonly [string, unknown])[]): unknown {
  return Object.fromEntries([[columns.join(" "), null], ...fields]);
}
