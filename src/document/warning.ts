import { pathText, type Path, type Values } from "./admit-error.ts";
import type { KindDeclaration, KindMap } from "./kind-declaration.ts";
import { linkRoles, type RoleId } from "./link-settings.ts";
import { tagsIn } from "./registering-settings.ts";
import type { LinkRecord, NodeId, NodeRecord, SettingValue, Topology } from "./topology.ts";

/** Something that may be and is played, but will hardly do what was meant. Its words are in `admit-words.ts`. */
export interface Warning {
  readonly code:
    | "reaches-nobody"
    | "passes-to-nobody"
    | "nobody-registers"
    | "finds-itself"
    | "lease-too-short"
    | "ports-differ"
    | "even-members"
    | "members-differ"
    | "even-sentinels"
    | "quorum-too-large"
    | "no-master"
    | "several-masters";
  readonly path: string;
  readonly node: NodeId;
  /** Whom else it concerns: whose settings might be changed as well. */
  readonly others: readonly NodeId[];
  readonly values: Values;
}

/** The value in force: the node's own, or the default. Undefined where its kind has no such setting. */
export function settingOf(document: Topology, id: NodeId, name: string, kinds: KindMap): SettingValue | undefined {
  const node = document.nodes[id];
  const kind = node && kinds.get(node.kind);
  return node && kind && valueOf(kind.settings, node, name);
}

export function valueOf(
  settings: KindDeclaration["settings"],
  record: Pick<NodeRecord, "settings">,
  name: string,
): SettingValue | undefined {
  return Object.hasOwn(settings.fields, name) ? (record.settings[name] ?? settings.fields[name]?.default) : undefined;
}

/** What a registration is tagged with. */
export function tagsOf(link: LinkRecord): readonly string[] {
  return tagsIn(String(valueOf(linkRoles[link.role as RoleId].settings, link, "tags")));
}

export function nameOf(document: Topology, id: NodeId): string {
  return document.nodes[id]?.name ?? id;
}

export function warning(code: Warning["code"], path: Path, node: NodeId, values: Values, others: readonly NodeId[] = []): Warning {
  return { code, path: pathText(path), node, others, values };
}
