/** One case as it was recorded from the real system (SEMANTICS §9). */
export interface RecordedCase {
  /** The file's name in its directory. */
  readonly file: string;
  readonly group: string;
  /** As the file says it, and in full where it says "same". */
  readonly system: string;
  readonly meant: string;
  readonly name: string;
  readonly fields: Readonly<Record<string, unknown>>;
}

/** A case that nobody can play, and why. */
export class NotUnderstood extends Error {}

export function has({ fields }: RecordedCase, ...names: readonly string[]): boolean {
  return names.every((name) => fields[name] !== undefined);
}

export function textOf({ fields }: RecordedCase, name: string): string {
  const value = fields[name];
  if (typeof value !== "string") throw new NotUnderstood(`"${name}" is no text`);
  return value;
}

export function numberOf({ fields }: RecordedCase, name: string): number {
  const value = fields[name];
  if (typeof value !== "number" || !Number.isFinite(value)) throw new NotUnderstood(`"${name}" is no number`);
  return value;
}

export function numbersOf({ fields }: RecordedCase, name: string): readonly number[] {
  const value = fields[name];
  if (!Array.isArray(value) || !value.every((one) => typeof one === "number" && Number.isFinite(one)))
    throw new NotUnderstood(`"${name}" is no list of numbers`);
  return value as number[];
}

export function textsOf({ fields }: RecordedCase, name: string): readonly string[] {
  const value = fields[name] ?? [];
  if (!Array.isArray(value) || !value.every((one) => typeof one === "string")) throw new NotUnderstood(`"${name}" is no list of texts`);
  return value as string[];
}

/** A table such as `{"b1": 1072, "b2": 868}`. */
export function countsOf({ fields }: RecordedCase, name: string): Readonly<Record<string, number>> {
  const value = fields[name];
  if (typeof value !== "object" || value === null || !Object.values(value).every((one) => typeof one === "number"))
    throw new NotUnderstood(`"${name}" is no table of counts`);
  return value as Record<string, number>;
}
