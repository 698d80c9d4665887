export type Values = Readonly<Record<string, string | number>>;

/** Fills `{name}` in a sentence; a name without a value stays as it is, so that a mistake is seen. */
export function fill(sentence: string, values: Values): string {
  return sentence.replace(/\{(\w+)\}/gu, (whole, name: string) => String(values[name] ?? whole));
}

/** The sentence in pieces, for those who set its values apart in type: [text, name, text, name, text]. */
export const pieces = (sentence: string): string[] => sentence.split(/\{(\w+)\}/u);
