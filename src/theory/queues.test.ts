import { afterAll, describe, it } from "vitest";
import { batchMeans } from "./batch-means.ts";
import { lossMM1K, waitMG1, waitMM1K, waitMMc } from "./formulas.ts";
import { letIn, measureWaits, turnedAway } from "./testing/measure.ts";
import { Table } from "./testing/table.ts";

/** One service with links without latency, and a Poisson client: the queues of the textbooks. */
const workMs = 10;
const batches = 40;

const queue = (servers: number, load: number, more = "") => `
  callers: client arrivals=poisson ratePerSecond=${(servers * load * 1000) / workMs} timeoutMs=3600000
  service: dependency workMs=${workMs} concurrency=${servers} queueLimit=1000000 ${more}
  callers -> service: call latencyMs=0 timeoutMs=3600000
`;

/** Requests before anything is counted, and those that are: the nearer to saturation, the longer waits hang together. */
const lengths = (load: number) => {
  const batch = load >= 0.9 ? 14_000 : load >= 0.8 ? 9000 : 7000;
  return { warmUp: 2 * batch, requests: (batches + 2) * batch };
};

function waitsOf(text: string, load: number, seed: number): Float64Array {
  const { warmUp, requests } = lengths(load);
  return letIn(measureWaits(text, ["service"], requests, seed).waitMs, warmUp);
}

describe("M/M/c: mean wait", () => {
  const table = new Table();
  afterAll(() => table.print());
  it.each([
    [1, 0.5, 1],
    [1, 0.7, 2],
    [1, 0.8, 3],
    [1, 0.9, 4],
    [3, 0.5, 5],
    [3, 0.7, 6],
    [3, 0.8, 7],
    [3, 0.9, 8],
    [10, 0.7, 9],
    [10, 0.8, 10],
    [10, 0.9, 11],
  ])("c = %i, ρ = %d (seed %i)", (servers, load, seed) => {
    const waits = waitsOf(queue(servers, load), load, seed);
    table.agree(`M/M/${servers}  ρ ${load}`, waitMMc(servers, load, workMs), batchMeans(waits, batches), "ms");
  });
});

describe("M/M/1/K: loss, and mean wait of those let in", () => {
  const table = new Table();
  afterAll(() => table.print());
  it.each([
    [4, 0.7, 21],
    [4, 0.9, 22],
    [10, 0.9, 23],
    [10, 1, 24],
    [6, 1.5, 25],
    [1, 0.8, 26],
  ])("K = %i, ρ = %d (seed %i)", (places, load, seed) => {
    const { warmUp, requests } = lengths(0.5);
    const { waitMs } = measureWaits(queue(1, load, `queueLimit=${places - 1}`), ["service"], requests, seed);
    const name = `M/M/1/${places}  ρ ${load}`;
    table.agree(`${name}  loss`, lossMM1K(places, load) * 100, batchMeans(turnedAway(waitMs, warmUp), batches, 100), "%");
    if (places > 1) table.agree(`${name}  wait`, waitMM1K(places, load, workMs), batchMeans(letIn(waitMs, warmUp), batches), "ms");
  });
});

describe("M/G/1: mean wait, by Pollaczek and Khinchine", () => {
  const table = new Table();
  afterAll(() => table.print());
  /** A log-normal's squared coefficient of variation follows from the standard deviation of its logarithm. */
  const variationOf = (sigma: number) => Math.exp(sigma * sigma) - 1;
  it.each([
    ["constant", 0.5, 31, 0, "workDistribution=constant"],
    ["constant", 0.8, 32, 0, "workDistribution=constant"],
    ["constant", 0.9, 33, 0, "workDistribution=constant"],
    ["log-normal σ 0.5", 0.7, 34, variationOf(0.5), "workDistribution=log-normal workSpread=0.5"],
    ["log-normal σ 0.5", 0.9, 35, variationOf(0.5), "workDistribution=log-normal workSpread=0.5"],
    ["log-normal σ 1", 0.7, 36, variationOf(1), "workDistribution=log-normal workSpread=1"],
    ["empirical 5, 5, 20 ms", 0.8, 37, 0.5, "workDistribution=empirical workSamplesMs=[5,5,20]"],
  ] as const)("%s, ρ = %d (seed %i)", (name, load, seed, squaredVariation, settings) => {
    const waits = waitsOf(queue(1, load, settings), load, seed);
    table.agree(`M/G/1  ${name}  ρ ${load}`, waitMG1(load, workMs, squaredVariation), batchMeans(waits, batches), "ms");
  });
});
