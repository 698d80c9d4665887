/** Something a person typed that cannot be done: its code names the sentence in `words.ts`, `place` where it stood. */
export class BadInput extends Error {
  readonly code: string;
  readonly place: string;
  readonly values: Readonly<Record<string, string>>;

  constructor(code: string, place: string, values: Readonly<Record<string, string>> = {}) {
    super(`${code} at ${place}`);
    this.code = code;
    this.place = place;
    this.values = values;
  }
}
