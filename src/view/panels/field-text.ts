import type { Field } from "../../document/settings.ts";
import type { SettingValue } from "../../document/topology.ts";
import type { SettingWords } from "../kit/kind-words.ts";
import { countText } from "../words/format.ts";
import { words as say } from "../words/words.ts";

export const unitText = (unit: string): string => (unit === "count" ? "" : unit);

/** A number as it is typed: no separators, a point. */
export const numberText = (value: number): string => String(value);

/** What was typed, as a number; 中文 full-width digits and a decimal comma are read too. */
export function readNumber(typed: string): number | null {
  const plain = typed.normalize("NFKC").trim().replace(",", ".");
  return plain === "" || !Number.isFinite(Number(plain)) ? null : Number(plain);
}

export function readNumbers(typed: string): number[] | null {
  const parts = typed
    .normalize("NFKC")
    .split(/[\s,;、，；]+/u)
    .filter((part) => part !== "");
  const numbers = parts.map(Number);
  return numbers.length === 0 || numbers.some((number) => !Number.isFinite(number)) ? null : numbers;
}

const longer = [
  [3_600_000, "h"],
  [60_000, "min"],
  [1000, "s"],
] as const;

/** A quantity as it is read, exact: "1 h", "2.5 s", "232 ms", "1 000 000". */
export function quantityText(value: number, unit: string): string {
  // A number of four figures, which may be a port, stays whole.
  if (unit !== "ms") return `${value >= 10_000 && Number.isInteger(value) ? countText(value) : numberText(value)} ${unitText(unit)}`.trim();
  const [factor, name] = longer.find(([each]) => value >= each && (value % each === 0 || each === 1000)) ?? [1, "ms"];
  return `${numberText(value / factor)} ${name}`;
}

/** A value in words, as the note beside a field says it. */
export function valueText(field: Field, value: SettingValue, words: SettingWords): string {
  if (field.type === "quantity") return quantityText(value as number, field.unit);
  if (field.type === "choice") return words.options?.[value as string] ?? String(value);
  if (field.type === "flag") return say()(value === true ? "on" : "off");
  if (field.type === "samples") return (value as readonly number[]).join(", ");
  // Of a file its first line is enough.
  return field.type === "text" && field.lines === true ? `${String(value).split("\n")[0]} …` : String(value);
}
