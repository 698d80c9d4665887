import type { NodeId } from "../../document/topology.ts";
import type { Consumer, PartStatus } from "../../runtime/protocol.ts";

/** An instance under one address, as the registry lists it; null: only consumers still speak of it. */
export interface DirectoryRow {
  readonly key: string;
  readonly node: NodeId;
  readonly incarnation: number;
  readonly address: string;
  readonly entry: PartStatus | null;
}

/** A service: its instances, and those who look for it. */
export interface DirectoryService {
  readonly name: string;
  readonly rows: readonly DirectoryRow[];
  readonly consumers: readonly Consumer[];
}

/** What a registry lists and what its consumers believe, a service at a time. */
export function directoryOf(entries: readonly PartStatus[], consumers: readonly Consumer[]): DirectoryService[] {
  const names = new Set([...entries.map(serviceOf), ...consumers.map(({ service }) => service)]);
  return [...names].sort().map((name) => {
    const readers = consumers.filter(({ service }) => service === name);
    const listed = entries.filter((entry) => serviceOf(entry) === name).map(listedRow);
    return { name, consumers: readers, rows: [...listed, ...rumours(listed, readers)] };
  });
}

const serviceOf = (entry: PartStatus): string => String(entry.facts.find(({ key }) => key === "service")?.value ?? "");
const keyOf = (node: NodeId, incarnation: number, address: string): string => `${node}#${incarnation} ${address}`;

function listedRow(entry: PartStatus): DirectoryRow {
  const { incarnation, address } = entry;
  const node = entry.node ?? "";
  return { key: keyOf(node, incarnation, address), node, incarnation, address, entry };
}

/** Instances that the registry has forgotten, and somebody has not. */
function rumours(listed: readonly DirectoryRow[], readers: readonly Consumer[]): DirectoryRow[] {
  const rows = new Map<string, DirectoryRow>();
  for (const { node, incarnation, address } of readers.flatMap(({ believes }) => believes)) {
    const key = keyOf(node, incarnation, address);
    if (!listed.some((row) => row.key === key)) rows.set(key, { key, node, incarnation, address, entry: null });
  }
  return [...rows.values()];
}

export const believesIn = ({ believes }: Consumer, row: DirectoryRow): boolean =>
  believes.some(({ node, incarnation, address }) => keyOf(node, incarnation, address) === row.key);
