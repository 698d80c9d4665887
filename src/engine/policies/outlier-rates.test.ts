import { describe, expect, test } from "vitest";
import { belowTheOthers, failsTooMany } from "./outlier-rates.ts";

const hosts = (...rates: readonly number[]) => rates.map((rate) => ({ total: 100, good: rate }));
const usual = { hosts: 5, volume: 100, stdevThousandths: 1900 };

describe("success rate, by Envoy's own example: 50, 100, 100, 100, 100 have a mean of 90, a deviation of 20, a threshold of 52", () => {
  test.each([
    [hosts(50, 100, 100, 100, 100), 1900, [0]],
    [hosts(50, 100, 100, 100, 100), 2000, []],
    [hosts(100, 100, 49, 100, 100), 1900, [2]],
    // Two that err pull the mean down with them.
    [hosts(50, 50, 100, 100, 100), 1900, []],
    [hosts(50, 50, 100, 100, 100), 1200, [0, 1]],
    [hosts(100, 100, 100, 100, 100), 1900, []],
    [hosts(0, 0, 0, 0, 0), 1900, []],
  ])("%j by %i thousandths: %j", (answers, stdevThousandths, found) => {
    expect(belowTheOthers(answers, { ...usual, stdevThousandths })).toEqual(found);
  });

  test("hosts that have answered too little are not compared, and too few are not", () => {
    const answers = [...hosts(50, 100, 100, 100), { total: 99, good: 99 }];
    expect(belowTheOthers(answers, usual)).toEqual([]);
    expect(belowTheOthers(answers, { ...usual, volume: 99 })).toEqual([0]);
    expect(belowTheOthers(answers, { ...usual, hosts: 4, stdevThousandths: 1500 })).toEqual([0]);
  });
});

test.each([
  [hosts(15, 16, 100, 100, 100), 85, 5, [0]],
  [hosts(15, 16, 100, 100, 100), 84, 5, [0, 1]],
  [hosts(0, 0, 0, 0, 0), 85, 5, [0, 1, 2, 3, 4]],
  [hosts(0, 0, 0, 0), 85, 5, []],
  [[{ total: 0, good: 0 }], 0, 1, []],
])("failure percentage, %j at %i %% of at least %i hosts: %j", (answers, percent, least, found) => {
  expect(failsTooMany(answers, { hosts: least, volume: 0, percent })).toEqual(found);
});
