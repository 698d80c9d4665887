import { uniform } from "../base/random.ts";
import type { Algorithm } from "../document/link-settings.ts";
import { presence } from "./entities.ts";
import { hop } from "./feed.ts";
import { priority } from "./kernel/kernel.ts";
import { makeTable, type Checkpointed } from "./kernel/table.ts";
import { code } from "./protocol.ts";
import type { Run } from "./run.ts";
import type { LinkConfig } from "./world.ts";

/** A consumer that gets no answer asks again after this long (the step of Consul's API clients' back-off). */
const askAgainUs = 1_000_000;

/**
 * How a consumer learns who is there: it is told at once; it asks again and again; it asks and the registry answers when
 * something has changed; by DNS, whose answer it keeps for a while; or it asks for every request.
 */
export interface Lookup {
  readonly way: "watch" | "poll" | "long-poll" | "dns" | "request";
  /** Between two questions; of a long poll, how long a question may stay unanswered. */
  readonly everyUs: number;
}

/** One instance in an answer. */
export interface Found {
  readonly address: number;
  readonly weight: number;
}

/** A registry's side of a watch, by link: not watched, watched, or a question kept until there is news. */
export const watching = { no: 0, watch: 1, parked: 2 } as const;

/**
 * The consumer's side of discovery: it asks a registry for a service's instances and keeps the last answer, right
 * or stale, as an upstream. The registry's side is its kind's.
 */
export class Discovery implements Checkpointed {
  private readonly run: Run;
  /** Answers on their way: chains of addresses, freed when they arrive. */
  private readonly answers = makeTable({ address: "i32", weight: "i32", next: "i32" });

  constructor(run: Run) {
    this.run = run;
    run.kernel.on(code.tell, (consumer, link, answer) => this.told(consumer, link, answer));
    run.kernel.on(code.pollDue, (consumer, link, generation) => this.pollDue(consumer, link, generation));
  }

  /** The set that a lookup link of a caller fills; made when the link is first wired. */
  setOf(link: LinkConfig, algorithm: Algorithm): number {
    const { links, upstreams } = this.run;
    if (links.upstream[link.row] === 0) {
      links.upstream[link.row] = upstreams.addSet(link.from, algorithm, this.run.luckOf(link.from, `pick ${link.id}`)) + 1;
    } else upstreams.switchTo(links.upstream[link.row]! - 1, algorithm);
    return links.upstream[link.row]! - 1;
  }

  /** Begins to ask (and, where the registry is watched, to be told). */
  begin(link: LinkConfig): void {
    const { links } = this.run;
    links.generation[link.row]!++;
    links.answered[link.row] = 0;
    if (this.lookupOf(link).way !== "request") this.ask(link);
  }

  /** Forgets what was learnt, and asks no more. */
  end(link: LinkConfig): void {
    const { links, upstreams } = this.run;
    links.generation[link.row]!++;
    links.watching[link.row] = watching.no;
    links.answered[link.row] = 0;
    links.parted[link.row] = 0;
    const set = links.upstream[link.row]! - 1;
    if (set >= 0) upstreams.fill(set, link.row, [], 0, 1);
  }

  /** What the consumer knows at the beginning of a warm run, without having to ask. */
  know(link: LinkConfig, found: readonly Found[]): void {
    const { links, upstreams, kernel } = this.run;
    const { way, everyUs } = this.lookupOf(link);
    links.watching[link.row] = way === "watch" ? watching.watch : watching.no;
    links.answered[link.row] = 1;
    links.learntUs[link.row] = kernel.nowUs;
    const set = links.upstream[link.row]! - 1;
    for (const { address, weight } of found)
      if (upstreams.find(set, address) < 0) upstreams.add(set, address, link.row, link.latencyUs, weight, false);
    this.lead(set, found);
    if (way === "poll") this.pollLater(link, everyUs);
    // What a cache holds is as old as chance has it.
    if (way === "dns") this.pollLater(link, Math.floor(uniform(this.run.luckOf(link.from, `age ${link.id}`), 0) * everyUs));
    if (way === "long-poll") this.ask(link);
  }

  private lead(set: number, [first]: readonly Found[]): void {
    if (first !== undefined) this.run.upstreams.lead(set, first.address);
  }

  /** How a consumer asks over this link: as the link says, else as the registry is set. */
  lookupOf(link: LinkConfig): Lookup {
    return this.run.of(link.to).lookup?.(this.run.members.at(link), link) ?? { way: "watch", everyUs: 0 };
  }

  private ask(link: LinkConfig): void {
    const { kernel, links, feed, members } = this.run;
    const { way, everyUs } = this.lookupOf(link);
    const registry = members.at(link);
    // A question that may wait for news is given a sixteenth more, as Consul may take.
    const patienceUs = way === "long-poll" && links.answered[link.row] === 1 ? Math.ceil((everyUs * 17) / 16) : 0;
    kernel.after(link.latencyUs, priority.arrival, code.look, registry, link.row, links.generation[link.row]!);
    if (feed.on) feed.hop(kernel.nowUs, kernel.nowUs + link.latencyUs, link.from, registry, members.wire(link), hop.lookup, -1, -1);
    this.pollLater(link, patienceUs + askAgainUs);
  }

  private pollLater(link: LinkConfig, waitUs: number): void {
    const { kernel, links } = this.run;
    kernel.after(waitUs, priority.timer, code.pollDue, link.from, link.row, links.generation[link.row]!);
  }

  private pollDue(consumer: number, row: number, generation: number): void {
    const { links, world, entities, kernel } = this.run;
    const link = world.links[row];
    if (link === undefined || links.generation[row] !== generation) return;
    kernel.cause = -1;
    // It hangs, or has no power: it asks once it is back.
    if (entities.effective[consumer] !== presence.open) {
      links.answered[row] = 0;
      return;
    }
    if (links.answered[row] === 1 && this.lookupOf(link).way === "watch") return;
    // The last question was not answered in time.
    if (links.asked[row] === 1) this.giveUp(link);
    links.answered[row] = 0;
    links.asked[row] = 1;
    this.ask(link);
  }

  /** The registry's side sends an answer: the addresses as they are now. `changed`: because something changed. */
  tell(link: LinkConfig, found: readonly Found[], changed: boolean): void {
    const { kernel, feed, members } = this.run;
    const chain = this.write(found);
    const registry = members.at(link);
    if (changed) this.run.note("told", registry, link.from, found.length);
    kernel.after(link.latencyUs, priority.completion, code.tell, link.from, link.row, chain);
    if (feed.on) feed.hop(kernel.nowUs, kernel.nowUs + link.latencyUs, registry, link.from, members.wire(link), hop.tell, -1, -1);
  }

  write(found: readonly Found[]): number {
    const { answers } = this;
    let chain = 0;
    for (let index = found.length - 1; index >= 0; index--) {
      const item = answers.add();
      answers.address[item] = found[index]!.address;
      answers.weight[item] = found[index]!.weight;
      answers.next[item] = chain;
      chain = item + 1;
    }
    return chain;
  }

  /** Takes an answer off its way. */
  read(chain: number): Found[] {
    const { answers } = this;
    const found: Found[] = [];
    for (let item = chain - 1; item >= 0; item = answers.next[item]! - 1) {
      found.push({ address: answers.address[item]!, weight: answers.weight[item]! });
      answers.drop(item);
    }
    return found;
  }

  private told(consumer: number, row: number, chain: number): void {
    const { links, world } = this.run;
    const found = this.read(chain);
    const link = world.links[row];
    if (link === undefined) return;
    const isLost = !this.reaches(link, this.run.members.at(link), consumer);
    // Of an answer that was lost a long poll knows nothing: it waits out its time.
    if (isLost && this.lookupOf(link).way === "long-poll") return;
    if (isLost) return this.lost(link);
    this.learn(link, found);
    links.generation[row]!++;
    const { way, everyUs } = this.lookupOf(link);
    if (way === "poll" || way === "dns") this.pollLater(link, Math.max(1, everyUs));
    if (way === "long-poll") this.ask(link);
  }

  /** The consumer has an answer: what it knows is as old as this moment. */
  learn(link: LinkConfig, found: readonly Found[]): void {
    const { links, upstreams, kernel } = this.run;
    const { row } = link;
    if (links.parted[row] === 1) this.run.note("registry-found", link.from, this.run.members.at(link), found.length);
    links.parted[row] = 0;
    links.asked[row] = 0;
    links.answered[row] = 1;
    links.learntUs[row] = kernel.nowUs;
    const set = links.upstream[row]! - 1;
    if (set < 0) return;
    upstreams.fill(set, row, addressesOf(found), link.latencyUs, weightsOf(found));
    this.lead(set, found);
  }

  /** The consumer has lost its registry: said once, with how many instances it goes on with. */
  part(link: LinkConfig): void {
    const { links, entities, upstreams } = this.run;
    const set = links.upstream[link.row]! - 1;
    if (links.parted[link.row] === 1 || set < 0 || entities.effective[link.from] !== presence.open) return;
    links.parted[link.row] = 1;
    const known = upstreams.membersOf(set).filter((target) => upstreams.table.link[target] === link.row).length;
    this.run.note("registry-lost", link.from, this.run.members.at(link), known);
  }

  /** A question was asked in vain: the next goes to another member, if there is one. */
  giveUp(link: LinkConfig): void {
    this.part(link);
    this.run.members.turn(link);
  }

  /** The connection to the registry is gone: the consumer keeps what it knows and asks anew. */
  lost(link: LinkConfig): void {
    const { links } = this.run;
    links.watching[link.row] = watching.no;
    links.answered[link.row] = 0;
    links.generation[link.row]!++;
    this.pollLater(link, this.run.members.pauseUs(link));
  }

  /** Whether a message from one end of a link reaches the other now. */
  reaches(link: LinkConfig, from: number, to: number): boolean {
    const { members, entities } = this.run;
    return members.connects(link, from === link.from ? to : from) && entities.effective[to] === presence.open;
  }

  save(): unknown {
    return this.answers.save();
  }

  load(saved: unknown): void {
    this.answers.load(saved);
  }
}

const addressesOf = (found: readonly Found[]): number[] => found.map(({ address }) => address);
const weightsOf = (found: readonly Found[]): number[] => found.map(({ weight }) => weight);
