import { parseArgs } from "node:util";
import { BadInput, casesIn } from "./case-files.ts";
import { play } from "./play.ts";
import { reportJson, reportText } from "./report.ts";

const usage = "npm run -s fidelity -- --cases DIR [--json]";
const exitCode = { allMatch: 0, someDoNot: 1, badInput: 2 } as const;

/** Plays every recorded case of a directory, and says how true the playground is to the real systems. */
function main(argv: readonly string[]): number {
  const { directory, json } = commandOf(argv);
  const played = casesIn(directory).map(play);
  process.stdout.write(json ? reportJson(played) : reportText(played));
  return played.every(({ verdict }) => verdict === "match") ? exitCode.allMatch : exitCode.someDoNot;
}

function commandOf(argv: readonly string[]): { readonly directory: string; readonly json: boolean } {
  const options = { cases: { type: "string" }, json: { type: "boolean", default: false } } as const;
  try {
    const { values } = parseArgs({ args: [...argv], options });
    if (values.cases !== undefined && values.cases !== "") return { directory: values.cases, json: values.json };
  } catch (error) {
    throw new BadInput(`${argv.join(" ")}: ${(error as Error).message}\n${usage}`);
  }
  throw new BadInput(`--cases: which directory?\n${usage}`);
}

try {
  process.exitCode = main(process.argv.slice(2));
} catch (error) {
  if (!(error instanceof BadInput)) throw error;
  process.stderr.write(`fidelity: ${error.message}\n`);
  process.exitCode = exitCode.badInput;
}
