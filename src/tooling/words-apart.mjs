// @ts-check
import { readdirSync } from "node:fs";
import { join } from "node:path";
import { root } from "./build.mjs";

/** @typedef {Record<string, { en: unknown, zh: unknown }>} Tables by the name under which a file exports each */

const speaker = "virtual:chinese";
const settings = "virtual:setting-words";
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
/** Without a build the words of settings stand where they are written. */
const nowhereElse = "export const settingsOf = () => undefined;";

/**
 * English and 中文 stand side by side in each file of words, so that neither lags behind; but a person reads one of them.
 * In the built page the files that are nothing but tables hold their English, and the Chinese of them all is one file,
 * which `fetchChinese` fetches. What is said of settings, which is most of what is said of a kind and read by who opens the
 * inspector, is taken apart likewise, and comes with that.
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
    resolveId: (id) => ([speaker, chinese, settings].includes(id) ? `\0${id}` : null),
    load(id) {
      if (id === `\0${speaker}`) return isBuild ? built : unbuilt;
      if (id === `\0${chinese}`) return chineseOf(files);
      if (id === `\0${settings}`) return isBuild ? settingsIn(files) : nowhereElse;
      const tables = files.get(id);
      return tables === undefined ? null : englishOf(id, tables);
    },
  };
}

/** @returns {Promise<Map<string, Tables>>} by the file's path */
async function allTables() {
  const { runnerImport } = await import("vite");
  const shared = ["act", "dialog", "panel", "shell"].map((name) => join(root, `src/view/words/${name}-words.ts`));
  const named = [...shared, join(root, "src/view/kit/canvas-words.ts")];
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
  const named = Object.entries(tables).map(([name, { en }]) => {
    const first = kindOf(id) === null ? en : { .../** @type {object} */ (en), settings: {} };
    return `export const ${name} = apart(${JSON.stringify(nameOf(id, name))}, ${JSON.stringify(first)});`;
  });
  return [`import { apart } from "${speaker}";`, ...named].join("\n");
}

/** @param {Map<string, Tables>} files */
function chineseOf(files) {
  const all = [...files].flatMap(([id, tables]) => Object.entries(tables).map(([name, { zh }]) => [nameOf(id, name), zh]));
  return `export default ${JSON.stringify(Object.fromEntries(all))};`;
}

/** @param {Map<string, Tables>} files */
function settingsIn(files) {
  const all = [...files].flatMap(([id, tables]) => {
    const kind = kindOf(id);
    return kind === null ? [] : Object.values(tables).map(({ en }) => [kind, /** @type {{ settings: unknown }} */ (en).settings]);
  });
  return `const tables = new Map(${JSON.stringify(all)});\nexport const settingsOf = (kind) => tables.get(kind);`;
}

/**
 * The kind whose words a file holds, or null.
 * @param {string} id
 */
const kindOf = (id) => /\/kinds\/([^/]+)\/words\.ts$/u.exec(id)?.[1] ?? null;

/** @type {(id: string, name: string) => string} */
const nameOf = (id, name) => `${id.slice(root.length)}#${name}`;
