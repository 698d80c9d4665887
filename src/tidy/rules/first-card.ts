import ts from "typescript";
import { globMatches, importedPath } from "../rooms.ts";
import { complain, isTest, walk, type Complaint, type Source } from "../source.ts";

/** Where the page's script begins. */
export const pageStart = "src/app/main.tsx";

/** What it takes to paint the first card, and to hear a key. Everything else is fetched after that. */
const firstPackages: ReadonlySet<string> = new Set([
  "@xyflow/react",
  "idb-keyval",
  "react",
  "react-dom/client",
  "tinykeys",
  "virtual:chinese",
  "zustand",
]);

/**
 * What the page imports from the start, through whatever files, is fetched before anything is seen: a kind's face or words
 * that pull in a schema, a chart or a parser make everybody wait for it. Such a thing is imported when it is needed.
 */
export function firstCard(sources: readonly Source[], start = pageStart): Complaint[] {
  const byPath = new Map(sources.filter(({ path }) => !isTest(path)).map((source) => [source.path, source]));
  const ways = new Map([[start, start]]);
  const complaints: Complaint[] = [];
  for (const [path, way] of ways) {
    const source = byPath.get(path);
    if (source === undefined) continue;
    for (const { node, specifier, isGlob } of fetchedWith(source)) {
      const target = importedPath(path, specifier);
      if (target === null && !firstPackages.has(specifier)) {
        complaints.push(complain(source, node, `brings "${specifier}" before the first card, by way of ${way}`));
      }
      for (const next of isGlob ? matching(target ?? "", byPath.keys()) : target === null ? [] : [target]) {
        if (!ways.has(next)) ways.set(next, `${way} → ${next}`);
      }
    }
  }
  return complaints;
}

const matching = (pattern: string, paths: Iterable<string>): string[] => [...paths].filter((path) => globMatches(pattern, path));

interface Fetched {
  readonly node: ts.Node;
  readonly specifier: string;
  readonly isGlob: boolean;
}

/** What comes with a file: what it imports or passes on, types left out, and what it gathers eagerly; not what it imports later. */
function fetchedWith({ tree }: Source): Fetched[] {
  const found: Fetched[] = [];
  walk(tree, (node) => {
    const specifier = importedBy(node) ?? gatheredBy(node);
    if (specifier !== null) found.push({ node, specifier, isGlob: ts.isCallExpression(node) });
  });
  return found;
}

function importedBy(node: ts.Node): string | null {
  const isType = ts.isImportDeclaration(node) ? node.importClause?.isTypeOnly : ts.isExportDeclaration(node) && node.isTypeOnly;
  if (isType === true || !(ts.isImportDeclaration(node) || ts.isExportDeclaration(node))) return null;
  const specifier = node.moduleSpecifier;
  return specifier !== undefined && ts.isStringLiteralLike(specifier) && !specifier.text.endsWith(".css") ? specifier.text : null;
}

function gatheredBy(node: ts.Node): string | null {
  if (!ts.isCallExpression(node) || node.expression.getText() !== "import.meta.glob") return null;
  const [pattern, options] = node.arguments;
  const isEager = /\beager: true\b/u.test(options?.getText() ?? "");
  return isEager && pattern !== undefined && ts.isStringLiteralLike(pattern) ? pattern.text : null;
}
