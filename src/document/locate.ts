import { pathText, stepText, type AdmitError } from "./admit-error.ts";
import { scanJson } from "./scan-json.ts";

/** Both counted from 1; a column is a UTF-16 unit, as editors count them. */
export function lineAndColumn(text: string, offset: number): { line: number; column: number } {
  let line = 1;
  let start = 0;
  for (let end = text.indexOf("\n"); end !== -1 && end < offset; end = text.indexOf("\n", start)) {
    line++;
    start = end + 1;
  }
  return { line, column: offset - start + 1 };
}

/** Some editors put a byte-order mark before a text; it is no part of it. */
export function withoutMark(text: string): string {
  return text.startsWith("\uFEFF") ? text.slice(1) : text;
}

/** Adds to errors found in a parsed text where in the text their places are; for what is missing, where it should be. */
export function locate(text: string, errors: readonly AdmitError[]): AdmitError[] {
  const wanted = new Set(errors.flatMap((error) => [error.path, parentOf(error.path)]));
  // The last step alone settles most values of a large text.
  const lastSteps = new Set([...wanted].map((path) => path.slice(parentOf(path).length)));
  const offsets = new Map<string, number>();
  const json = withoutMark(text);
  scanJson(json, (path, offset) => {
    if (path.length > 0 && !lastSteps.has(stepText(path[path.length - 1] as string | number))) return;
    const place = pathText(path);
    if (wanted.has(place)) offsets.set(place, offset);
  });
  return errors.map((error) => {
    const offset = offsets.get(error.path) ?? offsets.get(parentOf(error.path)) ?? 0;
    return { ...error, ...lineAndColumn(json, offset) };
  });
}

function parentOf(path: string): string {
  return path.replace(/(?:\.[^.[\]]*|\[[^[\]]*\])$/u, "");
}
