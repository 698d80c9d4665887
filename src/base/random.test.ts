import { expect, test } from "vitest";
import { hashString, streamKey, uniform } from "./random.ts";

/** χ² of counts that should be equal, as a number of standard deviations from its mean. */
function surprise(counts: readonly number[]): number {
  const mean = counts.reduce((sum, count) => sum + count, 0) / counts.length;
  const chiSquare = counts.reduce((sum, count) => sum + (count - mean) ** 2 / mean, 0);
  const freedom = counts.length - 1;
  return (chiSquare - freedom) / Math.sqrt(2 * freedom);
}

function tally(cells: number, draws: number, cell: (i: number) => number): number[] {
  const counts = new Array<number>(cells).fill(0);
  for (let i = 0; i < draws; i++) counts[cell(i)]!++;
  return counts;
}

const of = (u: number, cells: number) => Math.floor(u * cells);
const key = streamKey(42, hashString("web-1"), 3);
const other = streamKey(42, hashString("web-2"), 3);

test.each<[string, number, (i: number) => number]>([
  ["one stream", 1000, (i) => of(uniform(key, i), 1000)],
  ["its low bits", 1024, (i) => of((uniform(key, i) * 2 ** 20) % 1, 1024)],
  ["its very last bits", 256, (i) => (uniform(key, i) * 2 ** 53) % 256],
  ["the first draw of neighbouring streams", 1000, (i) => of(uniform(streamKey(1, i, 1), 0), 1000)],
  ["the first draw of neighbouring seeds", 1000, (i) => of(uniform(streamKey(i, 5, 1), 0), 1000)],
  ["the first draw of neighbouring keys", 1000, (i) => of(uniform(i, 0), 1000)],
  ["neighbouring salts", 1000, (i) => of(uniform(key, 9, i), 1000)],
  ["pairs of successive draws", 1024, (i) => of(uniform(key, i), 32) * 32 + of(uniform(key, i + 1), 32)],
  ["pairs of successive draws ×2", 1024, (i) => of(uniform(key, i), 32) * 32 + of(uniform(key, i * 2), 32)],
  ["pairs of two streams", 1024, (i) => of(uniform(key, i), 32) * 32 + of(uniform(other, i), 32)],
  ["pairs of two salts", 1024, (i) => of(uniform(key, i, 0), 32) * 32 + of(uniform(key, i, 1), 32)],
  ["pairs of neighbouring keys", 1024, (i) => of(uniform(i, 3), 32) * 32 + of(uniform(i + 1, 3), 32)],
  ["the high and the low half of a draw", 1024, (i) => of(uniform(key, i), 32) * 32 + of((uniform(key, i) * 2 ** 32) % 1, 32)],
])("%s: as even as chance", (_name, cells, cell) => {
  expect(Math.abs(surprise(tally(cells, 200_000, cell)))).toBeLessThan(4);
});

test("draws lie in [0, 1) and have the right mean", () => {
  let sum = 0;
  for (let i = 0; i < 100_000; i++) {
    const u = uniform(key, i);
    if (!(u >= 0 && u < 1)) throw new Error(`draw ${i} gave ${u}`);
    sum += u;
  }
  expect(Math.abs(sum / 100_000 - 0.5)).toBeLessThan(4 * Math.sqrt(1 / 12 / 100_000));
});

test("a draw is a pure function, and every part of its name matters", () => {
  expect(uniform(key, 5, 2)).toBe(uniform(key, 5, 2));
  const draws = [uniform(key, 5, 2), uniform(key, 5, 3), uniform(key, 6, 2), uniform(other, 5, 2)];
  expect(new Set(draws).size).toBe(draws.length);
  const keys = [streamKey(1, 2, 3), streamKey(2, 1, 3), streamKey(1, 3, 2), streamKey(3, 2, 1), streamKey(1 + 2 ** 32, 2, 3)];
  expect(new Set(keys).size).toBe(keys.length);
});

test("names are told apart", () => {
  const names = new Set<number>();
  for (let i = 0; i < 20_000; i++) names.add(hashString(`web-${i}`));
  expect(names.size).toBe(20_000);
  expect(hashString("ab")).not.toBe(hashString("ba"));
});

test("draws are pinned: a change would change every trace", () => {
  expect([hashString("web-1"), streamKey(1, 2, 3), uniform(1, 2, 3), uniform(key, 0)]).toMatchInlineSnapshot(`
    [
      2216129559,
      235741365,
      0.3930959124610186,
      0.9147684024353646,
    ]
  `);
});
