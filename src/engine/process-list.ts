import type { Run } from "./run.ts";
import type { ListedProcess } from "./status.ts";

/** What the kernel of a machine lists: never what runs inside a guest, which has a kernel of its own. Null: not a machine. */
export function processList(run: Run, machine: number): readonly ListedProcess[] | null {
  const { environments, processors, entities, world } = run;
  if (processors.coresOf(machine) === 0) return null;
  const found: ListedProcess[] = [];
  for (const row of world.order) {
    const listed = row === machine || entities.parent[row] === 0 ? null : (run.of(row).listedAs?.(row) ?? null);
    if (listed === null || environments.kernelOf(row) !== machine) continue;
    found.push({ ...listed, node: world.nodeIds[row]!, isContained: run.of(row).hasOwn?.(row, "users") === true });
  }
  return found;
}
