import { expect, test } from "vitest";
import { exp, log, pow, sqrt } from "./math.ts";
import { streamKey, uniform } from "./random.ts";

const inputs = 100_000;
const key = streamKey(7, 1, 1);

/** Distance in units of the last place of the second number. */
function ulps(got: number, wanted: number): number {
  if (Object.is(got, wanted)) return 0;
  const bits = new BigInt64Array(new Float64Array([got, wanted]).buffer);
  return Number(bits[0]! > bits[1]! ? bits[0]! - bits[1]! : bits[1]! - bits[0]!);
}

function worst(
  draw: (u: number, v: number) => readonly number[],
  ours: (...x: number[]) => number,
  theirs: (...x: number[]) => number,
): number {
  let most = 0;
  for (let i = 0; i < inputs; i++) {
    const arguments_ = draw(uniform(key, i), uniform(key, i, 1));
    most = Math.max(most, ulps(ours(...arguments_), theirs(...arguments_)));
  }
  return most;
}

test.each([
  ["log of (0, 1)", worst((u) => [u || 1], log, Math.log)],
  ["log over all magnitudes", worst((u, v) => [(1 + u) * 2 ** Math.floor(v * 2040 - 1020)], log, Math.log)],
  ["log near 1", worst((u) => [1 + (u - 0.5) / 1000], log, Math.log)],
  ["log of subnormals", worst((u) => [(u + 0.01) * 2 ** -1030], log, Math.log)],
  ["exp of ±700", worst((u) => [(u - 0.5) * 1400], exp, Math.exp)],
  ["exp near 0", worst((u) => [(u - 0.5) / 100], exp, Math.exp)],
  ["pow", worst((u, v) => [u * 100 + 1e-9, (v - 0.5) * 200], pow, Math.pow)],
  ["pow of whole numbers", worst((u, v) => [Math.ceil(u * 50), Math.floor(v * 60)], pow, Math.pow)],
  ["sqrt", worst((u) => [u * 1e9], sqrt, Math.sqrt)],
])("%s differs from V8's by at most 2 units of the last place: %d", (_name, difference) => {
  expect(difference).toBeLessThanOrEqual(2);
});

test("the corners", () => {
  const table = [
    [log(0), -Infinity],
    [log(-1), NaN],
    [log(Infinity), Infinity],
    [log(1), 0],
    [exp(0), 1],
    [exp(710), Infinity],
    [exp(-746), 0],
    [exp(NaN), NaN],
    [pow(2, 10), 1024],
    [pow(2, -1074), 2 ** -1074],
    [pow(10, 308), 1e308],
    [pow(-2, 3), -8],
    [pow(-2, 0.5), NaN],
    [pow(0, -1), Infinity],
    [pow(0.5, Infinity), 0],
    [pow(3, 0), 1],
  ];
  for (const [got, wanted] of table) expect(got).toBe(wanted);
});

test("bits are pinned, so that another machine's difference is seen", () => {
  let hash = 0;
  const float = new Float64Array(1);
  const words = new Uint32Array(float.buffer);
  for (let i = 0; i < 10_000; i++) {
    for (const value of [log(uniform(key, i)), exp(20 * uniform(key, i) - 10), pow(uniform(key, i) * 9, 2.5)]) {
      float[0] = value;
      hash = (Math.imul(hash ^ words[0]!, 0x01000193) ^ words[1]!) >>> 0;
    }
  }
  expect(hash).toMatchInlineSnapshot(`2279611185`);
});
