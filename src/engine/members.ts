import type { Run } from "./run.ts";
import type { LinkConfig } from "./world.ts";

/** Whoever has asked one member in vain asks the next: between them they have this long, and never less than a part of it. */
const turnUs = 1_000_000;

/**
 * A link to a registry leads to one of its members. Who starts it knows them all (Consul's `retry_join`, etcd's and
 * ZooKeeper's connect strings, Eureka's `serviceUrl`), stays with the one that answers, and goes on to the next when it
 * does not. A registry of one member is simply the far end of the link.
 */
export class Members {
  private readonly run: Run;

  constructor(run: Run) {
    this.run = run;
  }

  /** All members of a registry; of one that stands alone, itself. */
  of(registry: number): readonly number[] {
    return this.run.of(registry).fellows?.(registry) ?? [registry];
  }

  areSeveral(link: LinkConfig): boolean {
    return this.of(link.to).length > 1;
  }

  /** The member to which the link's start speaks now. */
  at(link: LinkConfig): number {
    const chosen = this.run.links.member[link.row]! - 1;
    if (chosen < 0 || chosen === link.to) return link.to;
    return this.run.entities.inDocument[chosen] === 1 && this.of(link.to).includes(chosen) ? chosen : link.to;
  }

  /** The link whose wire its messages go over; −1: to another member they find their way by themselves. */
  wire(link: LinkConfig): number {
    return this.at(link) === link.to ? link.row : -1;
  }

  /** Turns to the next member, if there is another. */
  turn(link: LinkConfig): void {
    const members = this.of(link.to);
    if (members.length < 2) return;
    const next = members[(members.indexOf(this.at(link)) + 1) % members.length]!;
    this.run.links.member[link.row] = next === link.to ? 0 : next + 1;
    this.run.upstreams.version++;
    this.run.touch(link.from);
  }

  /** How long one waits before one asks anew: with several members the next is asked sooner. */
  pauseUs(link: LinkConfig): number {
    return Math.ceil(turnUs / this.of(link.to).length);
  }

  /** Whether the link's start and a member can speak: over the link's own wire, or without one. */
  connects(link: LinkConfig, member = this.at(link)): boolean {
    const { network, entities } = this.run;
    if (member === link.to) return network.connects(link.row, link.from, member);
    return entities.island[link.from] === entities.island[member];
  }
}
