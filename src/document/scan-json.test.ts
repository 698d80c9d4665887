import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { pathText } from "./admit-error.ts";
import { scanJson } from "./scan-json.ts";

const codesOf = (text: string) => scanJson(text).map(({ code, path, offset }) => `${code} ${pathText(path)} @${offset}`);

describe("finds what is wrong in a text, and where", () => {
  test.each([
    ["", ["cut-short $ @0"]],
    ["  ", ["cut-short $ @2"]],
    ["{", ["cut-short $ @1"]],
    ['{"a', ["cut-short $ @3"]],
    ['{"a"', ["cut-short $.a @4"]],
    ['{"a":', ["cut-short $.a @5"]],
    ['{"a":[1,', ["cut-short $.a[1] @8"]],
    ['{"a":1,}', ["syntax $ @7"]],
    ['{"a":1}}', ["syntax $ @7"]],
    ["[1 2]", ["syntax $[0] @3"]],
    ["[01]", ["syntax $[0] @2"]],
    ["[1.]", ["syntax $[0] @2"]],
    ["[NaN]", ["syntax $[0] @1"]],
    ["{'a':1}", ["syntax $ @1"]],
    ['["\\x"]', ["syntax $[0] @3"]],
    ['["a\nb"]', ["syntax $[0] @3"]],
    ['{"a":1,"b":{"a":2,"c":3,"c":4}}', ["duplicate-key $.b.c @24"]],
    ['{"a":1,"\\u0061":2}', ["duplicate-key $.a @7"]],
    ['{"__proto__":{"constructor":1}}', ["forbidden-key $.__proto__ @1", "forbidden-key $.__proto__.constructor @14"]],
    ['{"\\u005f_proto__":1}', ["forbidden-key $.__proto__ @1"]],
    ["[".repeat(65), [`too-deep $${"[0]".repeat(12)}… @64`]],
    ["[[],{},[{}],1]", []],
  ])("%j", (text, expected) => {
    expect(codesOf(text)).toEqual(expected);
  });
});

test("a text nested 10,000 or a million deep is refused at the limit, without recursion", () => {
  for (const depth of [10_000, 1_000_000]) {
    expect(codesOf('{"a":'.repeat(depth)).map((told) => told.split(" ")[0])).toEqual(["too-deep"]);
  }
});

test("a text of three million values is refused", () => {
  expect(codesOf(`[${"1,".repeat(3_000_000)}1]`).map((told) => told.split(" ")[0])).toEqual(["too-many-values"]);
});

test("tells every value's path and place", () => {
  const seen: string[] = [];
  scanJson('{"a":[1,{"b":[]}],"c d":true}', (path, offset) => void seen.push(`${pathText(path)} @${offset}`));
  expect(seen).toEqual(["$ @0", "$.a @5", "$.a[0] @6", "$.a[1] @8", "$.a[1].b @13", '$["c d"] @24']);
});

/** JSON.parse is the oracle: apart from doubled and forbidden keys, both take the same texts. */
const agrees = (text: string): boolean => {
  const syntactic = scanJson(text).filter(({ code }) => code === "syntax" || code === "cut-short");
  let parses = true;
  try {
    JSON.parse(text);
  } catch {
    parses = false;
  }
  return parses === (syntactic.length === 0);
};

test.each([1, 2, 3])("agrees with JSON.parse on spoilt texts, seed %i", (seed) => {
  const spoilt = fc
    .tuple(fc.json({ maxDepth: 5 }), fc.nat(), fc.nat(3), fc.constantFrom(...'{}[],:"\\ \n\t019-+.eEtfnu\u0000x中', ""))
    .map(([text, at, cut, put]) => {
      const place = at % (text.length + 1);
      return text.slice(0, place) + put + text.slice(place + cut);
    });
  fc.assert(fc.property(spoilt, agrees), { seed, numRuns: 4000 });
});
