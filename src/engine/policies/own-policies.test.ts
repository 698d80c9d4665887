import { createHash } from "node:crypto";
import { expect, test } from "vitest";
import { streamKey, uniform } from "../../base/random.ts";
import type { RequestKey } from "./balancing-policy.ts";
import { policies } from "./balancing.ts";
import { TargetSet } from "./target-set.ts";
import { varnishHash32 } from "./varnish.ts";
import { lowerHalf, xxHash64 } from "./xxhash64.ts";

/** Caddy's, Apache's and Varnish's own policies, against their rules written down once more the slow way. */
type Name = keyof typeof policies;
const bytesOf = (text: string) => new TextEncoder().encode(text);
const luck = (purpose: number) => {
  const key = streamKey(9, 1, purpose);
  let drawn = 0;
  return () => uniform(key, drawn++);
};
function setOf(algorithm: Name, weights: readonly number[], draw: () => number = () => 0): TargetSet {
  const set = new TargetSet(policies[algorithm], weights, draw);
  weights.forEach((_, row) => set.name(row, nameOf(row)));
  return set;
}
const nameOf = (row: number) => `10.0.0.${row + 1}:8080`;
const many = (set: TargetSet, count: number) => Array.from({ length: count }, () => set.pick() + 1).join(" ");
const texts = Array.from({ length: 400 }, (_, index) => `/key${index}`);
const keys: readonly RequestKey[] = texts.map((text, index) => ({ text: bytesOf(text), source: index }));
const owners = (set: TargetSet) => keys.map((key) => set.pick(-1, key));

test.each<[readonly number[], string]>([
  // The counter begins at 1.
  [[3, 2, 1], "1 1 2 2 3 1 1 1 2 2 3 1"],
  [[1, 1, 1], "2 3 1 2 3 1"],
  [[5, 1], "1 1 1 1 2 1"],
])("Caddy weighted_round_robin over %j: %s", (weights, picks) => {
  expect(many(setOf("caddy-weighted-round-robin", weights), picks.split(" ").length)).toBe(picks);
});

test("Caddy weighted_round_robin: the place of one that is down is counted among those that are left", () => {
  const set = setOf("caddy-weighted-round-robin", [3, 2, 1]);
  set.use(0, false);
  // Places 0 0 1 1 2 0 among two: the third's place is the first's of them.
  expect(many(set, 6)).toBe("2 2 3 3 2 2");
});

test.each<[string, Name, readonly number[]]>([
  ["least_conn: of those that tie each by chance", "caddy-least-conn", [1 / 3, 1 / 3, 1 / 3]],
  // The second of the two that are drawn counts only where the first is busy.
  ["random_choose: of two that are idle the first", "caddy-random-choose", [2 / 3, 0, 1 / 3]],
])("Caddy %s, within 3 σ", (_, algorithm, shares) => {
  const set = setOf(algorithm, [1, 1, 1], luck(1));
  const picks = Array.from({ length: 9000 }, () => set.pick());
  shares.forEach((share, row) => {
    const got = picks.filter((one) => one === row).length;
    expect(Math.abs(got - 9000 * share)).toBeLessThanOrEqual(3 * Math.sqrt(9000 * share * (1 - share)));
  });
});

test("Caddy least_conn looks at no weight, random_choose only at the two that it has drawn", () => {
  const least = setOf("caddy-least-conn", [9, 1, 1], luck(2));
  for (const row of [0, 1]) least.take(row);
  expect(new Set(Array.from({ length: 40 }, () => least.pick()))).toEqual(new Set([2]));
  const choose = setOf("caddy-random-choose", [1, 1, 1], luck(3));
  for (const row of [0, 0, 1]) choose.take(row);
  const picks = Array.from({ length: 9000 }, () => choose.pick());
  // The busiest only where it is drawn with nobody: never. The second where the first is the other: one of three.
  expect(picks.filter((row) => row === 0)).toEqual([]);
  expect(Math.abs(picks.filter((row) => row === 1).length - 3000)).toBeLessThan(3 * Math.sqrt((9000 * 2) / 9));
});

test("Caddy's hashes: whoever's address and the key have the highest XXH64; one that is out moves its own keys alone", () => {
  const set = setOf("caddy-hash", [1, 1, 1, 1, 1]);
  const before = owners(set);
  const byHand = texts.map((text) => {
    const scores = [0, 1, 2, 3, 4].map((row) => {
      const upper = xxHash64(bytesOf(nameOf(row) + text));
      return (BigInt(upper) << 32n) | BigInt(lowerHalf());
    });
    return scores.indexOf(scores.reduce((a, b) => (b > a ? b : a)));
  });
  expect(before).toEqual(byHand);
  set.use(2, false);
  const after = owners(set);
  expect(after).not.toContain(2);
  expect(keys.filter((_, index) => before[index] !== 2 && after[index] !== before[index])).toEqual([]);
  set.use(2, true);
  expect(owners(set)).toEqual(before);
});

test("Apache bybusyness: the fewest requests, whatever they weigh; idle ones go round by their weights", () => {
  expect(many(setOf("apache-bybusyness", [3, 2, 1]), 6)).toBe("1 2 1 3 2 1");
  const set = setOf("apache-bybusyness", [9, 1, 1]);
  set.take(0);
  expect(new Set(Array.from({ length: 10 }, () => set.pick()))).toEqual(new Set([1, 2]));
});

test("Varnish takes the last four bytes of SHA-256, the first the least", () => {
  for (const text of texts.slice(0, 20)) {
    const digest = createHash("sha256").update(text).digest();
    expect(varnishHash32(bytesOf(text))).toBe(digest.readUInt32LE(28));
  }
});

test("Varnish hash: the key's place among the weights of the healthy, so that one that is out moves others' keys too", () => {
  const set = setOf("varnish-hash", [1, 2, 1]);
  const placed = (weights: readonly [row: number, weight: number][]) =>
    texts.map((text) => {
      let left = (varnishHash32(bytesOf(text)) / 2 ** 32) * weights.reduce((sum, [, weight]) => sum + weight, 0);
      return weights.find(([, weight]) => (left -= weight) < 0)![0];
    });
  const before = owners(set);
  expect(before).toEqual(
    placed([
      [0, 1],
      [1, 2],
      [2, 1],
    ]),
  );
  set.use(0, false);
  expect(owners(set)).toEqual(
    placed([
      [1, 2],
      [2, 1],
    ]),
  );
  expect(owners(set).filter((row, index) => before[index] === 1 && row !== 1).length).toBeGreaterThan(0);
});

test("Varnish shard: 67 points a unit of weight; past the last point it is the last's; one that is out moves its own keys alone", () => {
  const weights = [1, 2, 1, 1];
  const set = setOf("varnish-shard", weights);
  const circle = weights
    .flatMap((weight, row) =>
      Array.from({ length: 67 * weight }, (_, index) => [varnishHash32(bytesOf(nameOf(row) + index)), row] as const),
    )
    .sort(([a], [b]) => a - b);
  const before = owners(set);
  expect(before).toEqual(texts.map((text) => (circle.find(([point]) => point >= varnishHash32(bytesOf(text))) ?? circle.at(-1)!)[1]));
  // A key past every point belongs to the last of them, where other rings begin anew.
  const past = Array.from({ length: 20_000 }, (_, index) => bytesOf(`/p${index}`)).find((text) => varnishHash32(text) > circle.at(-1)![0])!;
  expect(set.pick(-1, { text: past, source: 0 })).toBe(circle.at(-1)![1]);
  set.use(1, false);
  const after = owners(set);
  expect(after).not.toContain(1);
  expect(keys.filter((_, index) => before[index] !== 1 && after[index] !== before[index])).toEqual([]);
});
