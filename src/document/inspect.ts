import { clip, fault, type AdmitError, type Path } from "./admit-error.ts";
import { limits } from "./limits.ts";
import { forbiddenKeys } from "./scan-json.ts";

interface Waiting {
  readonly value: unknown;
  readonly path: Path;
}

/**
 * Whether a value is plain JSON of a bearable size: what came as an object (from storage, from another tab, from a
 * program) passes no scanner. It does not recurse, and a circle ends at the depth limit.
 */
export function inspect(input: unknown): AdmitError[] {
  const errors: AdmitError[] = [];
  const waiting: Waiting[] = [{ value: input, path: [] }];
  let values = 0;
  for (let next = waiting.pop(); next !== undefined && errors.length < limits.errors; next = waiting.pop()) {
    if (++values > limits.values) return [...errors, fault("too-many-values", [], { limit: limits.values })];
    if (next.path.length > limits.depth) return [...errors, fault("too-deep", next.path, { limit: limits.depth })];
    const error = inspectOne(next);
    if (error !== null) errors.push(error);
    else waiting.push(...insides(next, errors).reverse());
  }
  return errors.slice(0, limits.errors);
}

function inspectOne({ value, path }: Waiting): AdmitError | null {
  if (value === null || typeof value === "string" || typeof value === "boolean") return null;
  if (typeof value === "number") return Number.isFinite(value) ? null : fault("not-finite", path, { found: String(value) });
  if (typeof value !== "object") return fault("not-json", path, { found: typeof value });
  return Array.isArray(value) || isPlain(value) ? null : fault("not-json", path, { found: "object" });
}

function insides({ value, path }: Waiting, errors: AdmitError[]): Waiting[] {
  if (Array.isArray(value)) return Array.from(value, (inside: unknown, index) => ({ value: inside, path: [...path, index] }));
  if (typeof value !== "object" || value === null) return [];
  const keys = Object.keys(value);
  errors.push(...keys.filter((key) => forbiddenKeys.has(key)).map((key) => fault("forbidden-key", [...path, key], { key: clip(key) })));
  return keys
    .filter((key) => !forbiddenKeys.has(key))
    .map((key) => ({ value: (value as Record<string, unknown>)[key], path: [...path, key] }));
}

function isPlain(value: object): boolean {
  const prototype: unknown = Object.getPrototypeOf(value);
  return prototype === null || prototype === Object.prototype;
}
