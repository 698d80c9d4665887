// @ts-check
/** `npm run bench`: builds the bench if its sources are newer, and becomes it. */
import { pathToFileURL } from "node:url";
import { builtProgram } from "./build.mjs";

await import(pathToFileURL(await builtProgram("bench")).href);
