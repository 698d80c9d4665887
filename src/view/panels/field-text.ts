import type { Field } from "../../document/settings.ts";
import type { SettingValue } from "../../document/topology.ts";
import type { SettingWords } from "../kit/kind-words.ts";
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

/** A value in words, as the note beside a field says it. */
export function valueText(field: Field, value: SettingValue, words: SettingWords): string {
  if (field.type === "quantity") return `${numberText(value as number)} ${unitText(field.unit)}`.trim();
  if (field.type === "choice") return words.options?.[value as string] ?? String(value);
  if (field.type === "flag") return say()(value === true ? "on" : "off");
  if (field.type === "samples") return (value as readonly number[]).join(", ");
  // Of a file its first line is enough.
  return field.type === "text" && field.lines === true ? `${String(value).split("\n")[0]} …` : String(value);
}
