import type { NodeId } from "../../document/topology.ts";
import type { Terrain } from "./routing.ts";

type Kin = Pick<Terrain, "parent" | "gathers">;

/** The outermost machine that holds `inside` and not `outside`. */
export function outermostFrame(inside: NodeId, outside: NodeId, terrain: Kin): NodeId | null {
  const around = new Set(lineage(outside, terrain));
  const own = lineage(inside, terrain).filter((id) => !around.has(id));
  return own.slice(1).findLast((id) => terrain.gathers(id)) ?? null;
}

/** A node and all that it stands in, from the inside out. */
export function lineage(id: NodeId, terrain: Pick<Terrain, "parent">): NodeId[] {
  const line: NodeId[] = [];
  for (let at: NodeId | null = id; at !== null; at = terrain.parent(at)) line.push(at);
  return line;
}

export function groupBy<Item>(items: readonly Item[], keyOf: (item: Item) => string): Map<string, Item[]> {
  const groups = new Map<string, Item[]>();
  for (const item of items) {
    const key = keyOf(item);
    const group = groups.get(key);
    if (group === undefined) groups.set(key, [item]);
    else group.push(item);
  }
  return groups;
}
