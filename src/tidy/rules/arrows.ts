import ts from "typescript";
import { importedPath, kindOf, roomOf } from "../rooms.ts";
import { complain, isTest, walk, type Complaint, type Source } from "../source.ts";

/** What a headless room may take from outside: a machine's semantics, a schema, patches, a hash. Never a browser or Node. */
const headlessPackages = new Set([
  "xstate",
  "zod/mini",
  "zod/v4/core",
  "immer",
  "yaml",
  "dockerfile-ast",
  "@noble/hashes/sha2.js",
  "@noble/hashes/utils.js",
]);

/** Arrows point down: a room imports only from rooms named to its right in DESIGN §1. Tests may reach anywhere. */
export function arrows(source: Source): Complaint[] {
  if (isTest(source.path)) return [];
  const room = roomOf(source.path);
  if (room === null) return [];
  return importsOf(source).flatMap(({ node, specifier }) => {
    const problem = specifier.startsWith(".") ? wrongRoom(source.path, specifier) : wrongPackage(source.path, specifier);
    return problem === null ? [] : [complain(source, node, problem)];
  });
}

function wrongRoom(importer: string, specifier: string): string | null {
  const target = importedPath(importer, specifier) ?? specifier;
  const from = roomOf(importer);
  const to = roomOf(target);
  if (from === null || from.mayImport.includes("*")) return null;
  if (to === null) return `${from.name} imports ${target}, which belongs to no room`;
  if (!from.mayImport.includes(to.name)) return `${from.name} may not import ${to.name} (${target})`;
  const [mine, other] = [kindOf(importer), kindOf(target)];
  return mine !== null && other !== null && mine !== other ? `kinds never name each other: ${mine} imports ${other}` : null;
}

function wrongPackage(importer: string, specifier: string): string | null {
  const room = roomOf(importer);
  if (room === null || !room.headless || headlessPackages.has(specifier)) return null;
  return `${room.name} is headless and may not import "${specifier}"`;
}

interface Import {
  readonly node: ts.Node;
  readonly specifier: string;
}

/** Static and dynamic imports, re-exports, and the patterns of globs, which reach as far as any import. */
export function importsOf({ tree }: Source): Import[] {
  const found: Import[] = [];
  walk(tree, (node) => {
    for (const specifier of specifiersOf(node)) if (ts.isStringLiteralLike(specifier)) found.push({ node, specifier: specifier.text });
  });
  return found;
}

function specifiersOf(node: ts.Node): readonly ts.Node[] {
  if (ts.isImportDeclaration(node) || ts.isExportDeclaration(node)) return node.moduleSpecifier ? [node.moduleSpecifier] : [];
  if (ts.isImportTypeNode(node)) return ts.isLiteralTypeNode(node.argument) ? [node.argument.literal] : [];
  if (!ts.isCallExpression(node)) return [];
  const [first] = node.arguments;
  if (first === undefined) return [];
  if (node.expression.kind === ts.SyntaxKind.ImportKeyword) return [first];
  if (node.expression.getText() !== "import.meta.glob") return [];
  return ts.isArrayLiteralExpression(first) ? first.elements : [first];
}
