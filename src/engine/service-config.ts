import { constant, empirical, exponential, logNormal, type Distribution } from "../base/distribution.ts";
import type { ServiceConfig } from "./serving.ts";

/** The settings of every kind that works on requests itself (`document/serving-settings.ts`). */
export interface WorkSettings {
  readonly workDistribution: string;
  readonly workMs: number;
  readonly workSpread: number;
  readonly workSamplesMs: readonly number[];
  readonly concurrency: number;
  readonly queueLimit: number;
  /** Of kinds that stand on a machine. */
  readonly computingPercent?: number;
  readonly requestMb?: number;
  readonly leakMb?: number;
  readonly writesToDisk?: boolean;
  readonly writesMb?: number;
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

/** Services' settings as the engine uses them. Those that are set alike share one: a fleet's then stay in the cache. */
export class ServiceConfigs {
  private readonly known = new Map<string, ServiceConfig>();

  of(settings: WorkSettings): ServiceConfig {
    const { workDistribution, workMs, workSpread, workSamplesMs, concurrency, queueLimit, computingPercent = 0 } = settings;
    const { requestMb = 0, leakMb = 0, writesToDisk = false, writesMb = 0 } = settings;
    const writes = writesToDisk || writesMb > 0;
    const takesMemory = requestMb + leakMb > 0;
    const key = JSON.stringify([
      workDistribution,
      workMs,
      workSpread,
      workSamplesMs,
      concurrency,
      queueLimit,
      computingPercent,
      takesMemory,
      writes,
    ]);
    const known = this.known.get(key);
    if (known !== undefined) return known;
    const config = { work: workOf(settings), concurrency, queueLimit, computing: computingPercent / 100, takesMemory, writes };
    this.known.set(key, config);
    return config;
  }
}
