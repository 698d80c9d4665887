import type { LinkId, LinkRecord, NodeId, NodeRecord, Topology } from "../document/topology.ts";
import { linkRoles, type RoleId } from "../document/link-settings.ts";
import { settle } from "../document/settings.ts";
import { compareText } from "../base/order.ts";
import { hashString, streamKey } from "../base/random.ts";
import { assert } from "../base/assert.ts";
import type { Kind } from "./kind.ts";

/** A node as the engine uses it: its record with every default filled in. */
export interface NodeConfig {
  readonly row: number;
  readonly id: NodeId;
  readonly record: NodeRecord;
  readonly kind: Kind;
  readonly settings: Readonly<Record<string, never>>;
  readonly parent: number;
  readonly children: number[];
  /** Its links by role, in (order, id). */
  readonly links: LinkConfig[];
  readonly incoming: LinkConfig[];
}

export interface LinkConfig {
  readonly row: number;
  readonly id: LinkId;
  readonly record: LinkRecord;
  readonly role: RoleId;
  readonly from: number;
  readonly to: number;
  readonly latencyUs: number;
  readonly settings: Readonly<Record<string, never>>;
}

/** Everything that an edit replaces whole, and that runs share: never changed by an event. */
export interface World {
  readonly document: Topology;
  /** Row → id, for every node that has ever been in the run; rows are never reused. */
  readonly nodeIds: readonly NodeId[];
  readonly nodeRows: ReadonlyMap<NodeId, number>;
  readonly linkIds: readonly LinkId[];
  readonly linkRows: ReadonlyMap<LinkId, number>;
  /** By row; undefined where the node is no longer in the document. */
  readonly nodes: readonly (NodeConfig | undefined)[];
  readonly links: readonly (LinkConfig | undefined)[];
  /** Rows in (order, id), parents before their children. */
  readonly order: readonly number[];
  readonly linkOrder: readonly number[];
  /** Who builds an image, by the image's name. */
  readonly builders: ReadonlyMap<string, number>;
  /** Things that are images. */
  readonly packages: readonly number[];
}

export function makeWorld(document: Topology, kinds: ReadonlyMap<string, Kind>, before: World | null): World {
  const nodeRecords = Object.values(document.nodes).sort(byOrder);
  const linkRecords = Object.values(document.links).sort(byOrder);
  const nodeIds = [...(before?.nodeIds ?? [])];
  const linkIds = [...(before?.linkIds ?? [])];
  const nodeRows = numbered(nodeIds, nodeRecords, before?.nodeRows);
  const linkRows = numbered(linkIds, linkRecords, before?.linkRows);
  const nodes: (NodeConfig | undefined)[] = new Array(nodeIds.length);
  const links: (LinkConfig | undefined)[] = new Array(linkIds.length);
  for (const record of nodeRecords) {
    const row = nodeRows.get(record.id)!;
    const kind = kinds.get(record.kind);
    assert(kind !== undefined, `unknown kind ${record.kind}`);
    const parent = record.parent === null ? -1 : nodeRows.get(record.parent)!;
    nodes[row] = {
      row,
      id: record.id,
      record,
      kind,
      settings: settle(kind.settings, record.settings) as never,
      parent,
      children: [],
      links: [],
      incoming: [],
    };
  }
  for (const record of linkRecords) {
    const row = linkRows.get(record.id)!;
    const role = record.role as RoleId;
    const settings = settle(linkRoles[role].settings, record.settings);
    const latencyUs = Math.round((settings["latencyMs"] as number) * 1000);
    const link = {
      row,
      id: record.id,
      record,
      role,
      from: nodeRows.get(record.from)!,
      to: nodeRows.get(record.to)!,
      latencyUs,
      settings: settings as never,
    };
    links[row] = link;
    nodes[link.from]!.links.push(link);
    nodes[link.to]!.incoming.push(link);
  }
  for (const record of nodeRecords)
    if (record.parent !== null) nodes[nodeRows.get(record.parent)!]!.children.push(nodeRows.get(record.id)!);
  const linkOrder = linkRecords.map((record) => linkRows.get(record.id)!);
  const order = parentsFirst(nodes, nodeRecords, nodeRows);
  const packages = order.filter((row) => nodes[row]!.kind.packages !== undefined);
  return { document, nodeIds, nodeRows, linkIds, linkRows, nodes, links, order, linkOrder, builders: buildersOf(nodes, order), packages };
}

/** Of several that build an image of one name, the first counts. */
function buildersOf(nodes: readonly (NodeConfig | undefined)[], order: readonly number[]): Map<string, number> {
  const builders = new Map<string, number>();
  for (const row of order) {
    const { kind, settings } = nodes[row]!;
    const name = kind.builds === undefined ? undefined : (settings[kind.builds] as string | undefined);
    if (name !== undefined && !builders.has(name)) builders.set(name, row);
  }
  return builders;
}

export function byOrder(a: { order: number; id: string }, b: { order: number; id: string }): number {
  return a.order - b.order || compareText(a.id, b.id);
}

function numbered(ids: string[], records: readonly { id: string }[], before: ReadonlyMap<string, number> | undefined): Map<string, number> {
  const rows = new Map(before);
  for (const { id } of records) {
    if (rows.has(id)) continue;
    rows.set(id, ids.length);
    ids.push(id);
  }
  return rows;
}

function parentsFirst(
  nodes: readonly (NodeConfig | undefined)[],
  records: readonly NodeRecord[],
  rows: ReadonlyMap<string, number>,
): number[] {
  const order = records.filter((record) => record.parent === null).map((record) => rows.get(record.id)!);
  for (let index = 0; index < order.length; index++) order.push(...nodes[order[index]!]!.children);
  return order;
}

/** The key of what is drawn for an entity and a purpose; see `base/random.ts`. */
export function luckKey(seed: number, id: string, purpose: string): number {
  return streamKey(seed, hashString(id), hashString(purpose));
}
