import { parseArgs } from "node:util";
import { BadInput } from "./bad-input.ts";
import { durationUs } from "./duration.ts";
import { parseAssertion, type Assertion } from "./assertion.ts";

/** An act as it was typed: its target is a node or a link yet to be found in the document. */
export interface TypedAct {
  readonly act: string;
  readonly target: string;
  readonly atUs: number;
  readonly amount?: number;
  /** How it was typed, to be named in an error. */
  readonly place: string;
}

export interface RunCommand {
  readonly do: "run";
  readonly file: string;
  readonly forUs: number;
  readonly seed: number | null;
  readonly cold: boolean;
  readonly json: boolean;
  readonly trace: string | null;
  readonly acts: readonly TypedAct[];
  readonly assertions: readonly Assertion[];
}

export type Command =
  RunCommand | { readonly do: "validate"; readonly file: string } | { readonly do: "help" } | { readonly do: "version" };

/** The command's own options and whether each takes a value; every act of every kind is one more, with a value. */
const ownOptions: Readonly<Record<string, "string" | "boolean">> = {
  for: "string",
  seed: "string",
  trace: "string",
  assert: "string",
  lang: "string",
  json: "boolean",
  cold: "boolean",
  help: "boolean",
  version: "boolean",
};

interface Option {
  readonly name: string;
  readonly value: string;
  readonly place: string;
}

/** What the arguments ask for. Throws `BadInput` for whatever it does not understand. */
export function parseCommand(argv: readonly string[], acts: ReadonlySet<string>): Command {
  const { options, words } = tokens(argv, acts);
  const given = (name: string): boolean => options.some((option) => option.name === name);
  if (given("version")) return { do: "version" };
  if (given("help") || words.length === 0) return { do: "help" };
  const [verb = "", ...files] = words;
  if (verb === "help") return { do: "help" };
  if (verb !== "run" && verb !== "validate") throw new BadInput("unknown-command", verb);
  if (files.length !== 1) throw new BadInput("one-file", files.slice(1).join(" ") || verb);
  return verb === "validate" ? validateCommand(files[0] ?? "", options) : runCommand(files[0] ?? "", options, acts);
}

function tokens(argv: readonly string[], acts: ReadonlySet<string>): { options: Option[]; words: string[] } {
  const actOptions = Object.fromEntries([...acts].map((act) => [act, "string"] as const));
  const types: Record<string, "string" | "boolean"> = { ...actOptions, ...ownOptions };
  const declared = Object.fromEntries(Object.entries(types).map(([name, type]) => [name, { type, multiple: true } as const]));
  const parsed = parseArgs({ args: [...argv], options: declared, strict: false, allowPositionals: true, tokens: true });
  const options: Option[] = [];
  for (const token of parsed.tokens) if (token.kind === "option") options.push(option(token.rawName, token.name, token.value, types));
  return { options, words: parsed.positionals };
}

function option(place: string, name: string, value: string | undefined, types: Readonly<Record<string, string>>): Option {
  const type = Object.hasOwn(types, name) ? types[name] : undefined;
  if (type === undefined) throw new BadInput("unknown-option", place);
  if (type === "string" && (value === undefined || value === "")) throw new BadInput("value-missing", place);
  if (type === "boolean" && value !== undefined) throw new BadInput("value-not-wanted", place);
  return { name, value: value ?? "", place: value === undefined ? place : `${place} ${value}` };
}

function validateCommand(file: string, options: readonly Option[]): Command {
  const other = options.find(({ name }) => name !== "lang");
  if (other) throw new BadInput("only-for-run", other.place);
  return { do: "validate", file };
}

function runCommand(file: string, options: readonly Option[], acts: ReadonlySet<string>): RunCommand {
  const last = (name: string): Option | undefined => options.findLast((option) => option.name === name);
  const forUs = timeOf(last("for") ?? { name: "for", value: "60s", place: "--for" });
  return {
    do: "run",
    file,
    forUs,
    seed: seedOf(last("seed")),
    cold: last("cold") !== undefined,
    json: last("json") !== undefined,
    trace: last("trace")?.value ?? null,
    acts: options.filter(({ name }) => acts.has(name) && !Object.hasOwn(ownOptions, name)).map((typed) => actOf(typed, forUs)),
    assertions: options.filter(({ name }) => name === "assert").map(({ value }) => parseAssertion(value)),
  };
}

function timeOf({ value, place }: Option): number {
  const us = durationUs(value);
  if (us === null) throw new BadInput("not-a-duration", place, { value });
  return us;
}

function seedOf(typed: Option | undefined): number | null {
  if (typed === undefined) return null;
  const seed = Number(typed.value);
  if (!/^\d{1,10}$/.test(typed.value) || seed > 0xffff_ffff) throw new BadInput("not-a-seed", typed.place, { value: typed.value });
  return seed;
}

/** `web-2@10s`, or `web-2@10s:5` for an act that needs a number. A name may hold an `@`; the last one counts. */
function actOf({ name, value, place }: Option, forUs: number): TypedAct {
  const [, target, time, amount] = /^(.+)@([^@:]+)(?::([^@:]+))?$/.exec(value) ?? [];
  if (target === undefined || time === undefined) throw new BadInput("not-an-act", place, { act: name });
  const atUs = timeOf({ name, value: time, place });
  if (atUs > forUs) throw new BadInput("after-the-end", place);
  if (amount === undefined) return { act: name, target, atUs, place };
  if (!/^\d+(\.\d+)?$/.test(amount)) throw new BadInput("not-a-number", place, { value: amount });
  return { act: name, target, atUs, amount: Number(amount), place };
}
