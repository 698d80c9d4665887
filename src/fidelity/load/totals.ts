import type { LoadResult } from "./load-run.ts";

/** What is counted of a load, by name: recorded, and predicted. */
export type Totals = ReadonlyMap<string, number>;

export function told(totals: Totals): string {
  return [...totals].map(([name, count]) => `${name} ${count.toFixed(0)}`).join(", ");
}

/** Between which a total lies in several runs of one load. */
export type Ranges = ReadonlyMap<string, readonly [least: number, most: number]>;

export function rangeOf(all: readonly Totals[]): Ranges {
  const names = new Set(all.flatMap((totals) => [...totals.keys()]));
  return new Map(
    [...names].map((name) => {
      const counts = all.map((totals) => totals.get(name) ?? 0);
      return [name, [Math.min(...counts), Math.max(...counts)]] as const;
    }),
  );
}

export function toldRange(ranges: Ranges): string {
  return [...ranges].map(([name, [least, most]]) => `${name} ${least === most ? least : `${least}…${most}`}`).join(", ");
}

/** Every total that either has is as near as it must be. */
export function agree(recorded: Totals, predicted: Ranges, toleranceOf: (name: string) => number): boolean {
  const names = new Set([...recorded.keys(), ...predicted.keys()]);
  return [...names].every((name) => {
    const [least, most] = predicted.get(name) ?? [0, 0];
    const count = recorded.get(name) ?? 0;
    return count >= least - toleranceOf(name) && count <= most + toleranceOf(name);
  });
}

/** Failures by status, retries and redispatches; what did not happen is left out. */
export function totalsOf({ statuses, retried, redispatched }: Pick<LoadResult, "statuses" | "retried" | "redispatched">): Totals {
  const failures = [...statuses].filter(([status]) => status >= 500 || status === 0).sort(([a], [b]) => a - b);
  const counts: [string, number][] = [...failures.map(([status, count]): [string, number] => [String(status), count])];
  counts.push(["retried", retried], ["redispatched", redispatched]);
  return new Map(counts.filter(([, count]) => count > 0));
}
