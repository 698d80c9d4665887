import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { parseText } from "../document/parse-text.ts";
import type { RecordedCase } from "./recorded-case.ts";

/** A directory, or a file in it, that cannot be read as recorded cases. The message begins with the place. */
export class BadInput extends Error {}

/** All cases of a directory: its JSON files in the order of their names, each a list of cases. Throws `BadInput`. */
export function casesIn(directory: string): RecordedCase[] {
  const files = namesIn(directory)
    .filter((name) => name.endsWith(".json"))
    .sort();
  if (files.length === 0) throw new BadInput(`${directory}: holds no .json file`);
  return files.flatMap((file) => casesOf(directory, file));
}

function namesIn(directory: string): string[] {
  try {
    return readdirSync(directory);
  } catch (error) {
    throw new BadInput(`${directory}: ${reasonOf(error)}`);
  }
}

function casesOf(directory: string, file: string): RecordedCase[] {
  const path = join(directory, file);
  const parsed = parseText(textOf(path));
  if (parsed.errors) {
    const [{ line, column, code, path: where }] = parsed.errors as [(typeof parsed.errors)[number]];
    throw new BadInput(`${path}:${line ?? 1}:${column ?? 1}: not JSON as it should be: ${code}${where === "" ? "" : ` at ${where}`}`);
  }
  if (!Array.isArray(parsed.value)) throw new BadInput(`${path}: is no list of cases`);
  let meant = "";
  return parsed.value.map((value: unknown, index) => {
    const recorded = caseOf(value, file, `${path}[${index}]`, meant);
    meant = recorded.meant;
    return recorded;
  });
}

/** "same" stands for the system of the case before. */
function caseOf(value: unknown, file: string, place: string, before: string): RecordedCase {
  if (typeof value !== "object" || value === null || Array.isArray(value)) throw new BadInput(`${place}: is no case`);
  const fields = value as Record<string, unknown>;
  const text = (name: string): string => {
    const found = fields[name];
    if (typeof found !== "string") throw new BadInput(`${place}.${name}: is no text`);
    return found;
  };
  const system = text("system");
  return { file, group: text("group"), system, meant: system === "same" ? before : system, name: text("case"), fields };
}

function textOf(path: string): string {
  try {
    return readFileSync(path, "utf8");
  } catch (error) {
    throw new BadInput(`${path}: ${reasonOf(error)}`);
  }
}

function reasonOf(error: unknown): string {
  return error instanceof Error ? error.message : String(error);
}
