import { expect, it } from "vitest";
import { durationText, durationUs } from "./duration.ts";

it.each([
  ["0", 0],
  ["7us", 7],
  ["250ms", 250_000],
  ["1.5s", 1_500_000],
  ["2m", 120_000_000],
  ["1h", 3_600_000_000],
  ["10", null],
  ["-1s", null],
  ["1e3s", null],
  ["s", null],
  ["9999999999999h", null],
])("%s is %s µs", (text, us) => {
  expect(durationUs(text)).toBe(us);
});

it.each([
  [0.4567, "0.46 ms"],
  [38, "38 ms"],
  [2431.5, "2432 ms"],
  [12_949.25, "12.949 s"],
])("%s ms reads %s", (ms, text) => {
  expect(durationText(ms)).toBe(text);
});
