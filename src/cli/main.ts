import { readFileSync } from "node:fs";
import { sentenceOf } from "../document/admit-words.ts";
import { admitText, type AdmitError } from "../document/admit.ts";
import type { Topology } from "../document/topology.ts";
import { warn } from "../document/warn.ts";
import { kinds } from "../kinds/registry.ts";
import { kindWordsByKind } from "../kinds/words.ts";
import type { BothLanguages, KindWords } from "../view/kit/kind-words.ts";
import { version } from "../../package.json";
import { verdict } from "./assertion.ts";
import { BadInput } from "./bad-input.ts";
import { parseCommand, type Command, type RunCommand } from "./command.ts";
import { helpText } from "./help.ts";
import { reportText } from "./report.ts";
import { play } from "./run.ts";
import { actsOf } from "./target.ts";
import { complaintText, languageOf, reportWords, type Language } from "./words.ts";

const exitCode = { done: 0, assertionBroken: 1, badInput: 2 } as const;
const acts = actsOf(kinds);

/** A file that was read and refused; its errors have been told. */
class Refused extends Error {}

function main(argv: readonly string[], language: Language): number {
  try {
    return obey(parseCommand(argv, acts), language);
  } catch (error) {
    if (error instanceof Refused) return exitCode.badInput;
    if (!(error instanceof BadInput)) throw error;
    tell(`breakwater: ${error.place}: ${complaintText(error, language)} [${error.code}]`);
    return exitCode.badInput;
  }
}

function obey(command: Command, language: Language): number {
  switch (command.do) {
    case "help":
      print(helpText(acts, language));
      return exitCode.done;
    case "version":
      print(`${version}\n`);
      return exitCode.done;
    case "validate":
      validate(command.file, language);
      return exitCode.done;
    case "run":
      return run(command, language);
  }
}

function run(command: RunCommand, language: Language): number {
  const summary = play(command, load(command.file, language), kinds);
  const verdicts = command.assertions.map((assertion) => verdict(assertion, summary));
  print(command.json ? `${JSON.stringify({ ...summary, assertions: verdicts }, null, 2)}\n` : reportText(summary, verdicts, language));
  return verdicts.every(({ holds }) => holds) ? exitCode.done : exitCode.assertionBroken;
}

/** Warnings do not refuse a file: it is played, but will hardly do what was meant. */
function validate(file: string, language: Language): void {
  const document = load(file, language);
  for (const warning of warn(document, kinds)) tell(`${file}: ${warning.path}: ${told(warning, language)} [${warning.code}]`);
  print(validText(file, document, language));
}

function load(file: string, language: Language): Topology {
  const admission = admitText(read(file), kinds);
  if (admission.ok) return admission.document;
  for (const error of admission.errors) {
    const where = error.line === undefined ? file : `${file}:${error.line}:${error.column}`;
    tell(`${where}: ${error.path}: ${told(error, language)} [${error.code}]`);
  }
  throw new Refused();
}

function told(what: Pick<AdmitError, "code" | "values">, language: Language): string {
  const words = kindWordsByKind as ReadonlyMap<string, BothLanguages<KindWords>>;
  return sentenceOf(what, language, (kind) => words.get(kind)?.[language].name ?? kind);
}

function read(file: string): string {
  try {
    return readFileSync(file === "-" ? 0 : file, "utf8");
  } catch (error) {
    throw new BadInput("cannot-read", file, { reason: error instanceof Error ? error.message : String(error) });
  }
}

function validText(file: string, { nodes, links, schedule }: Topology, language: Language): string {
  const words = reportWords(language);
  const count = (records: object, word: string): string => `${Object.keys(records).length} ${word}`;
  return `${file} ${words.fine}: ${count(nodes, words.nodes)}, ${count(links, words.links)}, ${count(schedule, words.acts)}\n`;
}

const print = (text: string): void => void process.stdout.write(text);
const tell = (line: string): void => void process.stderr.write(`${line}\n`);

const argv = process.argv.slice(2);
process.exitCode = main(argv, languageOf(argv, process.env));
