/**
 * Some hashes place a target by its host and port as a text. A column holds numbers, so that each text has one: the
 * texts are the same wherever they are written down, and the numbers are no part of any outcome.
 */
const texts: string[] = [""];
const numbers = new Map<string, number>([["", 0]]);

/** The number of "10.1.0.3:8080"; never 0, which is nobody's name. */
export function nameNumber(text: string): number {
  let number = numbers.get(text);
  if (number === undefined) {
    number = texts.push(text) - 1;
    numbers.set(text, number);
  }
  return number;
}

export function nameText(number: number): string {
  return texts[number] ?? "";
}

/** Names are of plain letters, digits and stops: a byte each. */
export function nameBytes(text: string): Uint8Array {
  return Uint8Array.from(text, (character) => character.charCodeAt(0));
}
