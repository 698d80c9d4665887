import type { KindMap } from "./kind-declaration.ts";
import { linkRoles, type RoleId } from "./link-settings.ts";
import type { LinkRecord, NodeId, Topology } from "./topology.ts";
import { inOrder } from "./tree.ts";
import { settingOf } from "./warning.ts";

/** Which registries are members of one: joined by links, and going by the same rules. */
export interface Memberships {
  /** All members of its registry, itself included; of one that stands alone, itself. */
  of(registry: NodeId): readonly NodeId[];
  /** Those that consist of several. */
  readonly several: readonly (readonly NodeId[])[];
  /** Links between two that do not go by the same rules. */
  readonly unlike: readonly LinkRecord[];
}

export function membershipsOf(document: Topology, kinds: KindMap): Memberships {
  const joined = inOrder(document.links).filter(({ role }) => linkRoles[role as RoleId].asks === "membership");
  const rules = (id: NodeId) => {
    const by = kinds.get(document.nodes[id]?.kind ?? "")?.registry?.rules;
    return by === undefined ? undefined : settingOf(document, id, by, kinds);
  };
  const alike = joined.filter(({ from, to }) => rules(from) === rules(to));
  const several = groupsOf(alike);
  return {
    of: (registry) => several.find((group) => group.includes(registry)) ?? [registry],
    several,
    unlike: joined.filter((link) => !alike.includes(link)),
  };
}

function groupsOf(links: readonly LinkRecord[]): NodeId[][] {
  const groups: NodeId[][] = [];
  for (const { from, to } of links) {
    const touched = groups.filter((group) => group.includes(from) || group.includes(to));
    const merged = [...new Set([...touched.flat(), from, to])];
    groups.splice(0, groups.length, ...groups.filter((group) => !touched.includes(group)), merged);
  }
  return groups;
}
