// @ts-check
import { readdirSync } from "node:fs";
import { join } from "node:path";
import { root } from "./build.mjs";

/** @typedef {Record<string, { en: unknown, zh: unknown }>} Tables by the name under which a file exports each */

const speaker = "virtual:chinese";
const chinese = "virtual:chinese-tables";

/** What the page says before the Chinese has come; without a build, both languages are there from the start. */
const built = `
const tables = new Map();
export const apart = (id, en) => ({ en, get zh() { return tables.get(id) ?? en; } });
export async function fetchChinese() {
  if (tables.size > 0) return;
  const { default: fetched } = await import("${chinese}");
  for (const [id, table] of Object.entries(fetched)) tables.set(id, table);
}`;
const unbuilt = "export const fetchChinese = async () => {};";

/**
 * English and 中文 stand side by side in each file of words, so that neither lags behind; but a person reads one of them.
 * In the built page the files that are nothing but tables hold their English, and the Chinese of them all is one file,
 * which `fetchChinese` fetches.
 * @returns {import("vite").Plugin}
 */
export function wordsApart() {
  let isBuild = false;
  /** @type {Map<string, Tables>} */
  let files = new Map();
  return {
    name: "words-apart",
    enforce: "pre",
    configResolved: ({ command }) => void (isBuild = command === "build"),
    async buildStart() {
      if (isBuild) files = await allTables();
    },
    resolveId: (id) => (id === speaker || id === chinese ? `\0${id}` : null),
    load(id) {
      if (id === `\0${speaker}`) return isBuild ? built : unbuilt;
      if (id === `\0${chinese}`) return chineseOf(files);
      const tables = files.get(id);
      return tables === undefined ? null : englishOf(id, tables);
    },
  };
}

/** @returns {Promise<Map<string, Tables>>} by the file's path */
async function allTables() {
  const { runnerImport } = await import("vite");
  const named = ["act", "dialog", "panel", "shell"].map((name) => join(root, `src/view/words/${name}-words.ts`));
  const kinds = readdirSync(join(root, "src/kinds"), { withFileTypes: true }).filter((entry) => entry.isDirectory());
  const paths = [...named, ...kinds.map(({ name }) => join(root, "src/kinds", name, "words.ts"))];
  const read = paths.map(async (path) => /** @type {const} */ ([path, /** @type {Tables} */ ((await runnerImport(path)).module)]));
  return new Map(await Promise.all(read));
}

/**
 * @param {string} id
 * @param {Tables} tables
 */
function englishOf(id, tables) {
  const named = Object.entries(tables).map(
    ([name, { en }]) => `export const ${name} = apart(${JSON.stringify(nameOf(id, name))}, ${JSON.stringify(en)});`,
  );
  return [`import { apart } from "${speaker}";`, ...named].join("\n");
}

/** @param {Map<string, Tables>} files */
function chineseOf(files) {
  const all = [...files].flatMap(([id, tables]) => Object.entries(tables).map(([name, { zh }]) => [nameOf(id, name), zh]));
  return `export default ${JSON.stringify(Object.fromEntries(all))};`;
}

/** @type {(id: string, name: string) => string} */
const nameOf = (id, name) => `${id.slice(root.length)}#${name}`;
