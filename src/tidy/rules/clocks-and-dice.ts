import ts from "typescript";
import { roomOf } from "../rooms.ts";
import { isTest, judge, type Complaint, type Source } from "../source.ts";

/** Time comes from the kernel and luck from a named stream: none of these may be named in a headless room. */
const bannedGlobals = new Set([
  ...["Date", "performance", "Intl", "crypto", "navigator", "process"],
  ...["setTimeout", "setInterval", "setImmediate", "queueMicrotask", "requestAnimationFrame", "requestIdleCallback"],
]);

/** V8's own differ between Node and Chromium in the last bit: `base/` has ours. `sqrt` is exact everywhere. */
const bannedMath = new Set([
  ...["random", "exp", "expm1", "log", "log1p", "log2", "log10", "pow", "cbrt", "hypot"],
  ...["sin", "cos", "tan", "asin", "acos", "atan", "atan2", "sinh", "cosh", "tanh", "asinh", "acosh", "atanh"],
]);

/** What these answer depends on the machine's language. */
const bannedMethods = new Set(["localeCompare", "toLocaleString", "toLocaleUpperCase", "toLocaleLowerCase"]);

/** The one place where time comes from outside; everything else in `runtime/` is told the time. */
const wallClockFiles: ReadonlySet<string> = new Set(["src/runtime/driver.ts"]);

export function clocksAndDice(source: Source): Complaint[] {
  if (isTest(source.path) || roomOf(source.path)?.headless !== true || wallClockFiles.has(source.path)) return [];
  return judge(source, (node) => bannedGlobal(node) ?? bannedMember(node) ?? inexactPower(node));
}

function bannedGlobal(node: ts.Node): string | null {
  if (!ts.isIdentifier(node) || !bannedGlobals.has(node.text) || isMereName(node)) return null;
  return `${node.text} is another clock or dice than the kernel's`;
}

/** A property, a key or a declaration of that name is no use of the global. */
function isMereName(node: ts.Identifier): boolean {
  const { parent } = node;
  if (ts.isPropertyAccessExpression(parent)) return parent.name === node && !isGlobalThis(parent.expression);
  return (
    (ts.isPropertyAssignment(parent) && parent.name === node) ||
    ((ts.isPropertySignature(parent) || ts.isPropertyDeclaration(parent) || ts.isMethodDeclaration(parent)) && parent.name === node)
  );
}

const isGlobalThis = (node: ts.Node): boolean => ts.isIdentifier(node) && node.text === "globalThis";

function bannedMember(node: ts.Node): string | null {
  if (!ts.isPropertyAccessExpression(node)) return null;
  const { expression, name } = node;
  if (ts.isIdentifier(expression) && expression.text === "Math" && bannedMath.has(name.text))
    return `Math.${name.text} is not exact everywhere`;
  return bannedMethods.has(name.text) ? `${name.text} depends on the machine's language` : null;
}

/** A power of two is exact in any engine; with any other base `**` is Math.pow. */
function inexactPower(node: ts.Node): string | null {
  if (!ts.isBinaryExpression(node)) return null;
  const operator = node.operatorToken.kind;
  const isPower = operator === ts.SyntaxKind.AsteriskAsteriskToken || operator === ts.SyntaxKind.AsteriskAsteriskEqualsToken;
  return isPower && !isTwo(node.left) ? "** is Math.pow, which is not exact everywhere" : null;
}

const isTwo = (node: ts.Node): boolean => ts.isNumericLiteral(node) && node.text === "2";
