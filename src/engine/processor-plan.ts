import type { NodeConfig } from "./world.ts";

/** Who competes for whose cores, from the settings alone; by row. */
export interface ProcessorPlan {
  /** The machine on whose kernel it runs, and the real one at the bottom of all; −1: none. */
  readonly machine: readonly number[];
  readonly root: readonly number[];
  /** Of a machine: processes and guests on it, and how many cores it has. Of anything else: none, and 0. */
  readonly claimants: readonly (readonly number[])[];
  readonly cores: readonly number[];
  /** The most cores that it may use at once. */
  readonly limit: readonly number[];
  /** Cores that are its own, whether it uses them or not. */
  readonly reserved: readonly number[];
  readonly weight: readonly number[];
  readonly byThread: readonly boolean[];
}

interface ProcessorSettings {
  /** Machines have this, real or virtual. */
  readonly cores?: number;
  readonly vcpus?: number;
  readonly vcpusAre?: string;
  readonly cpuShares?: number;
  readonly cpus?: number;
  readonly computingPercent?: number;
}

/** The weight of a process, or of a control group that says nothing else (cgroup v1: cpu.shares). */
const usualWeight = 1024;

export function processorPlan(nodes: readonly (NodeConfig | undefined)[]): ProcessorPlan {
  const settingsOf = (row: number) => nodes[row]!.settings as ProcessorSettings;
  const coresOf = (row: number) => settingsOf(row).cores ?? settingsOf(row).vcpus ?? 0;
  const isClaimant = (row: number) => coresOf(row) > 0 || settingsOf(row).computingPercent !== undefined;
  const rows = nodes.flatMap((node, row) => (node === undefined ? [] : [row]));
  const blank = <T>(value: T): T[] => new Array<T>(nodes.length).fill(value);
  const plan = { machine: blank(-1), root: blank(-1), cores: blank(0), limit: blank(Infinity), reserved: blank(0) };
  const claimants: number[][] = Array.from(nodes, () => []);
  const weight = blank(usualWeight);
  const byThread = blank(false);
  for (const row of rows) {
    const { cpus = 0, cpuShares, vcpusAre } = settingsOf(row);
    const machine = machineUnder(nodes, row, coresOf);
    plan.machine[row] = machine;
    plan.root[row] = rootUnder(nodes, row, coresOf);
    plan.cores[row] = coresOf(row);
    plan.limit[row] = coresOf(row) > 0 ? coresOf(row) : cpus > 0 ? cpus : Infinity;
    plan.reserved[row] = machine >= 0 && vcpusAre === "reserved" ? coresOf(row) : 0;
    weight[row] = cpuShares ?? usualWeight;
    byThread[row] = coresOf(row) === 0 && cpuShares === undefined;
    if (machine >= 0 && isClaimant(row)) claimants[machine]!.push(row);
  }
  return { ...plan, claimants, weight, byThread };
}

type CoresOf = (row: number) => number;

function machineUnder(nodes: readonly (NodeConfig | undefined)[], row: number, coresOf: CoresOf): number {
  let place = nodes[row]!.parent;
  while (place >= 0 && coresOf(place) === 0) place = nodes[place]!.parent;
  return place;
}

function rootUnder(nodes: readonly (NodeConfig | undefined)[], row: number, coresOf: CoresOf): number {
  let root = -1;
  for (let place = row; place >= 0; place = nodes[place]!.parent) if (coresOf(place) > 0) root = place;
  return root;
}
