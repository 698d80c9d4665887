/** A mean over a run whose values hang together, and how far it may be from the truth. */
export interface BatchMeans {
  readonly mean: number;
  readonly standardError: number;
  readonly batches: number;
  /** How much each batch still hangs together with the one before it (−1…1). */
  readonly lag: number;
}

/**
 * The method of batch means: the values are cut into `batches` long pieces, whose means are all but independent. What
 * is left of their dependence (the autocorrelation at lag 1) widens the error; it never narrows it. `unit`: what 1 is
 * counted as (100 for a share in per cent).
 */
export function batchMeans(values: ArrayLike<number>, batches: number, unit = 1): BatchMeans {
  const size = Math.floor(values.length / batches);
  const means: number[] = [];
  for (let batch = 0; batch < batches; batch++) {
    let sum = 0;
    for (let index = batch * size; index < (batch + 1) * size; index++) sum += values[index]!;
    means.push((sum / size) * unit);
  }
  const mean = means.reduce((sum, value) => sum + value, 0) / batches;
  const deviations = means.map((value) => value - mean);
  const squares = deviations.reduce((sum, value) => sum + value * value, 0);
  const products = deviations.slice(1).reduce((sum, value, index) => sum + value * deviations[index]!, 0);
  const lag = squares === 0 ? 0 : products / squares;
  const widening = 1 + 2 * Math.max(0, lag) * (1 - 1 / batches);
  return { mean, standardError: Math.sqrt((squares / (batches - 1) / batches) * widening), batches, lag };
}
