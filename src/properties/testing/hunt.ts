/** Seeds that once found a fault stay here for ever. `HUNT=5,6,7 HUNT_RUNS=1000 npx vitest run src/properties` looks for more. */
export const seeds: readonly number[] = (process.env["HUNT"] ?? "1,2").split(",").map(Number);

/** How many random cases of a seed a property is held against. */
export function trials(seed: number, numRuns: number): { seed: number; numRuns: number } {
  return { seed, numRuns: Number(process.env["HUNT_RUNS"] ?? numRuns) };
}
