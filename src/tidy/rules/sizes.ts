import ts from "typescript";
import { complain, isTest, walk, type Complaint, type Source } from "../source.ts";

export const fileLines = 400;
export const functionLines = 70;

export function fileSize({ path, text }: Source): Complaint[] {
  const lines = text.split("\n").length - (text.endsWith("\n") ? 1 : 0);
  return lines > fileLines ? [`${path} has ${lines} lines, more than ${fileLines}: there is a second file in it`] : [];
}

/** No function is longer than a screen. Of a test file only its functions inside `describe` count: a suite is a list, not a function. */
export function functionSize(source: Source): Complaint[] {
  const complaints: Complaint[] = [];
  walk(source.tree, (node) => {
    if (!ts.isFunctionLike(node) || !("body" in node) || node.body === undefined) return;
    if (isTest(source.path) && isSuite(node)) return;
    const lines = linesOf(source, node) - membersOf(node.body).reduce((sum, member) => sum + linesOf(source, member), 0);
    if (lines > functionLines) complaints.push(complain(source, node, `a function of ${lines} lines, more than ${functionLines}`));
  });
  return complaints;
}

/**
 * The functions that stand as statements of a body. A function that only holds others is a scope, as a class is one of
 * its methods; each of them counts for itself.
 */
function membersOf(body: ts.Node): ts.Node[] {
  if (!ts.isBlock(body)) return [];
  return body.statements.filter((statement) => {
    if (ts.isFunctionDeclaration(statement)) return true;
    const [declared] = ts.isVariableStatement(statement) ? statement.declarationList.declarations : [];
    return (
      declared?.initializer !== undefined && (ts.isArrowFunction(declared.initializer) || ts.isFunctionExpression(declared.initializer))
    );
  });
}

function isSuite({ parent }: ts.Node): boolean {
  return ts.isCallExpression(parent) && /\bdescribe\b/.test(parent.expression.getText());
}

function linesOf({ tree }: Source, node: ts.Node): number {
  const lineAt = (position: number): number => tree.getLineAndCharacterOfPosition(position).line;
  return lineAt(node.end) - lineAt(node.getStart(tree)) + 1;
}
