import type { Finder } from "./switch-discovery.ts";
import type { LinkRecord, NodeId, Topology } from "./topology.ts";
import { inOrder } from "./tree.ts";

/** A way to find instances, as a document has it: who calls, and the links by which a registry is read for them. */
export interface WayToFind {
  readonly finder: Finder;
  readonly callers: readonly NodeId[];
  readonly lookups: readonly LinkRecord[];
}

/** The ways in which this document's callers find instances: each that it has. */
export function waysToFindIn(document: Topology): readonly WayToFind[] {
  const links = inOrder(document.links);
  const lookups = links.filter(({ role }) => role === "discover");
  const sources = links.filter(({ role }) => role === "source");
  const calls = links.filter(({ role, to }) => role === "call" && sources.some(({ from }) => from === to));
  const ways: WayToFind[] = [
    { finder: "caller", callers: startsOf(lookups), lookups },
    { finder: "balancer", callers: startsOf(calls), lookups: sources.filter(({ from }) => calls.some(({ to }) => to === from)) },
  ];
  return ways.filter(({ callers }) => callers.length > 0);
}

export const startsOf = (links: readonly LinkRecord[]): readonly NodeId[] => [...new Set(links.map(({ from }) => from))];
