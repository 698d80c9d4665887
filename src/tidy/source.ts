import { readdirSync, readFileSync } from "node:fs";
import { join, relative, sep } from "node:path";
import { fileURLToPath } from "node:url";
import ts from "typescript";

/** One file of the project, parsed, with its path from the project's root ("src/engine/store.ts"). */
export interface Source {
  readonly path: string;
  readonly text: string;
  readonly tree: ts.SourceFile;
}

/** Something against a rule, and where: told as "src/engine/store.ts:12 what is wrong". */
export type Complaint = string;
export type Rule = (source: Source) => Complaint[];

export const projectRoot = fileURLToPath(new URL("../..", import.meta.url));

export function parse(path: string, text: string): Source {
  return { path, text, tree: ts.createSourceFile(path, text, ts.ScriptTarget.ES2023, true) };
}

/** Every script under the folders, in the order of their paths. */
export function sourcesIn(...folders: readonly string[]): Source[] {
  return folders
    .flatMap((folder) => filesIn(join(projectRoot, folder)))
    .filter((path) => /\.(ts|tsx|mjs)$/.test(path) && !path.endsWith(".d.ts"))
    .map((path) => parse(relative(projectRoot, path).split(sep).join("/"), readFileSync(path, "utf8")));
}

export function filesIn(folder: string): string[] {
  const entries = readdirSync(folder, { withFileTypes: true, recursive: true });
  return entries
    .filter((entry) => entry.isFile())
    .map((entry) => join(entry.parentPath, entry.name))
    .sort();
}

/** Tests, and what several of them share (`testing/`): no part of what is shipped. */
export const isTest = (path: string): boolean => /\.test\.tsx?$|\/testing\//.test(path) || path.startsWith("e2e/");

export function complain(source: Source, node: ts.Node, what: string): Complaint {
  const { line } = source.tree.getLineAndCharacterOfPosition(node.getStart(source.tree));
  return `${source.path}:${line + 1} ${what}`;
}

/** Visits every node of the tree, parents first. */
export function walk(node: ts.Node, visit: (node: ts.Node) => void): void {
  visit(node);
  ts.forEachChild(node, (child) => walk(child, visit));
}

/** The complaints of one visitor over a whole file. */
export function judge(source: Source, opinion: (node: ts.Node) => string | null): Complaint[] {
  const complaints: Complaint[] = [];
  walk(source.tree, (node) => {
    const what = opinion(node);
    if (what !== null) complaints.push(complain(source, node, what));
  });
  return complaints;
}
