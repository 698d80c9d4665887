import type * as core from "zod/v4/core";
import { clip, fault, type AdmitError, type Path, type Values } from "./admit-error.ts";
import { limits } from "./limits.ts";
import { idPattern } from "./schema.ts";

/** What stands at a place that a schema speaks of: its own fields, or the settings of a kind or a role. */
export type Subject = "field" | "setting";

/** Says in the gate's own codes what a schema found, as far as it is told. `raw` is what it was given, and `at` where that stands. */
export function faultsOf(issues: readonly core.$ZodIssue[], raw: unknown, at: Path, subject: Subject = "field"): AdmitError[] {
  const found = issues.slice(0, limits.errors).flatMap((issue) => {
    const path = [...at, ...(issue.path as Path)];
    if (issue.code === "unrecognized_keys") {
      return issue.keys.slice(0, limits.errors).map((key) => fault(`unknown-${subject}`, [...path, key], { name: clip(key) }));
    }
    const [code, values] = codeOf(issue, valueAt(raw, issue.path as Path));
    return [fault(code, path, values)];
  });
  return found.slice(0, limits.errors);
}

function codeOf(issue: core.$ZodIssue, value: unknown): readonly [code: string, values?: Values] {
  if (value === undefined) return ["missing"];
  switch (issue.code) {
    case "invalid_type":
      return wrongType(issue.expected, value);
    case "too_small":
      if (issue.origin === "array" || issue.origin === "string") return ["too-few", { min: Number(issue.minimum) }];
      return ["too-small", { min: Number(issue.minimum), found: Number(value) }];
    case "too_big":
      if (issue.origin === "array") return ["too-many", { max: Number(issue.maximum) }];
      if (issue.origin === "string") return ["too-long", { max: Number(issue.maximum) }];
      return ["too-large", { max: Number(issue.maximum), found: Number(value) }];
    case "invalid_value":
      if (typeof value !== "string") return wrongType("string", value);
      return ["not-an-option", { found: clip(value), options: issue.values.join(", ") }];
    case "invalid_format":
      return [formatCode(issue.pattern ?? ""), { found: clip(String(value)) }];
    default:
      return ["not-allowed"];
  }
}

function wrongType(expected: string, value: unknown): readonly [string, Values] {
  if (expected === "int" && typeof value === "number") return ["not-whole", { found: value }];
  const type = expected === "record" ? "object" : expected === "int" ? "number" : expected;
  return ["wrong-type", { expected: type, found: typeOf(value) }];
}

const formats: ReadonlyMap<string, string> = new Map([
  [String(/\S/u), "empty"],
  [String(/^\P{Cc}*$/u), "control-character"],
  [String(/^\S+$/u), "has-spaces"],
  [String(idPattern), "bad-id"],
]);

function formatCode(pattern: string): string {
  return formats.get(pattern) ?? "bad-form";
}

function typeOf(value: unknown): string {
  return value === null ? "null" : Array.isArray(value) ? "array" : typeof value;
}

/** A schema says `undefined` at a place for what is not there at all; only the raw value tells. */
function valueAt(raw: unknown, path: Path): unknown {
  let value = raw;
  for (const step of path) {
    if (typeof value !== "object" || value === null || !Object.hasOwn(value, step)) return undefined;
    value = (value as Record<string | number, unknown>)[step];
  }
  return value;
}
