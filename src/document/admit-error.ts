/** What is wrong with something from outside, and where. Its words, in each language, are in `admit-words.ts`. */
export interface AdmitError {
  readonly code: string;
  /** A JSON path such as `$.nodes.web-1.settings.workMs`. */
  readonly path: string;
  /** Counted from 1; only where there was a text. */
  readonly line?: number;
  readonly column?: number;
  readonly values?: Values;
}

export type Values = Readonly<Record<string, string | number>>;
export type Path = readonly (string | number)[];

export function fault(code: string, path: Path, values?: Values): AdmitError {
  return values === undefined ? { code, path: pathText(path) } : { code, path: pathText(path), values };
}

/** No place in a sound document is deeper; what is nested without end must not be told without end. */
const stepsShown = 12;

/** Keys that a person can read in a dotted path stand in it bare; all others are quoted, and cut when they are long. */
export function pathText(path: Path): string {
  return "$" + path.slice(0, stepsShown).map(stepText).join("") + (path.length > stepsShown ? "…" : "");
}

const readable = /^[A-Za-z_][\w-]{0,63}$/u;

export function stepText(step: string | number): string {
  if (typeof step === "number") return `[${step}]`;
  return readable.test(step) ? `.${step}` : `[${JSON.stringify(clip(step))}]`;
}

/** A text from outside may be huge; a message never is. */
export function clip(text: string, length = 60): string {
  return text.length <= length ? text : `${text.slice(0, length)}…`;
}
