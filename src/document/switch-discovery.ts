import type { Command } from "./commands.ts";
import type { KindMap } from "./kind-declaration.ts";
import { algorithms, linkRoles, type RoleId } from "./link-settings.ts";
import { mayLink } from "./rules.ts";
import type { LinkRecord, NodeId, SettingValues, Topology } from "./topology.ts";
import { inOrder, own } from "./tree.ts";

/** Who finds a service's instances for a caller: the caller itself, in a registry, or a balancer that reads one. */
export type Finder = "caller" | "balancer";

export interface DiscoverySwitch {
  readonly to: Finder;
  /** Each link of the old way gives place to one of the new, set alike where both have the setting. */
  readonly commands: readonly Command[];
}

/** A caller's link, and that by which a balancer reads the same service in the same registry. */
interface Pair {
  readonly held: LinkRecord;
  readonly source: LinkRecord;
}

/**
 * Turns a caller of a balancer that finds its targets in a registry into one that asks the registry itself, or back.
 * Null where it is neither, or where no balancer reads for that service.
 */
export function switchDiscovery(document: Topology, caller: NodeId, kinds: KindMap): DiscoverySwitch | null {
  const links = inOrder(document.links);
  const sources = links.filter(({ role }) => role === "source");
  const pairs = (role: RoleId, reads: (held: LinkRecord, source: LinkRecord) => boolean): Pair[] =>
    links
      .filter((held) => held.from === caller && held.role === role)
      .map((held) => ({ held, source: sources.find((source) => reads(held, source)) }))
      .filter((pair): pair is Pair => pair.source !== undefined);
  const called = pairs("call", (held, source) => source.from === held.to);
  const looked = pairs("discover", (held, source) => source.to === held.to && serviceOf(source) === serviceOf(held));
  if (called.length > 0) return switched(document, kinds, "caller", called);
  return looked.length > 0 ? switched(document, kinds, "balancer", looked) : null;
}

const serviceOf = ({ settings }: LinkRecord): unknown => settings["service"] ?? linkRoles.source.settings.defaults.service;

function switched(document: Topology, kinds: KindMap, to: Finder, pairs: readonly Pair[]): DiscoverySwitch | null {
  const role = to === "caller" ? "discover" : "call";
  const drawn = pairs.map(({ held, source }) => {
    const end = to === "caller" ? source.to : source.from;
    const settings = to === "caller" ? lookupLike(document, held, source) : shared(held.settings, role);
    return { type: "link", from: held.from, to: end, role, settings } as const;
  });
  const kindOf = (id: NodeId) => kinds.get(own(document.nodes, id)!.kind)!;
  if (drawn.some((link) => !mayLink(kindOf(link.from), kindOf(link.to), role).ok)) return null;
  // One of each role between two is enough.
  const isThere = (end: NodeId) =>
    Object.values(document.links).some((link) => link.from === drawn[0]!.from && link.to === end && link.role === role);
  const needed = drawn.filter((link, index) => !isThere(link.to) && drawn.findIndex((other) => other.to === link.to) === index);
  return { to, commands: [{ type: "remove", ids: pairs.map(({ held }) => held.id) }, ...needed] };
}

/** What is asked is the balancer's question, how it is called is the call's, and who is chosen is as the balancer chose, if a caller can. */
function lookupLike(document: Topology, call: LinkRecord, source: LinkRecord): SettingValues {
  const algorithm = algorithms.find((name) => name === own(document.nodes, source.from)?.settings["algorithm"]);
  return {
    ...shared(source.settings, "discover"),
    ...shared(call.settings, "discover"),
    ...(algorithm === undefined ? {} : { algorithm }),
  };
}

/** Those of a link's settings that a link of this role has, too. */
function shared(settings: SettingValues, role: RoleId): SettingValues {
  return Object.fromEntries(Object.entries(settings).filter(([name]) => name in linkRoles[role].settings.defaults));
}
