import { afterAll, describe, it } from "vitest";
import { batchMeans } from "./batch-means.ts";
import { responsePS, waitMMc } from "./formulas.ts";
import { measureResponses } from "./testing/measure.ts";
import { Table } from "./testing/table.ts";

/** One service that only computes, on a host without anybody else, and a Poisson client; links take no time. */
const workMs = 10;
const batches = 40;

const shared = (cores: number, load: number, more: string, after = "") => `
  h: host cores=${cores} ${after}
  callers: client arrivals=poisson ratePerSecond=${(cores * load * 1000) / workMs} timeoutMs=3600000
  service: container in h workMs=${workMs} computingPercent=100 concurrency=100000 ${more}
  callers -> service: call latencyMs=0 timeoutMs=3600000
`;

function responsesOf(text: string, load: number, seed: number): Float64Array {
  const batch = load >= 0.9 ? 9000 : 5000;
  return measureResponses(text, (batches + 2) * batch, seed).subarray(2 * batch);
}

describe("M/G/1 with processor sharing: mean response, whatever the work's distribution", () => {
  const table = new Table();
  afterAll(() => table.print());
  it.each([
    ["M", 0.7, 42, ""],
    ["M", 0.9, 43, ""],
    ["constant", 0.7, 44, "workDistribution=constant"],
    ["empirical 5, 5, 20 ms", 0.8, 45, "workDistribution=empirical workSamplesMs=[5,5,20]"],
  ] as const)("%s, ρ = %d (seed %i)", (name, load, seed, settings) => {
    const responses = responsesOf(shared(1, load, settings), load, seed);
    table.agree(`M/${name}/1-PS  ρ ${load}`, responsePS(load, workMs), batchMeans(responses, batches), "ms");
  });
});

describe("M/M/c with processor sharing: as many are there as in M/M/c", () => {
  const table = new Table();
  afterAll(() => table.print());
  it.each([
    [2, 0.8, 51, ""],
    [4, 0.9, 52, ""],
  ] as const)("c = %i, ρ = %d (seed %i)", (cores, load, seed, settings) => {
    const responses = responsesOf(shared(cores, load, settings), load, seed);
    table.agree(`M/M/${cores}-PS  ρ ${load}`, waitMMc(cores, load, workMs) + workMs, batchMeans(responses, batches), "ms");
  });
  it("a limit of one core on a host of four is a queue with one core", () => {
    const text = shared(4, 0.7 / 4, "cpus=1");
    table.agree("M/M/1-PS by its limit  ρ 0.7", responsePS(0.7, workMs), batchMeans(responsesOf(text, 0.7, 53), batches), "ms");
  });
});
