import { expect, test } from "vitest";
import { constant, empirical, exponential, logNormal, meanUs, normalQuantile, sampleUs, type Distribution } from "./distribution.ts";
import { streamKey, uniform } from "./random.ts";

const draws = 200_000;
const key = streamKey(11, 2, 5);

function moments(distribution: Distribution): { mean: number; deviation: number } {
  let sum = 0;
  let squares = 0;
  for (let i = 0; i < draws; i++) {
    const us = sampleUs(distribution, uniform(key, i));
    if (!Number.isInteger(us) || us < 0) throw new Error(`draw ${i} gave ${us}`);
    sum += us;
    squares += us * us;
  }
  const mean = sum / draws;
  return { mean, deviation: Math.sqrt(squares / draws - mean * mean) };
}

const logNormalSpread = (sigma: number) => Math.sqrt(Math.exp(sigma * sigma) - 1);

test.each<[string, Distribution, number, number]>([
  ["constant 20 ms", constant(20_000), 20_000, 0],
  ["exponential 20 ms", exponential(20_000), 20_000, 20_000],
  ["log-normal 20 ms, sigma 0.5", logNormal(20_000, 0.5), 20_000, 20_000 * logNormalSpread(0.5)],
  ["log-normal 20 ms, sigma 0", logNormal(20_000, 0), 20_000, 0],
  ["log-normal 20 ms, sigma 1", logNormal(20_000, 1), 20_000, 20_000 * logNormalSpread(1)],
  ["empirical 5, 10, 20, 40 ms", empirical([40_000, 5000, 10_000, 20_000]), 18_750, 13_405],
])("%s has its mean and its spread", (_name, distribution, mean, deviation) => {
  const got = moments(distribution);
  expect(meanUs(distribution)).toBeCloseTo(mean, 6);
  expect(Math.abs(got.mean - mean)).toBeLessThanOrEqual((4 * deviation) / Math.sqrt(draws) + 0.5);
  expect(Math.abs(got.deviation - deviation)).toBeLessThanOrEqual(0.04 * deviation + 0.5);
});

test("a larger draw never gives a shorter length", () => {
  for (const distribution of [exponential(5000), logNormal(5000, 0.8), empirical([9, 1, 5])]) {
    let before = 0;
    for (let i = 0; i < 1000; i++) {
      const us = sampleUs(distribution, i / 1000);
      expect(us).toBeGreaterThanOrEqual(before);
      before = us;
    }
  }
});

test("the ends of [0, 1) give lengths, not infinities", () => {
  for (const distribution of [exponential(1e9), logNormal(1e9, 3), empirical([1])]) {
    expect(sampleUs(distribution, 0)).toBeGreaterThanOrEqual(0);
    expect(Number.isFinite(sampleUs(distribution, 1 - 2 ** -53))).toBe(true);
  }
});

/** From Python's statistics.NormalDist().inv_cdf. */
test.each([
  [0.5, 0.0],
  [0.975, 1.9599639845400536],
  [0.025, -1.9599639845400538],
  [0.1, -1.2815515655446008],
  [0.9249, 1.4388253927525403],
  [0.9251, 1.4402382675279632],
  [0.001, -3.090232306167813],
  [1e-6, -4.753424308822899],
  [0.999999, 4.753424308817089],
  [1e-12, -7.034483825301132],
  [1e-15, -7.941345326170995],
  [0.3, -0.5244005127080407],
])("the normal quantile at %d is %d", (p, quantile) => {
  expect(Math.abs(normalQuantile(p) - quantile)).toBeLessThanOrEqual(4e-16 * Math.max(1, Math.abs(quantile)) * 4);
});
