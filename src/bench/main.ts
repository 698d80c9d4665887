import { parseArgs } from "node:util";
import { crowdFigures, largeFigures, openingFigures } from "./browser.ts";
import { figureText, type Figure } from "./figure.ts";
import { fleetFigures } from "./fleet.ts";
import { machine } from "./measure.ts";
import { pickFigures } from "./picks.ts";
import { simpyFigures } from "./simpy.ts";
import { sizeFigures } from "./sizes.ts";

type Part = (tell: (line: string) => void) => Figure[] | Promise<Figure[]>;
/** Named on the command line, only these are measured: `npm run bench -- sizes opening`. */
const parts: Readonly<Record<string, Part>> = {
  simpy: simpyFigures,
  fleet: fleetFigures,
  picks: pickFigures,
  sizes: sizeFigures,
  opening: openingFigures,
  crowd: crowdFigures,
  large: largeFigures,
};

/** What is measured on the way is told on standard error, so that standard output holds nothing but the figures. */
const tell = (line: string): void => void process.stderr.write(`  ${line}\n`);

const { values, positionals } = parseArgs({ options: { json: { type: "boolean", default: false } }, allowPositionals: true });
const unknown = positionals.filter((name) => parts[name] === undefined);
if (unknown.length > 0) {
  process.stderr.write(`The bench measures ${Object.keys(parts).join(", ")}; it knows no ${unknown.join(", ")}.\n`);
  process.exit(2);
}
const chosen = Object.entries(parts).filter(([name]) => positionals.length === 0 || positionals.includes(name));
const figures: Figure[] = [];
for (const [, part] of chosen) figures.push(...(await part(tell)));

const named = machine();
if (values.json) process.stdout.write(`${JSON.stringify({ machine: named, figures }, null, 2)}\n`);
else
  process.stdout.write(
    [`${named.cpu}, ${named.cores} cores, Node ${named.node}, ${named.system}`, ...figures.map(figureText), ""].join("\n"),
  );
