import type { LinkRecord, Topology } from "../../document/topology.ts";

/** What a scheduled act is done to, as it is called: a node by its name, a link by its ends. */
export function targetName(document: Topology, id: string): string {
  const link = document.links[id];
  return link === undefined ? (document.nodes[id]?.name ?? id) : endsOf(document, link);
}

const endsOf = ({ nodes }: Topology, { from, to }: LinkRecord): string => `${nodes[from]?.name ?? from} → ${nodes[to]?.name ?? to}`;
