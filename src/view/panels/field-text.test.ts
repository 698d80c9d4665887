import { describe, expect, it } from "vitest";
import { readNumber, readNumbers } from "./field-text.ts";

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
