import type { KindMap } from "./kind-declaration.ts";
import { linkRoles, type RoleId } from "./link-settings.ts";
import { membershipsOf } from "./memberships.ts";
import type { LinkRecord, NodeRecord, Topology } from "./topology.ts";
import { inOrder } from "./tree.ts";
import { warnOfLease, warnOfLoop, warnOfMembers, warnOfPorts } from "./warn-registries.ts";
import { warnOfSentinels } from "./warn-sentinels.ts";
import { nameOf, settingOf, valueOf, warning, type Warning } from "./warning.ts";

/** All warnings about a document, in the order of its nodes and then of its links. */
export function warn(document: Topology, kinds: KindMap): Warning[] {
  const links = inOrder(document.links);
  const registrations = links.filter(registers);
  const waysOut = new Set(links.map((link) => `${link.from} ${link.role}`));
  const memberships = membershipsOf(document, kinds);
  const offered = new Set(
    registrations.flatMap((link) =>
      memberships.of(link.to).map((member) => `${member} ${String(settingOf(document, link.from, "service", kinds))}`),
    ),
  );
  return [
    ...inOrder(document.nodes).flatMap((node) => warnOfNode(node, waysOut, kinds)),
    ...links.flatMap((link) => warnOfLink(document, link, offered, kinds)),
    ...links.filter(looksUp).flatMap((link) => warnOfLoop(document, link, registrations, memberships, kinds)),
    ...warnOfPorts(document, registrations, memberships, kinds),
    ...warnOfMembers(document, memberships, kinds),
    ...warnOfSentinels(document, registrations, memberships, kinds),
  ];
}

function registers(link: LinkRecord): boolean {
  return linkRoles[link.role as RoleId].asks === "registration";
}

const looksUp = (link: LinkRecord): boolean => linkRoles[link.role as RoleId].asks === "lookup";

function warnOfNode(node: NodeRecord, waysOut: ReadonlySet<string>, kinds: KindMap): Warning[] {
  const kind = kinds.get(node.kind);
  if (kind === undefined) return [];
  const wayOut = kind.calls.filter(leadsOn);
  if (wayOut.length === 0 || wayOut.some((role) => waysOut.has(`${node.id} ${role}`))) return [];
  const values = { name: node.name };
  if (kind.accepts.length === 0) return [warning("reaches-nobody", ["nodes", node.id], node.id, values)];
  return wayOut.some(passesOn) ? [warning("passes-to-nobody", ["nodes", node.id], node.id, values)] : [];
}

/** Requests leave by this role, or the way for them is learnt by it. */
function leadsOn(role: RoleId): boolean {
  return linkRoles[role].asks === "request" || linkRoles[role].asks === "lookup";
}

/** Requests that come in go out by it as they are; a role that says how many calls a request makes is of a service that works itself. */
function passesOn(role: RoleId): boolean {
  return !("callsPerRequest" in linkRoles[role].settings.fields);
}

function warnOfLink(document: Topology, link: LinkRecord, offered: ReadonlySet<string>, kinds: KindMap): Warning[] {
  if (looksUp(link)) return warnOfLookup(document, link, offered);
  return registers(link) ? warnOfLease(document, link, kinds) : [];
}

function warnOfLookup(document: Topology, link: LinkRecord, offered: ReadonlySet<string>): Warning[] {
  const service = valueOf(linkRoles[link.role as RoleId].settings, link, "service");
  if (offered.has(`${link.to} ${String(service)}`)) return [];
  const values = { name: nameOf(document, link.from), service: String(service), registry: nameOf(document, link.to) };
  return [warning("nobody-registers", ["links", link.id, "settings", "service"], link.from, values, [link.to])];
}
