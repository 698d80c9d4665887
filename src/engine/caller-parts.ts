import type { Run } from "./run.ts";
import type { PartStatus } from "./status.ts";
import type { LinkConfig } from "./world.ts";

/** What a caller believes: the address on each of its links, and the instances it has discovered. */
export function callerParts(run: Run, row: number): PartStatus[] {
  return run.node(row).links.flatMap((link) => {
    if (link.role === "call") return heldAddress(run, link);
    return link.role === "discover" ? discovered(run, link) : [];
  });
}

function heldAddress(run: Run, link: LinkConfig): PartStatus[] {
  const { links, entities, addresses, world } = run;
  const dns = (link.settings as { finds?: string }).finds === "dns";
  const address = (dns ? links.dnsAddress[link.row]! : links.address[link.row]!) - 1;
  if (address < 0) return [];
  const stale = entities.address[link.to] !== address + 1;
  return [
    {
      key: link.id,
      node: world.nodeIds[link.to]!,
      incarnation: addresses.incarnation[address]!,
      address: run.addressing.show(address),
      state: stale ? "stale" : dns ? "dns" : "fixed",
      tone: stale ? "doubtful" : "idle",
      pips: null,
      dueUs: dns ? links.dnsUntilUs[link.row]! : null,
      facts: [],
    },
  ];
}

function discovered(run: Run, link: LinkConfig): PartStatus[] {
  const { upstreams, links, entities, world } = run;
  const { table } = upstreams;
  const set = links.upstream[link.row]! - 1;
  if (set < 0) return [];
  return Array.from(upstreams.membersOf(set), (target): PartStatus => {
    const stale = entities.address[table.entity[target]!] !== table.address[target]! + 1;
    return {
      key: `${link.id}/${world.nodeIds[table.entity[target]!]!}#${table.incarnation[target]!}`,
      node: world.nodeIds[table.entity[target]!]!,
      incarnation: table.incarnation[target]!,
      address: run.addressing.show(table.address[target]!),
      state: stale ? "stale" : "discovered",
      tone: stale ? "doubtful" : "running",
      pips: null,
      dueUs: null,
      facts: [
        { key: "learnt", value: links.learntUs[link.row]!, unit: "us" },
        { key: "rate", value: upstreams.ratePerSecond(target), unit: "1/s" },
        { key: "connections", value: table.connections[target]!, unit: "count" },
      ],
    };
  });
}
