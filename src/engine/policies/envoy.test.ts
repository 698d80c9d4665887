import { expect, test } from "vitest";
import { streamKey, uniform } from "../../base/random.ts";
import type { RequestKey } from "./balancing-policy.ts";
import { policies } from "./balancing.ts";
import { TargetSet } from "./target-set.ts";

type Name = keyof typeof policies;

/** `draw` says where Envoy begins; 0 is the first host. */
function setOf(algorithm: Name, weights: readonly number[], draw: () => number = () => 0): TargetSet {
  const set = new TargetSet(policies[algorithm], weights, draw);
  weights.forEach((_, row) => set.name(row, `10.0.0.${row + 1}:8080`));
  return set;
}
const luck = (purpose: number) => {
  const key = streamKey(7, 1, purpose);
  let drawn = 0;
  return () => uniform(key, drawn++);
};
const many = (set: TargetSet, count: number) => Array.from({ length: count }, () => set.pick() + 1).join(" ");
const keys: readonly RequestKey[] = Array.from({ length: 4000 }, (_, index) => ({
  text: new TextEncoder().encode(`/key${index}`),
  source: (10 << 24) + index * 65_537,
}));
const owners = (set: TargetSet) => keys.map((key) => set.pick(-1, key));

test.each<[readonly number[], string]>([
  [[1, 1, 1], "1 2 3 1 2 3"],
  // Deadlines 1/3, 2/3, 1 …; 1/2, 1 …; 1: of those at one instant whoever was put there first.
  [[3, 2, 1], "1 2 1 3 2 1 1 2 1"],
  [[2, 1], "1 2 1 1 2 1"],
  [[5, 1, 1], "1 1 1 1 2 3 1"],
])("round robin over %o by the earliest deadline: %s", (weights, picks) => {
  expect(many(setOf("envoy-round-robin", weights), picks.split(" ").length)).toBe(picks);
});

test("round robin begins where the seed says, equal weights or not", () => {
  const third = () => 2 / 2 ** 30;
  expect(many(setOf("envoy-round-robin", [1, 1, 1], third), 6)).toBe("3 1 2 3 1 2");
  expect(many(setOf("envoy-round-robin", [3, 2, 1], third), 4)).toBe("1 3 2 1");
});

test("least request, equal weights: the better of two by chance, so that an idle host beside a busy one gets three of four", () => {
  const set = setOf("envoy-least-request", [1, 1], luck(1));
  for (let count = 0; count < 5; count++) set.take(0);
  const picks = Array.from({ length: 8000 }, () => set.pick());
  const ofIdle = picks.filter((row) => row === 1).length;
  expect(Math.abs(ofIdle - 6000)).toBeLessThan(3 * Math.sqrt(8000 * 0.75 * 0.25));
});

test("least request, unequal weights: a host's weight shrinks by the requests that it has in hand", () => {
  const shareOf = (held: number) => {
    const set = setOf("envoy-least-request", [2, 1]);
    for (let count = 0; count < held; count++) set.take(0);
    return Array.from({ length: 900 }, () => set.pick()).filter((row) => row === 0).length;
  };
  // 2/(0+1) against 1; 2/(3+1) against 1.
  expect(Math.abs(shareOf(0) - 600)).toBeLessThanOrEqual(2);
  expect(Math.abs(shareOf(3) - 300)).toBeLessThanOrEqual(2);
});

test.each<[Name, number]>([
  ["envoy-ring-hash", 0.15],
  ["envoy-maglev", 0.02],
])("%s: shares follow the weights", (algorithm, slack) => {
  const rows = owners(setOf(algorithm, [1, 2, 5]));
  [1, 2, 5].forEach((weight, row) => {
    const share = rows.filter((one) => one === row).length / rows.length;
    expect(Math.abs(share - weight / 8)).toBeLessThan(slack);
  });
});

function movedBy(algorithm: Name): { needlessly: number; its: number } {
  const set = setOf(algorithm, [1, 1, 1, 1, 1]);
  const before = owners(set);
  set.use(2, false);
  const after = owners(set);
  set.use(2, true);
  expect(owners(set)).toEqual(before);
  expect(after).not.toContain(2);
  return {
    its: before.filter((row) => row === 2).length,
    needlessly: keys.filter((_, index) => before[index] !== 2 && before[index] !== after[index]).length,
  };
}

test("a host that is out: its keys move, and of Maglev's hardly any other", () => {
  const { its, needlessly } = movedBy("envoy-maglev");
  expect(its).toBeGreaterThan(700);
  expect(needlessly).toBeGreaterThan(0);
  expect(needlessly / its).toBeLessThan(0.05);
});

test("a host that is out: a ring of 1024 is made anew of the others, whose points become more each, and so others' keys move too", () => {
  const { its, needlessly } = movedBy("envoy-ring-hash");
  expect(its).toBeGreaterThan(700);
  expect(needlessly / its).toBeGreaterThan(0.3);
  expect(needlessly / its).toBeLessThan(0.8);
});

test.each<Name>(["envoy-ring-hash", "envoy-maglev"])("%s: without a key chance decides; one just tried or full is left", (algorithm) => {
  const set = setOf(algorithm, [1, 1, 1], luck(2));
  expect(new Set(Array.from({ length: 60 }, () => set.pick())).size).toBe(3);
  for (const key of keys.slice(0, 50)) expect(set.pick(set.pick(-1, key), key)).not.toBe(set.pick(-1, key));
  set.targets.limit.fill(1);
  for (const row of [0, 1]) set.take(row);
  expect(new Set(owners(set))).toEqual(new Set([2]));
});

test("IPVS: rr and lc begin with the youngest; lc looks at no weight", () => {
  expect(many(setOf("ipvs-round-robin", [1, 5, 1]), 6)).toBe("3 2 1 3 2 1");
  const set = setOf("ipvs-least-connection", [1, 9, 1]);
  const picks = Array.from({ length: 6 }, () => {
    const row = set.pick();
    set.take(row);
    return row + 1;
  });
  expect(picks).toEqual([3, 2, 1, 3, 2, 1]);
});

test("IPVS sh: 256 buckets dealt out by weight, the youngest first; one that is out is dealt to the others", () => {
  const set = setOf("ipvs-source-hash", [1, 2, 1]);
  const bucketOf = (source: number) => Number((BigInt(source) * 2654435761n) & 255n);
  const dealt = [2, 1, 1, 0];
  for (const key of keys.slice(0, 300)) expect(set.pick(-1, key)).toBe(dealt[bucketOf(key.source) % 4]);
  set.use(1, false);
  for (const key of keys.slice(0, 300)) expect(set.pick(-1, key)).toBe([2, 0][bucketOf(key.source) % 2]);
});

test("every algorithm and every number of draws that a document may ask for is there", () => {
  for (let draws = 1; draws <= 8; draws++) expect(policies[draws === 2 ? "haproxy-random" : `haproxy-random ${draws}`]).toBeDefined();
});
