import ts from "typescript";
import { globMatches, importedPath } from "../rooms.ts";
import { complain, isTest, walk, type Complaint, type Source } from "../source.ts";

/**
 * What is exported, and neither imported by anyone nor used in its own file, is dead. Types are left in peace (they
 * name the shapes of what a function takes), and so are the files that a build starts from.
 */
export function unusedExports(sources: readonly Source[]): Complaint[] {
  const wanted = new Map<string, Set<string>>();
  for (const source of sources) for (const [path, name] of wants(source)) wanted.set(path, (wanted.get(path) ?? new Set()).add(name));
  const globbed = (path: string): boolean => [...wanted.keys()].some((pattern) => pattern.includes("*") && globMatches(pattern, path));
  return sources
    .filter(({ path }) => !isTest(path) && !/\.(mjs)$|config\.ts$/.test(path) && !wanted.get(path)?.has("*") && !globbed(path))
    .flatMap((source) =>
      exportsOf(source)
        .filter(({ name }) => !wanted.get(source.path)?.has(name) && !usedAtHome(source, name))
        .map(({ name, node }) => complain(source, node, `exports ${name}, which nothing imports`)),
    );
}

/** Its name stands a second time in the file that declares it. */
function usedAtHome({ tree }: Source, name: string): boolean {
  let times = 0;
  walk(tree, (node) => {
    if (ts.isIdentifier(node) && node.text === name) times++;
  });
  return times > 1;
}

/** Each file that a source imports from, with each name it takes; "*" for all of them. */
function wants(source: Source): [path: string, name: string][] {
  const found: [string, string][] = [];
  const take = (specifier: ts.Node | undefined, names: readonly string[]): void => {
    if (specifier === undefined || !ts.isStringLiteralLike(specifier)) return;
    const path = importedPath(source.path, specifier.text);
    if (path !== null) for (const name of names) found.push([path, name]);
  };
  walk(source.tree, (node) => {
    if (ts.isImportDeclaration(node)) take(node.moduleSpecifier, importedNames(node.importClause));
    else if (ts.isExportDeclaration(node)) take(node.moduleSpecifier, listed(node.exportClause));
    else if (ts.isCallExpression(node)) for (const specifier of calledSpecifiers(node)) take(specifier, ["*"]);
  });
  return found;
}

/** `import("…")` and `import.meta.glob("…")`: whatever is there may be used. */
function calledSpecifiers({ expression, arguments: [first] }: ts.CallExpression): readonly ts.Node[] {
  if (first === undefined) return [];
  if (expression.kind === ts.SyntaxKind.ImportKeyword) return [first];
  if (expression.getText() !== "import.meta.glob") return [];
  return ts.isArrayLiteralExpression(first) ? first.elements : [first];
}

function importedNames(clause: ts.ImportClause | undefined): string[] {
  const names = clause?.name === undefined ? [] : ["default"];
  const bindings = clause?.namedBindings;
  if (bindings === undefined) return names;
  return ts.isNamespaceImport(bindings)
    ? ["*"]
    : [...names, ...bindings.elements.map((element) => (element.propertyName ?? element.name).text)];
}

function listed(clause: ts.NamedExportBindings | undefined): string[] {
  return clause !== undefined && ts.isNamedExports(clause)
    ? clause.elements.map(({ propertyName, name }) => (propertyName ?? name).text)
    : ["*"];
}

function exportsOf({ tree }: Source): { name: string; node: ts.Node }[] {
  return tree.statements.filter(isExportedValue).flatMap((node): { name: string; node: ts.Node }[] => {
    const isDefault = node.modifiers?.some(({ kind }) => kind === ts.SyntaxKind.DefaultKeyword) === true;
    if (isDefault) return [{ name: "default", node }];
    if (!ts.isVariableStatement(node)) return node.name === undefined ? [] : [{ name: node.name.text, node }];
    return node.declarationList.declarations.flatMap(({ name }) => (ts.isIdentifier(name) ? [{ name: name.text, node: name }] : []));
  });
}

function isExportedValue(node: ts.Statement): node is ts.FunctionDeclaration | ts.ClassDeclaration | ts.VariableStatement {
  if (!ts.isFunctionDeclaration(node) && !ts.isClassDeclaration(node) && !ts.isVariableStatement(node)) return false;
  return node.modifiers?.some(({ kind }) => kind === ts.SyntaxKind.ExportKeyword) === true;
}
