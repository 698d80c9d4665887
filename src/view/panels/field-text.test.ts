import { describe, expect, it } from "vitest";
import { quantityText, readNumber, readNumbers } from "./field-text.ts";

describe("a quantity is read with its unit, exactly", () => {
  it.each([
    [3_600_000, "ms", "1 h"],
    [86_400_000, "ms", "24 h"],
    [90_000, "ms", "90 s"],
    [120_000, "ms", "2 min"],
    [2500, "ms", "2.5 s"],
    [232, "ms", "232 ms"],
    [0.5, "ms", "0.5 ms"],
    [0, "ms", "0 ms"],
    [16_777_216, "MB", "16\u2009777\u2009216 MB"],
    [0.25, "×", "0.25 ×"],
    [-1, "count", "-1"],
    [8080, "count", "8080"],
    [65_535, "count", "65\u2009535"],
  ] as const)("%s %s: %s", (value, unit, text) => expect(quantityText(value, unit)).toBe(text));
});

describe("a number that is typed", () => {
  it.each([
    ["40", 40],
    [" 2.5 ", 2.5],
    ["2,5", 2.5],
    ["４０", 40],
    ["1e3", 1000],
    ["", null],
    ["  ", null],
    ["forty", null],
    ["1/0", null],
    ["Infinity", null],
  ])("“%s” is %s", (typed, number) => expect(readNumber(typed)).toBe(number));

  it.each([
    ["5, 10,20", [5, 10, 20]],
    ["5 10\n20", [5, 10, 20]],
    ["５、１０，20", [5, 10, 20]],
    ["", null],
    ["5, x", null],
  ])("as one of several: “%s”", (typed, numbers) => expect(readNumbers(typed)).toEqual(numbers));
});
