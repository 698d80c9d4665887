import { NotUnderstood } from "../recorded-case.ts";
import type { Outcome } from "../outcome.ts";

/** What the engine does at many phases: the earliest and the latest, in ms. */
export type Band = readonly [fromMs: number, toMs: number];

const usually = 40;
/** Nobody is waited for longer than this. */
export const patienceMs = 600_000;

/** Plays the same at phases spread over a period, with a chance of its own each; null: it did not happen in time. */
export function bandOf(periodMs: number, measure: (phaseMs: number, seed: number) => number | null, phases = usually): Band {
  const times = Array.from({ length: phases }, (_, phase) => measure(((phase + 0.5) * periodMs) / phases, phase + 1));
  const seen = times.filter((time) => time !== null);
  if (seen.length < phases) throw new NotUnderstood(`in ${phases - seen.length} of ${phases} plays it never happened`);
  return [Math.min(...seen), Math.max(...seen)];
}

export interface Measured {
  readonly name: string;
  readonly recorded: readonly number[];
  readonly band: Band;
  readonly toleranceMs: number;
}

/** Whether all that was recorded lies in what the engine does, give or take. */
export function within(measured: readonly Measured[]): Outcome {
  const fits = ({ recorded, band, toleranceMs }: Measured) =>
    recorded.every((time) => time >= band[0] - toleranceMs && time <= band[1] + toleranceMs);
  return {
    tolerance: `in the band, ${measured.map(({ toleranceMs }) => `±${Math.round(toleranceMs)} ms`).join(", ")}`,
    recorded: measured.map(({ name, recorded }) => `${name} ${recorded.join(" ")}`).join("; "),
    predicted: measured.map(({ name, band }) => `${name} ${band.map((end) => Math.round(end)).join("…")}`).join("; "),
    matches: measured.every((one) => one.recorded.length > 0 && fits(one)),
  };
}

/** "3 s", "2s", "500ms", in ms. */
export function lengthMs(text: string): number {
  const found = /^([\d.]+) ?(ms|s|m)$/u.exec(text);
  if (found === null) throw new NotUnderstood(`"${text}" is no length of time`);
  return Number(found[1]) * { ms: 1, s: 1000, m: 60_000 }[found[2] as "ms" | "s" | "m"];
}

/** A length of time in a case's name ("ttl3s_expiry", "wait2s"); null: none. */
export function lengthIn(name: string, word: string): number | null {
  const found = new RegExp(`${word}_?(\\d+(?:\\.\\d+)?)(ms|s)?`, "u").exec(name);
  return found === null ? null : Number(found[1]) * (found[2] === "ms" ? 1 : 1000);
}

/** The numbers of a field that lists what came of each run ("runs": [{…}]). */
export function ofRuns(runs: unknown, name: string): readonly number[] {
  if (!Array.isArray(runs)) throw new NotUnderstood(`"runs" is no list`);
  return runs.map((run: unknown) => (run as Record<string, unknown>)[name]).filter((value): value is number => typeof value === "number");
}
