#!/usr/bin/env node
// @ts-check
/** The `breakwater` command: builds the program if its sources are newer, and becomes it. */
import { pathToFileURL } from "node:url";
import { builtProgram } from "./build.mjs";

await import(pathToFileURL(await builtProgram("cli")).href);
