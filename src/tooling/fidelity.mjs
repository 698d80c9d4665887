// @ts-check
/** `npm run -s fidelity`: builds the fidelity runner if its sources are newer, and becomes it. */
import { pathToFileURL } from "node:url";
import { builtProgram } from "./build.mjs";

await import(pathToFileURL(await builtProgram("fidelity")).href);
