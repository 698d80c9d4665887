import { describe, expect, it } from "vitest";
import { batchMeans } from "./batch-means.ts";
import { erlangC, lossMM1K, waitEk1, waitMG1, waitMM1K, waitMMc } from "./formulas.ts";

/** The yardstick is measured too: against values worked out by hand and in the textbooks' tables. */
describe("the formulas", () => {
  it.each([
    // Servers, load, Erlang's C: c = 2 gives 2ρ² ÷ (1 + ρ); 3 servers with 2 Erlang 4/9; 10 servers with 8 Erlang 0.4092 (Erlang tables).
    [1, 0.7, 0.7],
    [2, 0.5, 1 / 3],
    [3, 2 / 3, 4 / 9],
    [10, 0.8, 0.4092],
  ])("Erlang C of %i servers at %d is %d", (servers, load, chance) => {
    expect(erlangC(servers, load)).toBeCloseTo(chance, 4);
  });

  it("M/M/1 waits ρ ÷ (1 − ρ) of a work", () => {
    expect(waitMMc(1, 0.9, 10)).toBeCloseTo(90, 9);
  });

  it("M/M/1/K: two places at load 1 lose a third; the wait is then half a work; with many places it is M/M/1", () => {
    expect(lossMM1K(2, 1)).toBeCloseTo(1 / 3, 12);
    expect(waitMM1K(2, 1, 10)).toBeCloseTo(5, 12);
    expect(waitMM1K(400, 0.8, 10)).toBeCloseTo(waitMMc(1, 0.8, 10), 9);
    expect(lossMM1K(1, 0.8)).toBeCloseTo(0.8 / 1.8, 12);
  });

  it("Pollaczek and Khinchine: exponential work is M/M/1, constant work waits half as long", () => {
    expect(waitMG1(0.8, 10, 1)).toBeCloseTo(waitMMc(1, 0.8, 10), 12);
    expect(waitMG1(0.8, 10, 0)).toBeCloseTo(waitMMc(1, 0.8, 10) / 2, 12);
  });

  it("E_k/M/1: with one phase it is M/M/1, with very many D/M/1 (σ = e^(−(1−σ)/ρ))", () => {
    expect(waitEk1(1, 0.8, 10)).toBeCloseTo(waitMMc(1, 0.8, 10), 6);
    let sigma = 0.5;
    for (let step = 0; step < 1000; step++) sigma = Math.exp(-(1 - sigma) / 0.8);
    expect(waitEk1(100_000, 0.8, 10) / ((sigma * 10) / (1 - sigma))).toBeCloseTo(1, 3);
  });
});

describe("batch means", () => {
  it("of independent values has the error of a plain mean, and none of the same value over and over", () => {
    expect(batchMeans([1, 3, 1, 3, 1, 3, 1, 3], 4)).toMatchObject({ mean: 2, standardError: 0, lag: 0 });
    const { mean, standardError } = batchMeans([1, 2, 3, 4], 4);
    expect([mean, standardError]).toEqual([2.5, Math.sqrt((5 / 3 / 4) * (1 + 2 * 0.25 * 0.75))]);
  });

  it("widens its error where batches still hang together, and never narrows it", () => {
    const drifting = batchMeans([1, 1, 1, 9, 9, 9], 6);
    const swinging = batchMeans([1, 9, 1, 9, 1, 9], 6);
    expect(drifting.lag).toBeCloseTo(0.5, 12);
    expect(swinging.lag).toBeLessThan(0);
    expect(drifting.standardError).toBeGreaterThan(swinging.standardError);
  });
});
