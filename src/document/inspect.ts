import { fault, type AdmitError, type Path } from "./admit-error.ts";
import { limits } from "./limits.ts";
import { forbiddenKeys } from "./scan-json.ts";

/** A value that has still to be looked at. Where it stands is told by those around it, and only if it must be. */
interface Waiting {
  readonly value: unknown;
  readonly step: string | number;
  readonly around: Waiting | null;
  readonly depth: number;
}

/**
 * Whether a value is plain JSON of a bearable size: what came as an object (from storage, from another tab, from a
 * program) passes no scanner. It does not recurse, and a circle ends at the depth limit.
 */
export function inspect(input: unknown): AdmitError[] {
  const errors: AdmitError[] = [];
  const waiting: Waiting[] = [{ value: input, step: "", around: null, depth: 0 }];
  let values = 0;
  for (let next = waiting.pop(); next !== undefined && errors.length < limits.errors; next = waiting.pop()) {
    if (++values > limits.values) return [...errors, fault("too-many-values", [], { limit: limits.values })];
    if (next.depth > limits.depth) return [...errors, fault("too-deep", pathTo(next), { limit: limits.depth })];
    const error = inspectOne(next);
    if (error === null) enter(next, waiting, errors);
    else errors.push(error);
  }
  return errors.slice(0, limits.errors);
}

function inspectOne(waiting: Waiting): AdmitError | null {
  const { value } = waiting;
  if (value === null || typeof value === "string" || typeof value === "boolean") return null;
  if (typeof value === "number") return Number.isFinite(value) ? null : fault("not-finite", pathTo(waiting), { found: String(value) });
  if (typeof value !== "object") return fault("not-json", pathTo(waiting), { found: typeof value });
  return Array.isArray(value) || isPlain(value) ? null : fault("not-json", pathTo(waiting), { found: "object" });
}

/** The first inside comes out of the stack first. One by one: a spread must fit on the stack, and a list need not. */
function enter(around: Waiting, waiting: Waiting[], errors: AdmitError[]): void {
  const { value } = around;
  if (typeof value !== "object" || value === null) return;
  const depth = around.depth + 1;
  if (Array.isArray(value)) {
    for (let step = value.length - 1; step >= 0; step--) waiting.push({ value: value[step] as unknown, step, around, depth });
    return;
  }
  const keys = Object.keys(value);
  for (let index = keys.length - 1; index >= 0; index--) {
    const step = keys[index] as string;
    if (forbiddenKeys.has(step)) errors.push(fault("forbidden-key", [...pathTo(around), step], { key: step }));
    else waiting.push({ value: (value as Record<string, unknown>)[step], step, around, depth });
  }
}

function pathTo(waiting: Waiting): Path {
  const path: (string | number)[] = [];
  for (let at = waiting; at.around !== null; at = at.around) path.unshift(at.step);
  return path;
}

function isPlain(value: object): boolean {
  const prototype: unknown = Object.getPrototypeOf(value);
  return prototype === null || prototype === Object.prototype;
}
