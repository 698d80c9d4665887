import { constant, empirical, exponential, logNormal, type Distribution } from "../base/distribution.ts";
import { hashString } from "../base/random.ts";
import type { ServiceConfig } from "./serving.ts";

/** The settings of every kind that works on requests itself (`document/serving-settings.ts`). */
export interface WorkSettings {
  readonly workDistribution: string;
  readonly workMs: number;
  readonly workSpread: number;
  readonly workSamplesMs: readonly number[];
  readonly concurrency: number;
  readonly queueLimit: number;
}

function workOf(settings: WorkSettings): Distribution {
  const meanUs = settings.workMs * 1000;
  switch (settings.workDistribution) {
    case "constant":
      return constant(meanUs);
    case "log-normal":
      return logNormal(meanUs, settings.workSpread);
    case "empirical":
      return empirical(settings.workSamplesMs.map((sample) => sample * 1000));
    default:
      return exponential(meanUs);
  }
}

/** A service's settings as the engine uses them; its draws are salted with its id. */
export function serviceConfigOf(settings: WorkSettings, id: string): ServiceConfig {
  return { work: workOf(settings), concurrency: settings.concurrency, queueLimit: settings.queueLimit, luck: hashString(id) };
}
