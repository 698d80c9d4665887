import type { NodeId } from "../document/topology.ts";
import type { Run } from "./run.ts";

/** Who sends to whom, where no link of the document says so. */
type Route = readonly [from: NodeId, to: NodeId];

/** To whom everybody who discovers sends, as he believes now. */
export function discovered({ upstreams, world }: Run): Route[] {
  const { table, sets } = upstreams;
  const found: Route[] = [];
  for (let set = 0; set < sets.length; set++) {
    for (const target of upstreams.membersOf(set)) {
      if (world.links[table.link[target]!]?.to === table.entity[target]) continue;
      found.push([world.nodeIds[sets.owner[set]!]!, world.nodeIds[table.entity[target]!]!]);
    }
  }
  return found;
}

/** Whoever speaks to another member of a registry than the one that its link leads to. */
export function turnedTo({ world, links, members }: Run): Route[] {
  const turned = world.linkOrder
    .map((row) => world.links[row]!)
    .filter((link) => links.member[link.row] !== 0 && members.at(link) !== link.to);
  return turned.map((link) => [world.nodeIds[link.from]!, world.nodeIds[members.at(link)]!]);
}

/** Whoever calls an address that another has now, where he is, than the one that its link leads to. */
export function takenOver({ world, links, network }: Run): Route[] {
  return world.linkOrder.flatMap((row): Route[] => {
    const { from, to } = world.links[row]!;
    const reached = links.address[row]! > 0 ? network.seenAt(links.address[row]! - 1, from) : to;
    return reached === to ? [] : [[world.nodeIds[from]!, world.nodeIds[reached]!]];
  });
}
