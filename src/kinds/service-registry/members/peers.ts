import { hop } from "../../../engine/feed.ts";
import { priority } from "../../../engine/kernel/kernel.ts";
import { makeTable } from "../../../engine/kernel/table.ts";
import { code } from "../../../engine/protocol.ts";
import type { Run } from "../../../engine/run.ts";
import type { PeerRules } from "../systems/system.ts";
import { said, type Said } from "./answers.ts";
import { othersOf, silenceOf, wayBetween } from "./fellows.ts";
import type { Letter, Letters } from "./letters.ts";
import { Pairs } from "./pairs.ts";

export interface PeersUsers {
  rulesOf(member: number): PeerRules | null;
  /** What an instance said to a peer is heard here too. */
  hear(member: number, what: Said, link: number, address: number): void;
  /** All that a member has, as if each instance had just renewed. */
  entriesOf(member: number): Iterable<{ readonly link: number; readonly address: number }>;
}

interface Saying {
  readonly what: Said;
  readonly link: number;
  readonly address: number;
}

/**
 * Members of which each takes whatever it is told, answers from what it knows, and tells the others a little later
 * (Eureka's peers, Nacos's Distro). Parted, they come to differ; together again, the instances' next renewals bring each what it missed.
 */
export class Peers {
  private readonly run: Run;
  private readonly letters: Letters;
  private readonly users: PeersUsers;
  private readonly pairs = new Pairs();
  private readonly sayings = makeTable({ what: "u8", link: "i32", address: "i32", next: "i32" });
  /** What is to be told to the peers with the next batch, newest first (row + 1), by member. */
  private readonly batches = makeTable({ first: "i32", generation: "i32" });

  constructor(run: Run, letters: Letters, users: PeersUsers) {
    this.run = run;
    this.letters = letters;
    this.users = users;
    for (const table of [this.sayings, this.batches, this.pairs]) run.keep(table);
    run.receive(code.batchDue, (member, _, generation) => this.due(member, generation));
    run.receive(code.memberTimeout, (member, pair, asked) => this.timedOut(member, pair, asked));
    letters.on("replicate", (to, letter) => this.replicated(to, letter));
    letters.on("replicate-answer", (to, { from, term }) => this.answered(to, this.pairs.find(to, from), term));
    letters.on("fetch", (to, { from }) => this.fetched(to, from));
  }

  has(member: number): void {
    while (this.batches.length <= member) this.batches.add();
  }

  /** An instance has said something to this member: the others are to hear of it too. */
  spread(member: number, what: Said, link: number, address: number): void {
    const { batches, run } = this;
    const rules = this.users.rulesOf(member);
    if (rules === null) return;
    const isFirst = batches.first[member] === 0;
    batches.first[member] = this.add({ what, link, address }, batches.first[member]!);
    if (isFirst) run.kernel.after(rules.batchUs, priority.timer, code.batchDue, member, 0, batches.generation[member]!);
  }

  /** It has just come up and knows nobody: it asks the first peer that it can reach for all there is (Eureka: syncUp). */
  fetch(member: number): void {
    const peer = this.others(member).find((other) => this.letters.reaches(member, other));
    if (peer !== undefined) this.letters.send("fetch", member, peer, hop.lookup, {});
  }

  /** It is down: what it had not told yet, nobody hears. */
  drop(member: number): void {
    const { batches } = this;
    this.read(batches.first[member]!);
    batches.first[member] = 0;
    batches.generation[member]!++;
  }

  /** How many members this one knows to answer, itself included. */
  reachedBy(member: number): number {
    return 1 + this.others(member).filter((other) => this.pairs.table.isLost[this.pairs.find(member, other)] === 0).length;
  }

  /** Frees what a letter held that did not arrive. */
  lost({ chain }: Letter): void {
    this.read(chain);
  }

  private due(member: number, generation: number): void {
    const { batches } = this;
    if (batches.generation[member] !== generation) return;
    const sayings = this.read(batches.first[member]!).reverse();
    batches.first[member] = 0;
    const { cause } = this.run.kernel;
    for (const other of this.others(member)) {
      this.run.kernel.cause = cause;
      this.replicate(member, other, sayings);
    }
  }

  private replicate(member: number, other: number, sayings: readonly Saying[]): void {
    const { kernel } = this.run;
    const { table } = this.pairs;
    const rules = this.users.rulesOf(member);
    if (rules === null) return;
    const pair = this.pairs.find(member, other);
    const asked = ++table.asked[pair]!;
    const chain = [...sayings].reverse().reduce((next, saying) => this.add(saying, next), 0);
    this.letters.send("replicate", member, other, hop.replicate, { chain, term: asked });
    const patienceUs = rules.patienceUs + 2 * wayBetween(this.run, member, other).latencyUs;
    kernel.after(patienceUs, priority.timeout, code.memberTimeout, member, pair, asked);
  }

  private replicated(member: number, { from, chain, term }: Letter): void {
    const { cause } = this.run.kernel;
    for (const { what, link, address } of this.read(chain)) {
      this.run.kernel.cause = cause;
      this.users.hear(member, what, link, address);
    }
    this.letters.send("replicate-answer", member, from, hop["member-heartbeat"], { term });
  }

  private answered(member: number, pair: number, asked: number): void {
    const { table } = this.pairs;
    table.answered[pair] = Math.max(table.answered[pair]!, asked);
    table.heardUs[pair] = this.run.kernel.nowUs;
    if (table.isLost[pair] === 0) return;
    table.isLost[pair] = 0;
    this.run.note("peer-found", member, table.about[pair]!);
    this.run.touch(member);
  }

  private timedOut(member: number, pair: number, asked: number): void {
    const { table } = this.pairs;
    if (table.answered[pair]! >= asked || table.isLost[pair] === 1 || !this.others(member).includes(table.about[pair]!)) return;
    table.isLost[pair] = 1;
    this.run.kernel.cause = silenceOf(this.run, member, table.about[pair]!);
    this.run.note("peer-lost", member, table.about[pair]!);
    this.run.touch(member);
  }

  private fetched(member: number, newcomer: number): void {
    const sayings = [...this.users.entriesOf(member)].map(({ link, address }) => ({ what: said.renews, link, address }));
    if (sayings.length > 0) this.replicate(member, newcomer, sayings);
  }

  private others(member: number): readonly number[] {
    return othersOf(this.run.world, member);
  }

  private add({ what, link, address }: Saying, next: number): number {
    const { sayings } = this;
    const row = sayings.add();
    sayings.what[row] = what;
    sayings.link[row] = link;
    sayings.address[row] = address;
    sayings.next[row] = next;
    return row + 1;
  }

  /** Takes a chain off. */
  private read(chain: number): Saying[] {
    const { sayings } = this;
    const found: Saying[] = [];
    for (let row = chain - 1; row >= 0; row = sayings.next[row]! - 1) {
      found.push({ what: sayings.what[row] as Said, link: sayings.link[row]!, address: sayings.address[row]! });
      sayings.drop(row);
    }
    return found;
  }
}
