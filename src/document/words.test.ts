import { readdirSync, readFileSync } from "node:fs";
import { describe, expect, test } from "vitest";
import { admitWords, explain } from "./admit-words.ts";
import { commandWords } from "./command-words.ts";

const folder = new URL(".", import.meta.url);
/** All that is not itself words. */
const code = readdirSync(folder, { recursive: true, encoding: "utf8" })
  .filter((path) => path.endsWith(".ts") && !/\.test\.ts$|testing|-words\.ts$/u.test(path))
  .map((path) => readFileSync(new URL(path, folder), "utf8"))
  .join("\n");

describe.each([
  ["the gate", admitWords],
  ["the commands", commandWords],
])("the words of %s", (_, words) => {
  test("are the same codes in both languages, with the same blanks", () => {
    expect(Object.keys(words.zh)).toEqual(Object.keys(words.en));
    const blanks = (sentence = "") => [...sentence.matchAll(/\{\w+\}/gu)].map(String).sort();
    for (const key of Object.keys(words.en)) expect(blanks(words.zh[key]), key).toEqual(blanks(words.en[key]));
  });
});

test("every code that is used has words, and all words are of a code that is used", () => {
  const used = [...code.matchAll(/(?:fault|refused|warning|\.stop|\.add)\(\s*"([a-z-]+)"|code: "([a-z-]+)"/gu)].map(
    ([, called, given]) => called ?? given,
  );
  expect(used.length).toBeGreaterThan(40);
  expect(used.filter((word) => !Object.hasOwn(admitWords.en, word ?? ""))).toEqual([]);
  const composed = /^(?:too-many-(?:nodes|links|schedule)|unknown-(?:field|setting))$/u;
  expect(Object.keys(admitWords.en).filter((word) => !composed.test(word) && !code.includes(`"${word}"`))).toEqual([]);
});

test("an explanation ends with the place, as it is written in each language", () => {
  const error = { code: "too-large", path: "$.seed", line: 3, column: 9, values: { found: 5, max: 4 } };
  expect(explain(error, "en")).toBe("5 is too large: at most 4. (line 3, column 9, $.seed)");
  expect(explain(error, "zh")).toBe("5 太大：至多为 4。（第 3 行第 9 列，$.seed）");
  expect(explain({ code: "wrong-type", path: "$", values: { expected: "object", found: "null" } }, "en")).toBe(
    "This must be an object, but it is empty (null).",
  );
});

test("a value that looks like a blank is shown, not filled", () => {
  expect(explain({ code: "unknown-kind", path: "$", values: { kind: "{kind}{max}" } }, "en")).toContain("“{kind}{max}”");
});
