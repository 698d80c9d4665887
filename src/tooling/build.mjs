// @ts-check
/**
 * Builds the playground, the command line, the bench and the fidelity runner, each only when something it is made of has changed since.
 * Plain JavaScript, because Node runs it before anything has been built.
 */
import { existsSync, mkdirSync, readdirSync, renameSync, rmSync, statSync } from "node:fs";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";

export const root = fileURLToPath(new URL("../..", import.meta.url));

const madeOf = ["package.json", "package-lock.json", "vite.config.ts", "src"];
const appDirectory = join(root, "build/app");

/** @returns {Promise<string>} the directory in which the built playground stands */
export async function builtApp() {
  if (isStale(join(appDirectory, "index.html"), [...madeOf, "index.html", "public"])) {
    const { build } = await import("vite");
    await build({ root, logLevel: "warn", build: { emptyOutDir: true } });
  }
  return appDirectory;
}

/**
 * One program for Node in one file, with everything it imports, so that it starts at once. Vite builds it, because
 * the kinds are found by `import.meta.glob`.
 * @param {"cli" | "bench" | "fidelity"} name
 * @returns {Promise<string>} the program's path
 */
export async function builtProgram(name) {
  const program = join(root, "build", name, "main.js");
  if (isStale(program, madeOf)) await buildProgram(name, program);
  return program;
}

/**
 * Built aside and then renamed: two commands started at once must not read each other's half-written file.
 * @param {string} name
 * @param {string} program
 */
async function buildProgram(name, program) {
  const { build } = await import("vite");
  const aside = join(root, "build", `${name}-${process.pid}`);
  await build({
    root,
    configFile: false,
    publicDir: false,
    logLevel: "warn",
    customLogger: quietLogger(),
    ssr: { noExternal: true, external: ["playwright-core", "@playwright/test", "vite"] },
    build: {
      ssr: `src/${name}/main.ts`,
      outDir: aside,
      target: "node20",
      minify: false,
      // Constants stay constants: Vite would make variables of them, and V8 reads a variable anew at each use (measured: 1.1 to 1.15
      // times as fast, for the engine's columns, codes and fields are constants of their modules).
      rolldownOptions: { output: { codeSplitting: false, topLevelVar: false } },
    },
  });
  mkdirSync(dirname(program), { recursive: true });
  renameSync(join(aside, "main.js"), program);
  rmSync(aside, { recursive: true, force: true });
}

/** Warnings go where errors go: standard output belongs to the program. */
function quietLogger() {
  /** @param {string} message */
  const tell = (message) => process.stderr.write(`${message}\n`);
  return { info() {}, warn: tell, warnOnce: tell, error: tell, clearScreen() {}, hasErrorLogged: () => false, hasWarned: false };
}

/**
 * @param {string} output
 * @param {readonly string[]} sources paths under the root
 */
function isStale(output, sources) {
  if (!existsSync(output)) return true;
  const made = statSync(output).mtimeMs;
  return sources.some((source) => newest(join(root, source)) > made);
}

/**
 * A folder's own time counts too: it is how a deleted file shows.
 * @param {string} path
 * @returns {number}
 */
function newest(path) {
  const found = statSync(path, { throwIfNoEntry: false });
  if (!found) return 0;
  if (!found.isDirectory()) return /\.(test\.tsx?|md)$/.test(path) ? 0 : found.mtimeMs;
  return readdirSync(path).reduce((latest, name) => Math.max(latest, newest(join(path, name))), found.mtimeMs);
}
