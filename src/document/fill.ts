import type { Values } from "./admit-error.ts";

export type Language = "en" | "zh";

/** Puts values where a sentence says {so}. Nothing in a value is read again, whatever it holds. */
export function fill(sentence: string, values: Values = {}): string {
  return sentence.replace(/\{(\w+)\}/gu, (whole, name: string) => (Object.hasOwn(values, name) ? String(values[name]) : whole));
}
