import type { LinkId, NodeId } from "../document/topology.ts";
import type { Lookup } from "./discovery.ts";
import { learnsWithinUs } from "./lookups.ts";
import type { Run } from "./run.ts";
import type { LinkConfig } from "./world.ts";

/** An address that a consumer holds, and whose it was when it learnt of it. */
export interface Believed {
  readonly node: NodeId;
  readonly incarnation: number;
  readonly address: string;
}

/** From a fault of an instance until a consumer holds its address no more. */
export interface StaleWindow {
  readonly node: NodeId;
  readonly fromUs: number;
  /** After the fault, as was predicted at the fault; null: with the consumer's next request, whenever that is. */
  readonly predictedUs: readonly [number, number] | null;
  /** After the fault; null: it holds it still. */
  readonly lastedUs: number | null;
}

/** One that reads a registry: how it asks, how old its answer is, what it believes, and for how long it was wrong. */
export interface Consumer {
  readonly node: NodeId;
  readonly link: LinkId;
  readonly service: string;
  readonly way: Lookup["way"];
  readonly everyUs: number;
  /** When its last answer came; null: none has. */
  readonly learntUs: number | null;
  readonly believes: readonly Believed[];
  /**
   * The longest times, one after the other, from a crash of an instance until it is forgotten here; null: nobody will
   * ever notice.
   */
  readonly upToUs: readonly number[] | null;
  /** The newest first. */
  readonly stale: readonly StaleWindow[];
}

const staleMost = 8;

/** Everybody who reads a registry, in the document's order. */
export function consumersOf(run: Run, registry: number): Consumer[] {
  const reads = (link: LinkConfig | undefined): link is LinkConfig =>
    link !== undefined && run.members.at(link) === registry && run.links.upstream[link.row]! > 0;
  const lookups = run.world.links.filter(reads);
  const faults = faultsAt(run, registry);
  return lookups.map((link) => consumer(run, link, faults));
}

function consumer(run: Run, link: LinkConfig, faults: readonly Fault[]): Consumer {
  const { links, world, discovery } = run;
  const { way, everyUs } = discovery.lookupOf(link);
  return {
    node: world.nodeIds[link.from]!,
    link: link.id,
    service: (link.settings as unknown as { service: string }).service,
    way,
    everyUs,
    learntUs: links.answered[link.row] === 1 || links.learntUs[link.row]! > 0 ? links.learntUs[link.row]! : null,
    believes: believedBy(run, link),
    upToUs: upTo(run, link),
    stale: faults.slice(0, staleMost).map((fault) => windowOf(run, link, fault)),
  };
}

function believedBy({ upstreams, links, world, addressing }: Run, link: LinkConfig): Believed[] {
  const { table } = upstreams;
  const members = upstreams.membersOf(links.upstream[link.row]! - 1).filter((target) => table.link[target] === link.row);
  return Array.from(members, (target) => ({
    node: world.nodeIds[table.entity[target]!]!,
    incarnation: table.incarnation[target]!,
    address: addressing.show(table.address[target]!),
  }));
}

function upTo(run: Run, link: LinkConfig): readonly number[] | null {
  const forgets = run.of(link.to).forgetsWithinUs?.(run.members.at(link)) ?? null;
  if (forgets === null) return null;
  const { way, everyUs } = run.discovery.lookupOf(link);
  // Who hangs on a long poll is answered when something changes; how long it would have waited costs nothing then.
  return everyUs > 0 && way !== "long-poll" ? [...forgets, everyUs] : forgets;
}

/** What a registry said at a fault, and when each consumer no longer held the instance. */
interface Fault {
  readonly node: number;
  readonly atUs: number;
  readonly window: readonly [number, number];
  readonly forgottenUs: Map<number, number>;
}

/** The newest first. */
function faultsAt({ journal }: Run, registry: number): Fault[] {
  const faults: Fault[] = [];
  for (const id of journal.kept(0)) {
    const { what, who, whom, at, a, b } = journal.find(id)!;
    if (what === "predicted" && who === registry) faults.unshift({ node: whom, atUs: at, window: [a, b], forgottenUs: new Map() });
    if (what !== "target-removed") continue;
    const fault = faults.find(({ node }) => node === whom);
    if (fault !== undefined && !fault.forgottenUs.has(who)) fault.forgottenUs.set(who, at);
  }
  return faults;
}

function windowOf(run: Run, link: LinkConfig, { node, atUs, window, forgottenUs }: Fault): StaleWindow {
  const forgotten = forgottenUs.get(link.from);
  const byRequest = run.discovery.lookupOf(link).way === "request";
  return {
    node: run.world.nodeIds[node]!,
    fromUs: atUs,
    predictedUs: byRequest ? null : [window[0] + link.latencyUs, window[1] + learnsWithinUs(run, link)],
    lastedUs: forgotten === undefined ? null : forgotten - atUs,
  };
}
