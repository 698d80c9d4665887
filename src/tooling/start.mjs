// @ts-check
/** `npm start`: builds the playground if it is stale, serves it, and says where. `--port N` insists on that port. */
import { parseArgs } from "node:util";
import { preview } from "vite";
import { builtApp, root } from "./build.mjs";

const { values } = parseArgs({ options: { port: { type: "string" } } });
const wanted = values.port === undefined ? {} : { port: Number(values.port), strictPort: true };

await builtApp();
const server = await preview({ root, logLevel: "warn", preview: wanted });
const address = server.resolvedUrls?.local[0] ?? server.resolvedUrls?.network[0];
process.stdout.write(`Breakwater is at ${address}  (Ctrl+C ends it)\n`);
