import type { KindMap } from "./kind-declaration.ts";
import { linkRoles, type RoleId } from "./link-settings.ts";
import type { Memberships } from "./memberships.ts";
import type { LinkRecord, NodeId, Topology } from "./topology.ts";
import { nameOf, settingOf, tagsOf, valueOf, warning, type Warning } from "./warning.ts";

/** An instance is heard of too rarely: its entry comes and goes. */
export function warnOfLease(document: Topology, link: LinkRecord, kinds: KindMap): Warning[] {
  const heartbeatMs = heartbeatIn(document, link, kinds);
  const ttlMs = patienceIn(document, link, kinds);
  if (typeof heartbeatMs !== "number" || typeof ttlMs !== "number" || heartbeatMs < ttlMs) return [];
  const values = { name: nameOf(document, link.from), registry: nameOf(document, link.to), heartbeatMs, ttlMs };
  return [warning("lease-too-short", ["nodes", link.from, "settings", "heartbeatMs"], link.from, values, [link.to])];
}

const registryOf = (document: Topology, id: NodeId, kinds: KindMap) => kinds.get(document.nodes[id]?.kind ?? "")?.registry;

/** How often an instance is heard of: as it is set, else as its registry has it, which is often enough. */
function heartbeatIn(document: Topology, { from, to }: LinkRecord, kinds: KindMap): unknown {
  const registry = registryOf(document, to, kinds);
  const isPaced = registry?.setsPace.includes(String(settingOf(document, to, registry.rules, kinds))) === true;
  return isPaced ? document.nodes[from]?.settings["heartbeatMs"] : settingOf(document, from, "heartbeatMs", kinds);
}

/** How long it may be silent: as its registration asks, else as the registry is set. */
function patienceIn(document: Topology, link: LinkRecord, kinds: KindMap): unknown {
  const registry = registryOf(document, link.to, kinds);
  const name = registry?.patience[String(settingOf(document, link.to, registry.rules, kinds))];
  if (name === undefined) return undefined;
  const asked = Number(valueOf(linkRoles[link.role as RoleId].settings, link, "asksTtlMs") ?? 0);
  const isAskedFor = name === "ttlMs" || name === "sessionMs";
  return asked > 0 && isAskedFor ? asked : settingOf(document, link.to, name, kinds);
}

/** One name for what listens on different ports: whoever looks it up gets both. */
export function warnOfPorts(document: Topology, links: readonly LinkRecord[], memberships: Memberships, kinds: KindMap): Warning[] {
  const first = new Map<string, LinkRecord>();
  return links.flatMap((link) => {
    const service = String(settingOf(document, link.from, "service", kinds));
    const key = `${memberships.of(link.to)[0]!} ${service}`;
    const one = first.get(key) ?? link;
    first.set(key, one);
    const [port, otherPort] = [one, link].map(({ from }) => settingOf(document, from, "port", kinds));
    if (typeof port !== "number" || typeof otherPort !== "number" || port === otherPort) return [];
    const values = { service, name: nameOf(document, one.from), port, other: nameOf(document, link.from), otherPort };
    return [warning("ports-differ", ["nodes", link.from, "settings", "port"], link.from, values, [one.from])];
  });
}

/** Who reads from a registry what he is registered as there himself, and asks for no tag or version that he hasn't. */
export function warnOfLoop(
  document: Topology,
  lookup: LinkRecord,
  registrations: readonly LinkRecord[],
  memberships: Memberships,
  kinds: KindMap,
): Warning[] {
  const { from, to } = lookup;
  const { settings } = linkRoles[lookup.role as RoleId];
  const [service, tag, version] = ["service", "tag", "version"].map((name) => String(valueOf(settings, lookup, name)));
  const isMeant = (link: LinkRecord) =>
    (tag === "" || tagsOf(link).includes(tag!)) && (version === "" || valueOf(linkRoles.register.settings, link, "version") === version);
  const finds = (link: LinkRecord) => link.from === from && memberships.of(to).includes(link.to) && isMeant(link);
  if (settingOf(document, from, "service", kinds) !== service || !registrations.some(finds)) return [];
  const values = { name: nameOf(document, from), service: service!, registry: nameOf(document, to) };
  return [warning("finds-itself", ["nodes", from, "settings", "service"], from, values, [to])];
}

/** Members that agree by majority are better an odd number; those that go by different rules are no members of one. */
export function warnOfMembers(document: Topology, { several, unlike }: Memberships, kinds: KindMap): Warning[] {
  const even = several.flatMap((members) => {
    const registry = registryOf(document, members[0]!, kinds);
    const isMajority = registry?.byMajority.includes(String(settingOf(document, members[0]!, registry.rules, kinds))) === true;
    if (!isMajority || members.length % 2 === 1) return [];
    const values = {
      name: nameOf(document, members[0]!),
      members: members.length,
      quorum: members.length / 2 + 1,
      spare: members.length / 2 - 1,
    };
    return [warning("even-members", ["nodes", members[0]!], members[0]!, values, members.slice(1))];
  });
  const different = unlike.map((link) => {
    const values = { name: nameOf(document, link.from), other: nameOf(document, link.to) };
    return warning("members-differ", ["links", link.id], link.from, values, [link.to]);
  });
  return [...even, ...different];
}
