import type { Patch } from "immer";
import type { Topology } from "./topology.ts";

/**
 * The ids that patches take out of a document. A run and its log still tell of them, so that they are not given to
 * anything new; what an undo brings back is the same thing again and keeps its own.
 */
export function retiredBy(patches: readonly Patch[], before: Topology): string[] {
  return patches.flatMap(({ op, path, value }) => {
    if (path.length === 0) return missingFrom(value as Topology, before);
    return op === "remove" && path.length === 2 && isRecords(path[0]) ? [String(path[1])] : [];
  });
}

function isRecords(field: unknown): boolean {
  return field === "nodes" || field === "links" || field === "schedule";
}

function idsOf({ nodes, links, schedule }: Topology): string[] {
  return [...Object.keys(nodes), ...Object.keys(links), ...Object.keys(schedule)];
}

function missingFrom(after: Topology, before: Topology): string[] {
  const kept = new Set(idsOf(after));
  return idsOf(before).filter((id) => !kept.has(id));
}
