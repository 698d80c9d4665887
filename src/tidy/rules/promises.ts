import ts from "typescript";
import { isTest, judge, type Complaint, type Source } from "../source.ts";

const reminder = new RegExp(`\\b(${["TO", "FIX"].map((start, index) => start + ["DO", "ME"][index]).join("|")}|X{3})\\b`);

/** A reminder in the code is work left undone where nobody looks for it. */
export function noReminders({ path, text }: Source): Complaint[] {
  return text.split("\n").flatMap((line, index) => (reminder.test(line) ? [`${path}:${index + 1} leaves a reminder: ${line.trim()}`] : []));
}

const waits = new Set(["setTimeout", "setInterval", "waitForTimeout", "sleep"]);

/** No test sleeps: it waits for what it wants to see, or plays simulated time. */
export function noSleep(source: Source): Complaint[] {
  if (!isTest(source.path)) return [];
  return judge(source, (node) => {
    if (ts.isCallExpression(node) && waits.has(calledName(node))) return `a test that sleeps (${calledName(node)})`;
    return ts.isStringLiteral(node) && node.text === "node:timers/promises" ? "a test that sleeps (timers)" : null;
  });
}

function calledName({ expression }: ts.CallExpression): string {
  if (ts.isPropertyAccessExpression(expression)) return expression.name.text;
  return ts.isIdentifier(expression) ? expression.text : "";
}

/** A skipped or focused test is a check that is not made. */
export function noSkippedTests(source: Source): Complaint[] {
  if (!isTest(source.path)) return [];
  return judge(source, (node) => {
    if (!ts.isPropertyAccessExpression(node)) return null;
    const isSuite = ["it", "test", "describe"].includes(node.expression.getText());
    return isSuite && ["skip", "only", "todo", "fixme", "skipIf", "runIf"].includes(node.name.text)
      ? `a test is set aside (.${node.name.text})`
      : null;
  });
}
