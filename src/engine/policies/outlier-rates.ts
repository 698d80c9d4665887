/** What a host has answered within one interval. */
export interface Answers {
  readonly total: number;
  readonly good: number;
}

export interface SuccessRateRule {
  /** `success_rate_minimum_hosts`: with fewer that have answered enough nobody is compared. */
  readonly hosts: number;
  /** `success_rate_request_volume`: requests within the interval for a host to be compared. */
  readonly volume: number;
  /** `success_rate_stdev_factor`, in thousandths. */
  readonly stdevThousandths: number;
}

export interface FailurePercentageRule {
  readonly hosts: number;
  readonly volume: number;
  readonly percent: number;
}

/**
 * Who answers so much worse than the others that it lies below their mean by more than so many standard deviations (Envoy,
 * [S] outlier_detection_impl.cc, successRateEjectionThreshold).
 * @returns places in `answers`, in order
 */
export function belowTheOthers(answers: readonly Answers[], { hosts, volume, stdevThousandths }: SuccessRateRule): number[] {
  const compared = placesOf(answers, volume);
  if (compared.length === 0 || compared.length < hosts) return [];
  const rates = compared.map((place) => rateOf(answers[place]!));
  const mean = rates.reduce((sum, rate) => sum + rate, 0) / rates.length;
  const variance = rates.reduce((sum, rate) => sum + (rate - mean) * (rate - mean), 0) / rates.length;
  const threshold = mean - (stdevThousandths / 1000) * Math.sqrt(variance);
  return compared.filter((place) => rateOf(answers[place]!) < threshold);
}

/** Who fails so many per cent of its requests or more, whatever the others do. */
export function failsTooMany(answers: readonly Answers[], { hosts, volume, percent }: FailurePercentageRule): number[] {
  const looked = placesOf(answers, volume);
  if (looked.length === 0 || looked.length < hosts) return [];
  return looked.filter((place) => 100 - rateOf(answers[place]!) >= percent);
}

/** Whoever has not answered at all has no rate. */
function placesOf(answers: readonly Answers[], volume: number): number[] {
  return [...answers.keys()].filter((place) => answers[place]!.total > 0 && answers[place]!.total >= volume);
}

function rateOf({ good, total }: Answers): number {
  return (good * 100) / total;
}
