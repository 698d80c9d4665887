import { assert } from "./assert.ts";
import { exp, log, sqrt } from "./math.ts";
import { compareNumbers } from "./order.ts";

/** How long something takes. Lengths are microseconds; `scaleUs` is the log-normal's median. */
export type Distribution =
  | { readonly kind: "constant"; readonly meanUs: number }
  | { readonly kind: "exponential"; readonly meanUs: number }
  | { readonly kind: "log-normal"; readonly scaleUs: number; readonly sigma: number }
  | { readonly kind: "empirical"; readonly samplesUs: Float64Array };

export function constant(meanUs: number): Distribution {
  return { kind: "constant", meanUs };
}

export function exponential(meanUs: number): Distribution {
  return { kind: "exponential", meanUs };
}

/** A log-normal of this mean; `sigma` is the standard deviation of the logarithm. */
export function logNormal(meanUs: number, sigma: number): Distribution {
  return { kind: "log-normal", scaleUs: meanUs * exp((-sigma * sigma) / 2), sigma };
}

/** One of these lengths, each as likely as the others. */
export function empirical(samplesUs: readonly number[]): Distribution {
  assert(samplesUs.length > 0, "an empirical distribution has at least one sample");
  return { kind: "empirical", samplesUs: Float64Array.from(samplesUs).sort(compareNumbers) };
}

/**
 * The length, in whole microseconds, at the quantile `uniform` in [0, 1). The inverse of the distribution function:
 * one draw gives one length, and a larger draw never a shorter one, so two configurations can share their luck.
 */
export function sampleUs(distribution: Distribution, uniform: number): number {
  switch (distribution.kind) {
    case "constant":
      return Math.round(distribution.meanUs);
    case "exponential":
      return Math.round(-distribution.meanUs * log(1 - uniform));
    case "log-normal":
      return Math.round(distribution.scaleUs * exp(distribution.sigma * normalQuantile(uniform)));
    case "empirical":
      return Math.round(distribution.samplesUs[Math.floor(uniform * distribution.samplesUs.length)]!);
  }
}

export function meanUs(distribution: Distribution): number {
  switch (distribution.kind) {
    case "constant":
    case "exponential":
      return distribution.meanUs;
    case "log-normal":
      return distribution.scaleUs * exp((distribution.sigma * distribution.sigma) / 2);
    case "empirical":
      return distribution.samplesUs.reduce((sum, sample) => sum + sample, 0) / distribution.samplesUs.length;
  }
}

/** The standard normal's quantile at p: Wichura's algorithm AS 241 (PPND16), good to 1 in 10^16. At 0 it takes the least draw there is. */
export function normalQuantile(p: number): number {
  const q = p - 0.5;
  if (Math.abs(q) <= 0.425) return central(q);
  const tail = q < 0 ? Math.max(p, 2 ** -54) : 1 - p;
  const r = sqrt(-log(tail));
  const quantile = r <= 5 ? nearTail(r - 1.6) : farTail(r - 5);
  return q < 0 ? -quantile : quantile;
}

function central(q: number): number {
  const r = 0.180625 - q * q;
  return (
    (q *
      horner(
        r,
        2509.0809287301226727,
        33430.575583588128105,
        67265.770927008700853,
        45921.953931549871457,
        13731.693765509461125,
        1971.5909503065514427,
        133.14166789178437745,
        3.387132872796366608,
      )) /
    horner(
      r,
      5226.495278852854561,
      28729.085735721942674,
      39307.89580009271061,
      21213.794301586595867,
      5394.1960214247511077,
      687.1870074920579083,
      42.313330701600911252,
      1,
    )
  );
}

function nearTail(r: number): number {
  return (
    horner(
      r,
      7.7454501427834140764e-4,
      0.0227238449892691845833,
      0.24178072517745061177,
      1.27045825245236838258,
      3.64784832476320460504,
      5.7694972214606914055,
      4.6303378461565452959,
      1.42343711074968357734,
    ) /
    horner(
      r,
      1.05075007164441684324e-9,
      5.475938084995344946e-4,
      0.0151986665636164571966,
      0.14810397642748007459,
      0.68976733498510000455,
      1.6763848301838038494,
      2.05319162663775882187,
      1,
    )
  );
}

function farTail(r: number): number {
  return (
    horner(
      r,
      2.01033439929228813265e-7,
      2.71155556874348757815e-5,
      0.0012426609473880784386,
      0.026532189526576123093,
      0.29656057182850489123,
      1.7848265399172913358,
      5.4637849111641143699,
      6.6579046435011037772,
    ) /
    horner(
      r,
      2.04426310338993978564e-15,
      1.4215117583164458887e-7,
      1.8463183175100546818e-5,
      7.868691311456132591e-4,
      0.0148753612908506148525,
      0.13692988092273580531,
      0.59983220655588793769,
      1,
    )
  );
}

/** The polynomial of degree 7 with these coefficients, the highest first. */
function horner(x: number, c7: number, c6: number, c5: number, c4: number, c3: number, c2: number, c1: number, c0: number): number {
  return ((((((c7 * x + c6) * x + c5) * x + c4) * x + c3) * x + c2) * x + c1) * x + c0;
}
