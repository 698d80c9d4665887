import type { SettingValue, SettingValues } from "./topology.ts";

interface Condition {
  readonly setting: string;
  /** Of a link: the setting is that of the node it starts at. */
  readonly of?: "from";
  readonly is: readonly SettingValue[];
}

/**
 * A setting is declared once, and from that declaration come the schema that admits it (`settings-schema.ts`), the
 * default, and the inspector's field. Labels and help are words and live with the kind's words, keyed by the setting's name.
 */
export type Field = {
  /** Shown only while another setting has one of these values; several conditions must all be met. */
  readonly when?: Condition | readonly Condition[];
  /** The document or source a default is taken from ("HAProxy configuration.txt 2.6"). */
  readonly source?: string | SourceBySetting;
} & (
  | {
      readonly type: "quantity";
      readonly unit: "ms" | "s" | "1/s" | "MB" | "Mbit/s" | "×" | "%" | "count";
      readonly min: number;
      readonly max: number;
      readonly integer: boolean;
      readonly default: number;
    }
  | { readonly type: "choice"; readonly options: readonly string[]; readonly default: string }
  | { readonly type: "flag"; readonly default: boolean }
  | {
      readonly type: "text";
      readonly maxLength: number;
      readonly pattern?: string;
      /** More than one line: a file. */
      readonly lines?: true;
      readonly default: string;
    }
  | { readonly type: "samples"; readonly unit: "ms"; readonly min: number; readonly max: number; readonly default: readonly number[] }
);

/** Where another setting says whose rules hold: each system's own document, by the value of that setting. */
export interface SourceBySetting {
  readonly by: string;
  readonly are: Readonly<Record<string, string>>;
}

export type Fields = Readonly<Record<string, Field>>;

/**
 * Whether a setting can make a difference, as far as other settings say (`when`), and theirs in turn.
 * @param valueOf the value of another setting: of the same thing, or of the node at which the link starts
 */
export function applies(fields: Fields, name: string, valueOf: (setting: string, of?: "from") => SettingValue): boolean {
  return [fields[name]!.when ?? []]
    .flat()
    .every(({ setting, is, of }) => is.includes(valueOf(setting, of)) && (of !== undefined || applies(fields, setting, valueOf)));
}

type ValueOf<F extends Field> = F extends { type: "quantity" }
  ? number
  : F extends { type: "flag" }
    ? boolean
    : F extends { type: "samples" }
      ? readonly number[]
      : F extends { type: "choice"; options: readonly (infer O)[] }
        ? O
        : string;

export type ValuesOf<F extends Fields> = { readonly [K in keyof F]: ValueOf<F[K]> };

export interface Settings<F extends Fields = Fields> {
  readonly fields: F;
  readonly defaults: ValuesOf<F>;
}

type Extra = Pick<Field, "when" | "source">;

export function quantity(
  unit: Extract<Field, { type: "quantity" }>["unit"],
  [min, max]: readonly [number, number],
  value: number,
  extra: Extra & { integer?: boolean } = {},
) {
  const { integer = unit === "count", ...rest } = extra;
  return { type: "quantity", unit, min, max, integer, default: value, ...rest } as const;
}

export function choice<const O extends readonly string[]>(options: O, value: O[number], extra: Extra = {}) {
  return { type: "choice", options, default: value as string, ...extra } as const;
}

export function flag(value: boolean, extra: Extra = {}) {
  return { type: "flag", default: value, ...extra } as const;
}

export function text(value: string, extra: Extra & { maxLength?: number; pattern?: string } = {}) {
  const { maxLength = 120, ...rest } = extra;
  return { type: "text", maxLength, default: value, ...rest } as const;
}

export function lines(value: string, extra: Extra & { maxLength?: number } = {}) {
  const { maxLength = 20_000, ...rest } = extra;
  return { type: "text", maxLength, lines: true, default: value, ...rest } as const;
}

export function samples(unit: "ms", [min, max]: readonly [number, number], value: readonly number[], extra: Extra = {}) {
  return { type: "samples", unit, min, max, default: value, ...extra } as const;
}

export function defineSettings<const F extends Fields>(fields: F): Settings<F> {
  const defaults = Object.fromEntries(Object.entries(fields).map(([name, field]) => [name, field.default]));
  return { fields, defaults: defaults as ValuesOf<F> };
}

/** The settings of a record with every default filled in. */
export function settle<F extends Fields>(settings: Settings<F>, values: SettingValues): ValuesOf<F> {
  return { ...settings.defaults, ...values } as ValuesOf<F>;
}
