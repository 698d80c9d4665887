import { expect, test } from "vitest";
import { bucketCount, bucketOf, bucketStart, percentile } from "./histogram.ts";
import { streamKey, uniform } from "./random.ts";

test("every latency falls into the bucket whose bounds hold it", () => {
  const edges = Array.from({ length: 37 }, (_, octave) => [2 ** octave - 1, 2 ** octave, 2 ** octave + 1, 1.37 * 2 ** octave]).flat();
  for (const us of edges.map(Math.floor).filter((us) => us < 2 ** 36)) {
    const bucket = bucketOf(us);
    expect([us, bucketStart(bucket) <= us && us < bucketStart(bucket + 1)]).toEqual([us, true]);
  }
});

test("buckets follow each other and none is wider than a sixteenth of its start", () => {
  expect(bucketOf(0)).toBe(0);
  for (let bucket = 1; bucket < bucketCount; bucket++) {
    expect(bucketOf(bucketStart(bucket))).toBe(bucket);
    expect(bucketOf(bucketStart(bucket) - 1)).toBe(bucket - 1);
    if (bucket >= 16) expect(bucketStart(bucket + 1) - bucketStart(bucket)).toBeLessThanOrEqual(bucketStart(bucket) / 16);
  }
});

test("what is longer than 2^36 µs falls into the last bucket", () => {
  expect([bucketOf(2 ** 36 - 1), bucketOf(2 ** 36), bucketOf(2 ** 50)]).toEqual([bucketCount - 1, bucketCount - 1, bucketCount - 1]);
});

test("percentiles agree with the sorted latencies within a bucket's width", () => {
  const offset = bucketCount;
  const counts = new Uint32Array(3 * bucketCount);
  const latencies = Array.from({ length: 10_000 }, (_, i) => Math.floor(uniform(streamKey(3, 1, 1), i) ** 3 * 200_000));
  for (const us of latencies) counts[offset + bucketOf(us)]!++;
  latencies.sort((a, b) => a - b);
  for (const p of [0, 0.01, 0.5, 0.95, 0.99, 1]) {
    const exact = latencies[Math.max(0, Math.ceil(p * latencies.length) - 1)]!;
    expect(Math.abs(percentile(counts, offset, p)! - exact)).toBeLessThanOrEqual(exact / 16 + 1);
  }
  expect(percentile(counts, 0, 0.5)).toBeNull();
  expect(percentile(counts, 2 * bucketCount, 0.5)).toBeNull();
});

test("short latencies are exact", () => {
  const counts = new Uint32Array(bucketCount);
  for (const us of [3, 3, 3, 9]) counts[bucketOf(us)]!++;
  expect([0, 0.5, 0.75, 0.76, 1].map((p) => percentile(counts, 0, p))).toEqual([3, 3, 3, 9, 9]);
});
