import { expect, test } from "vitest";
import { assert, unreachable } from "./assert.ts";
import { compareText, freshId } from "./order.ts";

test("text is ordered by code units, not by a language", () => {
  expect(["ä", "b", "Z", "a", "10", "9", "网"].sort(compareText)).toEqual(["10", "9", "Z", "a", "b", "ä", "网"]);
  expect([compareText("a", "a"), compareText("a", "b"), compareText("b", "a")]).toEqual([0, -1, 1]);
});

test("a fresh id is the first number that is free", () => {
  const taken = new Set(["web-1", "web-2", "web-4"]);
  expect(freshId("web", (id) => taken.has(id))).toBe("web-3");
  expect(freshId("web-4", (id) => taken.has(id))).toBe("web-3");
  expect(freshId("front", (id) => taken.has(id))).toBe("front-1");
});

test("an assertion that fails says what should have held", () => {
  expect(() => assert(1 + 1 === 3, "sums add up")).toThrow("sums add up");
  expect(() => assert(1 + 1 === 2, "sums add up")).not.toThrow();
  expect(() => unreachable("x" as never)).toThrow("x");
});
