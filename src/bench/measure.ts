import { cpus } from "node:os";
import { setFlagsFromString } from "node:v8";
import { runInNewContext } from "node:vm";

export interface Machine {
  readonly cpu: string;
  readonly cores: number;
  readonly node: string;
  readonly system: string;
}

export function machine(): Machine {
  const cores = cpus();
  return { cpu: cores[0]?.model ?? "unknown", cores: cores.length, node: process.version, system: `${process.platform} ${process.arch}` };
}

export function median(values: readonly number[]): number {
  const sorted = [...values].sort((one, other) => one - other);
  const middle = sorted.length >> 1;
  return sorted.length % 2 === 1 ? (sorted[middle] ?? NaN) : ((sorted[middle - 1] ?? NaN) + (sorted[middle] ?? NaN)) / 2;
}

export function quantile(values: readonly number[], share: number): number {
  const sorted = [...values].sort((one, other) => one - other);
  return sorted[Math.min(sorted.length - 1, Math.ceil(sorted.length * share) - 1)] ?? NaN;
}

/** Wall seconds that an act takes. */
export function seconds(act: () => void): number {
  const began = process.hrtime.bigint();
  act();
  return Number(process.hrtime.bigint() - began) / 1e9;
}

export const times = <T>(count: number, act: () => T): T[] => Array.from({ length: count }, act);

/** Heap and buffers that are really in use, in bytes. */
export function memoryInUse(): number {
  collectGarbage();
  const { heapUsed, arrayBuffers } = process.memoryUsage();
  return heapUsed + arrayBuffers;
}

function collectGarbage(): void {
  setFlagsFromString("--expose-gc");
  const collect = runInNewContext("gc") as () => void;
  for (let round = 0; round < 4; round++) collect();
}
