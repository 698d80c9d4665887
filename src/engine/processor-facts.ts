import type { Run } from "./run.ts";
import type { Fact } from "./status.ts";

/** How busy a machine's cores are, on average over the last half second. */
export function processorFacts({ processors }: Run, machine: number): Fact[] {
  const cores = processors.coresOf(machine);
  const threads = processors.threadsOn(machine);
  return [
    { key: "cores", value: cores, unit: "count" },
    { key: "cpu", value: Math.round((100 * processors.usedBy(machine)) / cores), unit: "%" },
    ...(threads > 0 ? [{ key: "threads", value: threads, unit: "count" } as const] : []),
  ];
}

/** As `docker stats` tells it: 200 % are two whole cores. */
export function processFacts(run: Run, row: number): Fact[] {
  const used = run.processors.usedBy(row);
  const computes = run.serviceConfig(row).computing > 0 || used > 0;
  return computes ? [{ key: "cpu", value: Math.round(100 * used), unit: "%" }] : [];
}
