/**
 * A log-linear histogram of latencies, after HdrHistogram: exact below 16 µs, then 16 buckets to an octave, so a
 * percentile is never off by more than 1 in 16 (and, inside a bucket, interpolated). It lives in a slice of a
 * Uint32Array so that a store can hold one for each node and copy them all at once.
 */
export const bucketCount = 528;

/** The bucket of a latency in whole microseconds. Whatever is longer than 2^36 µs (19 h) falls into the last. */
export function bucketOf(us: number): number {
  if (us >= 0x8000_0000) return bucketOfLong(us);
  const shift = 27 - Math.clz32(us | 16);
  return (shift << 4) + (us >>> shift);
}

/** Past 36 minutes a latency has no place in an integer. */
function bucketOfLong(us: number): number {
  if (us >= 2 ** 36) return bucketCount - 1;
  const upper = Math.floor(us / 0x10000);
  const shift = 27 - Math.clz32(upper);
  return ((shift + 16) << 4) + (upper >>> shift);
}

/** The least latency that falls into a bucket. */
export function bucketStart(bucket: number): number {
  if (bucket < 32) return bucket;
  const shift = (bucket >> 4) - 1;
  return ((bucket & 15) + 16) * 2 ** shift;
}

/** The latency (µs) below which the share `p` of [0, 1] of what was counted lies; null while nothing was counted. */
export function percentile(counts: Uint32Array, offset: number, p: number): number | null {
  let total = 0;
  for (let bucket = 0; bucket < bucketCount; bucket++) total += counts[offset + bucket]!;
  if (total === 0) return null;
  // At least one observation lies at or below the answer.
  const wanted = Math.max(1, p * total);
  let below = 0;
  for (let bucket = 0; bucket < bucketCount; bucket++) {
    const here = counts[offset + bucket]!;
    if (here > 0 && below + here >= wanted) return inside(bucket, (wanted - below) / here);
    below += here;
  }
  return bucketStart(bucketCount);
}

/** As if a bucket's observations were spread evenly over it; one that holds a single value answers with that value. */
function inside(bucket: number, share: number): number {
  const start = bucketStart(bucket);
  const width = bucketStart(bucket + 1) - start;
  return width === 1 ? start : Math.floor(start + share * width);
}
