import type { Run } from "../../engine/run.ts";
import type { LinkConfig } from "../../engine/world.ts";

/** The links over which a registry, or this member of one, is read now. */
export function readersOf({ members, world }: Run, registry: number): readonly LinkConfig[] {
  const isRead = (link: LinkConfig) => (link.role === "discover" || link.role === "source") && members.at(link) === registry;
  if (world.nodes[registry] === undefined) return [];
  return members.of(registry).flatMap((member) => world.nodes[member]!.incoming.filter(isRead));
}
