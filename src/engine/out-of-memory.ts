import type { Run } from "./run.ts";

/**
 * A machine has no memory left for somebody who needs more: its kernel kills the process that has the most (mm/oom_kill.c),
 * which need not be the one that ate it. False if there is nobody to kill.
 */
export function killLargest(run: Run, machine: number): boolean {
  let victim = -1;
  let most = -1;
  for (const row of run.world.order) {
    const listed = run.of(row).listedAs?.(row) ?? null;
    if (listed === null || row === machine || run.environments.kernelOf(row) !== machine || listed.memoryMb <= most) continue;
    victim = row;
    most = listed.memoryMb;
  }
  if (victim < 0) return false;
  run.note("oom-killed", victim, machine, most, run.capacityMb(machine));
  return run.of(victim).killedForMemory?.(victim) ?? false;
}
