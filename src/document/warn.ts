import type { Values } from "./admit-error.ts";
import { pathText, type Path } from "./admit-error.ts";
import type { KindDeclaration, KindMap } from "./kind-declaration.ts";
import { linkRoles, type RoleId } from "./link-settings.ts";
import type { SettingValue } from "./topology.ts";
import type { LinkRecord, NodeId, NodeRecord, Topology } from "./topology.ts";
import { inOrder } from "./tree.ts";

/** Something that may be and is played, but will hardly do what was meant. Its words are in `admit-words.ts`. */
export interface Warning {
  readonly code: "reaches-nobody" | "passes-to-nobody" | "nobody-registers" | "lease-too-short";
  readonly path: string;
  readonly node: NodeId;
  readonly values: Values;
}

/** All warnings about a document, in the order of its nodes and then of its links. */
export function warn(document: Topology, kinds: KindMap): Warning[] {
  const links = inOrder(document.links);
  const waysOut = new Set(links.map((link) => `${link.from} ${link.role}`));
  const offered = new Set(links.filter(registers).map((link) => `${link.to} ${String(settingOf(document, link.from, "service", kinds))}`));
  return [
    ...inOrder(document.nodes).flatMap((node) => warnOfNode(node, waysOut, kinds)),
    ...links.flatMap((link) => warnOfLink(document, link, offered, kinds)),
  ];
}

function registers(link: LinkRecord): boolean {
  return linkRoles[link.role as RoleId].asks === "registration";
}

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
  const { asks } = linkRoles[link.role as RoleId];
  if (asks === "lookup") return warnOfLookup(document, link, offered);
  return asks === "registration" ? warnOfLease(document, link, kinds) : [];
}

function warnOfLookup(document: Topology, link: LinkRecord, offered: ReadonlySet<string>): Warning[] {
  const service = valueOf(linkRoles[link.role as RoleId].settings, link, "service");
  if (offered.has(`${link.to} ${String(service)}`)) return [];
  const values = { name: nameOf(document, link.from), service: String(service), registry: nameOf(document, link.to) };
  return [warning("nobody-registers", ["links", link.id, "settings", "service"], link.from, values)];
}

function warnOfLease(document: Topology, link: LinkRecord, kinds: KindMap): Warning[] {
  const heartbeatMs = settingOf(document, link.from, "heartbeatMs", kinds);
  const ttlMs = settingOf(document, link.to, "ttlMs", kinds);
  if (typeof heartbeatMs !== "number" || typeof ttlMs !== "number" || heartbeatMs < ttlMs) return [];
  const values = { name: nameOf(document, link.from), registry: nameOf(document, link.to), heartbeatMs, ttlMs };
  return [warning("lease-too-short", ["nodes", link.from, "settings", "heartbeatMs"], link.from, values)];
}

/** The value in force: the node's own, or the default. Undefined where its kind has no such setting. */
function settingOf(document: Topology, id: NodeId, name: string, kinds: KindMap): SettingValue | undefined {
  const node = document.nodes[id];
  const kind = node && kinds.get(node.kind);
  return node && kind && valueOf(kind.settings, node, name);
}

function valueOf(settings: KindDeclaration["settings"], record: Pick<NodeRecord, "settings">, name: string): SettingValue | undefined {
  return Object.hasOwn(settings.fields, name) ? (record.settings[name] ?? settings.fields[name]?.default) : undefined;
}

function nameOf(document: Topology, id: NodeId): string {
  return document.nodes[id]?.name ?? id;
}

function warning(code: Warning["code"], path: Path, node: NodeId, values: Values): Warning {
  return { code, path: pathText(path), node, values };
}
