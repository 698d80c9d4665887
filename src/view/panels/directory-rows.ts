import type { NodeId } from "../../document/topology.ts";
import type { Consumer, PartStatus } from "../../runtime/protocol.ts";

/** An instance under one address, as each member of the registry lists it; null: this member does not. */
export interface DirectoryRow {
  readonly key: string;
  readonly node: NodeId;
  readonly incarnation: number;
  readonly address: string;
  readonly entries: readonly (PartStatus | null)[];
}

/** A service: its instances, and those who look for it. */
export interface DirectoryService {
  readonly name: string;
  readonly rows: readonly DirectoryRow[];
  readonly consumers: readonly Consumer[];
}

/** What the members of a registry list and what its consumers believe, a service at a time. */
export function directoryOf(lists: readonly (readonly PartStatus[])[], consumers: readonly Consumer[]): DirectoryService[] {
  const names = new Set([...lists.flat().map(serviceOf), ...consumers.map(({ service }) => service)]);
  return [...names].sort().map((name) => {
    const readers = consumers.filter(({ service }) => service === name);
    const listed = lists.map((entries) => entries.filter((entry) => serviceOf(entry) === name));
    return { name, consumers: readers, rows: rowsOf(listed, readers) };
  });
}

const serviceOf = (entry: PartStatus): string => String(entry.facts.find(({ key }) => key === "service")?.value ?? "");
const keyOf = ({ node, incarnation, address }: Instance): string => `${node}#${incarnation} ${address}`;
type Instance = Pick<DirectoryRow, "incarnation" | "address"> & { readonly node: NodeId | null };

/** Whom any member lists, and after them those whom all have forgotten, and somebody who reads has not. */
function rowsOf(lists: readonly (readonly PartStatus[])[], readers: readonly Consumer[]): DirectoryRow[] {
  const known: readonly Instance[] = [...lists.flat(), ...readers.flatMap(({ believes }) => believes)];
  return [...new Map(known.map((one) => [keyOf(one), one])).entries()].map(([key, { node, incarnation, address }]) => {
    const entries = lists.map((list) => list.findLast((entry) => keyOf(entry) === key) ?? null);
    return { key, node: node ?? "", incarnation, address, entries };
  });
}

export const believesIn = ({ believes }: Consumer, row: DirectoryRow): boolean => believes.some((one) => keyOf(one) === row.key);
