import { fault, pathText, type AdmitError } from "./admit-error.ts";
import { limits } from "./limits.ts";
import { lineAndColumn, withoutMark } from "./locate.ts";
import { scanJson } from "./scan-json.ts";

export type Parsed = { readonly value: unknown; readonly errors?: never } | { readonly errors: readonly AdmitError[] };

/** Size, depth, count and doubled keys are checked before the text is parsed. A byte-order mark is passed over. */
export function parseText(text: string): Parsed {
  if (isLongerThan(text, limits.bytes)) return { errors: [fault("too-big", [], { megabytes: limits.bytes / (1024 * 1024) })] };
  const json = withoutMark(text);
  const faults = scanJson(json);
  if (faults.length === 0) return { value: JSON.parse(json) };
  return {
    errors: faults.map(({ code, path, offset, values }) => ({
      code,
      path: pathText(path),
      ...lineAndColumn(json, offset),
      ...(values && { values }),
    })),
  };
}

/** In UTF-8. A unit of a JavaScript text is one to three bytes; only the doubtful ones are counted. */
export function isLongerThan(text: string, bytes: number): boolean {
  if (text.length > bytes) return true;
  if (text.length * 3 <= bytes) return false;
  let counted = 0;
  for (let at = 0; at < text.length; at++) {
    const code = text.charCodeAt(at);
    // Each half of a surrogate pair is two of its four bytes.
    counted += code < 0x80 ? 1 : code < 0x800 || (code >= 0xd800 && code < 0xe000) ? 2 : 3;
  }
  return counted > bytes;
}
