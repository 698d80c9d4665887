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
 * The consumer's side of discovery: it asks a registry for a service's instances and keeps the last answer, right
 * or stale, as an upstream. The registry's side is its kind's.
 */
export class Discovery implements Checkpointed {
  private readonly run: Run;
  /** Answers on their way: chains of addresses, freed when they arrive. */
  private readonly answers = makeTable({ address: "i32", next: "i32" });

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
    this.ask(link);
  }

  /** Forgets what was learnt, and asks no more. */
  end(link: LinkConfig): void {
    const { links, upstreams } = this.run;
    links.generation[link.row]!++;
    links.watching[link.row] = 0;
    links.answered[link.row] = 0;
    const set = links.upstream[link.row]! - 1;
    if (set >= 0) upstreams.fill(set, link.row, [], 0, 1);
  }

  /** What the consumer knows at the beginning of a warm run, without having to ask. */
  know(link: LinkConfig, addresses: readonly number[], watching: boolean): void {
    const { links, upstreams } = this.run;
    links.watching[link.row] = watching ? 1 : 0;
    links.answered[link.row] = 1;
    const set = links.upstream[link.row]! - 1;
    for (const address of addresses) if (upstreams.find(set, address) < 0) upstreams.add(set, address, link.row, link.latencyUs, 1, false);
    if (!watching) this.pollLater(link, this.pollUs(link));
  }

  private ask(link: LinkConfig): void {
    const { kernel, links, feed } = this.run;
    kernel.push(kernel.nowUs + link.latencyUs, priority.arrival, code.look, link.to, link.row, links.generation[link.row]!);
    if (feed.on) feed.hop(kernel.nowUs, kernel.nowUs + link.latencyUs, link.from, link.to, link.row, hop.lookup, -1, -1);
    this.pollLater(link, askAgainUs);
  }

  private pollLater(link: LinkConfig, waitUs: number): void {
    const { kernel, links } = this.run;
    kernel.push(kernel.nowUs + waitUs, priority.timer, code.pollDue, link.from, link.row, links.generation[link.row]!);
  }

  private pollUs(link: LinkConfig): number {
    const settings = this.run.node(link.to).settings as unknown as { pollMs: number };
    return Math.round(settings.pollMs * 1000);
  }

  private watches(link: LinkConfig): boolean {
    const settings = this.run.node(link.to).settings as unknown as { consumers: string };
    return settings.consumers === "watch";
  }

  private pollDue(consumer: number, row: number, generation: number): void {
    const { links, world, entities, kernel } = this.run;
    const link = world.links[row];
    if (link === undefined || links.generation[row] !== generation) return;
    kernel.cause = -1;
    // It hangs, or has no power: it asks once it is back.
    if (entities.effective[consumer] !== presence.open) links.answered[row] = 0;
    else if (links.answered[row] === 0 || !this.watches(link)) {
      links.answered[row] = 0;
      this.ask(link);
    }
  }

  /** The registry's side sends an answer: the addresses as they are now. `changed`: because something changed. */
  tell(link: LinkConfig, addresses: readonly number[], changed: boolean): void {
    const { kernel, feed } = this.run;
    let chain = 0;
    for (let index = addresses.length - 1; index >= 0; index--) {
      const item = this.answers.add();
      this.answers.address[item] = addresses[index]!;
      this.answers.next[item] = chain;
      chain = item + 1;
    }
    if (changed) this.run.note("told", link.to, link.from, addresses.length);
    kernel.push(kernel.nowUs + link.latencyUs, priority.completion, code.tell, link.from, link.row, chain);
    if (feed.on) feed.hop(kernel.nowUs, kernel.nowUs + link.latencyUs, link.to, link.from, link.row, hop.tell, -1, -1);
  }

  private told(consumer: number, row: number, chain: number): void {
    const { links, upstreams, world, entities } = this.run;
    const addresses: number[] = [];
    for (let item = chain - 1; item >= 0; item = this.answers.next[item]! - 1) {
      addresses.push(this.answers.address[item]!);
      this.answers.drop(item);
    }
    const link = world.links[row];
    if (link === undefined) return;
    const isLost =
      links.cut[row] === 1 || entities.effective[consumer] !== presence.open || entities.island[consumer] !== entities.island[link.to];
    if (isLost) return this.lost(link);
    links.answered[row] = 1;
    const set = links.upstream[row]! - 1;
    if (set >= 0) upstreams.fill(set, row, addresses, link.latencyUs, 1);
    links.generation[row]!++;
    if (!this.watches(link)) this.pollLater(link, this.pollUs(link));
  }

  /** The connection to the registry is gone: the consumer keeps what it knows and asks anew. */
  lost(link: LinkConfig): void {
    const { links } = this.run;
    links.watching[link.row] = 0;
    links.answered[link.row] = 0;
    links.generation[link.row]!++;
    this.pollLater(link, askAgainUs);
  }

  /** Whether a message from one end of a link reaches the other now. */
  reaches(link: LinkConfig, from: number, to: number): boolean {
    const { links, entities } = this.run;
    if (links.cut[link.row] === 1 || entities.island[from] !== entities.island[to]) return false;
    return entities.effective[to] === presence.open;
  }

  save(): unknown {
    return this.answers.save();
  }

  load(saved: unknown): void {
    this.answers.load(saved);
  }
}
