import type { LinkId, NodeId } from "../document/topology.ts";
import type { Lookup } from "./discovery.ts";
import type { JournalRow } from "./journal.ts";
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
  /**
   * After the fault, as was predicted at the fault; null: nobody could tell, since the registry would not learn of it by
   * itself, or since this consumer asks with its next request, whenever that is.
   */
  readonly predictedUs: readonly [number, number] | null;
  /** After the fault; null: it holds it still. */
  readonly lastedUs: number | null;
}

/** One that reads a registry: how it asks, how old its answer is, what it believes, and for how long it was wrong. */
export interface Consumer {
  readonly node: NodeId;
  readonly link: LinkId;
  /** Of a registry of several members, the one that it speaks to now. */
  readonly member: NodeId;
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

/** Everybody who reads a registry, at whichever of its members, in the document's order. */
export function consumersOf(run: Run, registry: number): Consumer[] {
  const { members, world, links } = run;
  // What a member was to notice it alone has foretold.
  const faults = new Map(members.of(registry).map((member) => [member, faultsAt(run, member)]));
  const reads = (link: LinkConfig | undefined): link is LinkConfig =>
    link !== undefined && faults.has(members.at(link)) && links.upstream[link.row]! > 0;
  return world.links.filter(reads).map((link) => consumer(run, link, faults.get(members.at(link))!));
}

function consumer(run: Run, link: LinkConfig, faults: readonly Fault[]): Consumer {
  const { links, world, discovery, members } = run;
  const { way, everyUs } = discovery.lookupOf(link);
  return {
    node: world.nodeIds[link.from]!,
    link: link.id,
    member: world.nodeIds[members.at(link)]!,
    service: (link.settings as unknown as { service: string }).service,
    way,
    everyUs,
    learntUs: links.answered[link.row] === 1 || links.learntUs[link.row]! > 0 ? links.learntUs[link.row]! : null,
    believes: believedBy(run, link),
    upToUs: upTo(run, link),
    stale: faults
      .filter((fault) => concerns(run, link, fault))
      .slice(0, staleMost)
      .map((fault) => windowOf(run, link, fault)),
  };
}

/** What the registry was to notice concerns all who read it; anything else, those who held the address. */
function concerns({ upstreams, links }: Run, link: LinkConfig, { node, incarnation, window, forgottenUs }: Fault): boolean {
  if (window !== null || forgottenUs.has(link.from)) return true;
  const { table } = upstreams;
  const isIt = (target: number) => table.entity[target] === node && table.incarnation[target] === incarnation;
  return upstreams.membersOf(links.upstream[link.row]! - 1).some(isIt);
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

/** The end of an instance, when its registry said that it would notice, and when each consumer no longer held it. */
interface Fault {
  readonly node: number;
  readonly incarnation: number;
  readonly atUs: number;
  readonly window: readonly [number, number] | null;
  readonly forgottenUs: Map<number, number>;
}

/** The newest first. */
function faultsAt({ journal }: Run, registry: number): Fault[] {
  const faults: Fault[] = [];
  /** By instance: while it has not been up again, its end is one, however many rows tell of it. */
  const open = new Map<string, Fault>();
  const begin = (key: string, fault: Fault) => {
    faults.unshift(fault);
    open.set(key, fault);
  };
  for (const id of journal.kept(0)) {
    const row = journal.find(id)!;
    const { what, who, whom, at, a, b } = row;
    const [own, other] = [`${who} ${row.whoIncarnation}`, `${whom} ${row.whomIncarnation}`];
    if (what === "predicted" && who === registry)
      begin(other, { node: whom, incarnation: row.whomIncarnation, atUs: at, window: [a, b], forgottenUs: new Map() });
    else if (ends(row) && !open.has(own))
      begin(own, { node: who, incarnation: row.whoIncarnation, atUs: at, window: null, forgottenUs: new Map() });
    else if (what === "up") open.delete(own);
    else if (what === "target-removed") {
      const forgotten = open.get(other)?.forgottenUs;
      if (forgotten?.has(who) === false) forgotten.set(who, at);
    }
  }
  return faults;
}

/** Whether a row tells that a process is gone; one that Docker restarts is not, and one that was not there could not stop. */
function ends({ what, a, b }: JournalRow): boolean {
  return what === "died" || (what === "exited" && b !== 1) || (what === "stopped" && a === 0);
}

function windowOf(run: Run, link: LinkConfig, { node, atUs, window, forgottenUs }: Fault): StaleWindow {
  const forgotten = forgottenUs.get(link.from);
  const byRequest = run.discovery.lookupOf(link).way === "request";
  return {
    node: run.world.nodeIds[node]!,
    fromUs: atUs,
    predictedUs: byRequest || window === null ? null : [window[0] + link.latencyUs, window[1] + learnsWithinUs(run, link)],
    lastedUs: forgotten === undefined ? null : forgotten - atUs,
  };
}
