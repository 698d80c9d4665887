import { presence } from "../../engine/entities.ts";
import type { Run } from "../../engine/run.ts";
import type { Fact } from "../../engine/status.ts";
import type { Leases } from "./leases.ts";
import { answerInstance, said, type Said } from "./members/answers.ts";
import { fellowsOf } from "./members/fellows.ts";
import { Letters } from "./members/letters.ts";
import { Majority } from "./members/majority.ts";
import { Peers } from "./members/peers.ts";
import { failoverChart, sentinelFacts } from "./sentinels/shown.ts";
import { Sentinels } from "./sentinels/sentinels.ts";
import type { EntryWrite } from "./members/writes.ts";
import type { MajorityRules, PeerRules } from "./systems/system.ts";

export interface ClusterUsers {
  /** A member answers from now on; or it can't, and maybe not for long. */
  serves(member: number): void;
  leaderless(member: number, forLong: boolean): void;
  /** What it would answer for a name may be another from now on. */
  answersChanged(member: number, service: number): void;
}

/** Registries that are members of one: they agree by majority, tell each other, or watch each for itself, as their system has it. */
export class Cluster {
  private readonly run: Run;
  private readonly leases: Leases;
  private readonly majority: Majority;
  private readonly peers: Peers;
  readonly sentinels: Sentinels;
  private readonly users: ClusterUsers;

  constructor(run: Run, leases: Leases, users: ClusterUsers) {
    this.run = run;
    this.leases = leases;
    this.users = users;
    const letters = new Letters(run, (letter) => this.peers.lost(letter));
    this.majority = new Majority(run, letters, {
      rulesOf: (member) => this.majorityRules(member),
      fellowsOf: (member) => this.fellows(member),
      apply: (member, { kind, link, address }) => leases.agreed(member, kind as EntryWrite, link, address),
      hear: (leader, what, link, address) => leases.hear(leader, what, link, address),
      leads: (member) => leases.restart(member),
      rests: (member) => leases.halt(member),
      serves: users.serves,
      leaderless: users.leaderless,
      alone: (member) => this.part(member),
    });
    this.peers = new Peers(run, letters, {
      rulesOf: (member) => this.peerRules(member),
      hear: (member, what, link, address) => leases.hear(member, what, link, address),
      entriesOf: (member) => this.entriesOf(member),
    });
    this.sentinels = new Sentinels(run, leases, letters, {
      fellowsOf: (member) => this.fellows(member),
      answersChanged: users.answersChanged,
    });
  }

  fellows(member: number): readonly number[] {
    return fellowsOf(this.run.world, member);
  }

  /** Whether it is one of several that agree by majority. */
  agrees(member: number): boolean {
    return this.majorityRules(member) !== null;
  }

  isLeader(member: number): boolean {
    return this.majority.roles.isLeader(member);
  }

  /** Whether it looks at instances by itself. */
  watches(member: number): boolean {
    return this.sentinels.rulesOf(member) !== null;
  }

  /** The member whose word counts about entries, as this one knows it; −1: none. */
  keeperOf(member: number): number {
    return this.agrees(member) ? this.majority.roles.leaderOf(member) : member;
  }

  private rules(member: number): MajorityRules | PeerRules | null {
    return this.fellows(member).length < 2 ? null : this.leases.systemOf(member).members(this.leases.settingsOf(member));
  }

  private majorityRules(member: number): MajorityRules | null {
    const rules = this.rules(member);
    return rules?.by === "majority" ? rules : null;
  }

  private peerRules(member: number): PeerRules | null {
    const rules = this.rules(member);
    return rules?.by === "peers" ? rules : null;
  }

  private *entriesOf(member: number) {
    const { link, address } = this.leases.table;
    for (const row of this.leases.listedAt(member)) yield { link: link[row]!, address: address[row]! };
  }

  // Lives.

  create(member: number, warm: boolean): void {
    this.majority.has(member);
    this.peers.has(member);
    this.sentinels.has(member);
    if (warm && this.agrees(member)) this.majority.roles.place(member);
  }

  settle(member: number, warm: boolean): void {
    if (warm) this.majority.begin(member);
    else this.gather(member);
    if (warm && this.run.entities.effective[member] === presence.open) this.sentinels.begin(member, true);
  }

  /** It is up. Returns whether others decide when it answers. */
  opened(member: number): boolean {
    if (this.agrees(member)) this.majority.roles.send(member, "JOIN");
    else if (this.peerRules(member) !== null) this.peers.fetch(member);
    this.sentinels.begin(member, false);
    return this.agrees(member);
  }

  gone(member: number): void {
    const isProcess = this.run.entities.effective[member] === presence.refuse;
    if (isProcess) this.majority.roles.close(member);
    this.majority.roles.leave(member);
    this.peers.drop(member);
    this.sentinels.end(member);
  }

  /** It goes by other rules: what it agreed on with others is nothing to it. */
  forget(member: number): void {
    this.majority.roles.leave(member);
    this.majority.forget(member);
    this.peers.drop(member);
    this.sentinels.forget(member);
  }

  /** Links or rules have changed: those that are several now become members, and what the first of them knows all know. */
  gather(member: number): void {
    const fellows = this.fellows(member);
    if (!this.agrees(member)) return this.part(member);
    const first = fellows.find((one) => this.majority.hasLog(one)) ?? this.seed(fellows);
    for (const one of fellows) {
      if (!this.majority.roles.isIn(one)) this.admit(one, first);
    }
  }

  /** It stands alone again, and answers alone. */
  private part(member: number): void {
    if (!this.majority.roles.isIn(member)) return;
    this.majority.roles.leave(member);
    if (this.run.entities.effective[member] !== presence.open) return;
    this.leases.restart(member);
    this.users.serves(member);
  }

  private seed(fellows: readonly number[]): number {
    const first = fellows.find((one) => this.leases.listedAt(one).length > 0) ?? fellows[0]!;
    for (const { link, address } of this.entriesOf(first)) this.majority.known([first], link, address);
    return first;
  }

  private admit(member: number, first: number): void {
    const isOpen = this.run.entities.effective[member] === presence.open;
    if (member !== first && !this.majority.hasLog(member)) {
      this.leases.drop(member);
      for (const { link, address } of this.entriesOf(first)) this.leases.agreed(member, "ENTER", link, address);
      this.majority.takeLog(member, first);
    }
    if (!isOpen) return;
    this.leases.halt(member);
    this.majority.roles.send(member, "JOIN");
  }

  /** All members have long known an instance. */
  adopted(member: number, link: number, address: number): void {
    if (this.agrees(member)) this.majority.known(this.fellows(member), link, address);
  }

  // Entries.

  keepsTime(member: number): boolean {
    return !this.agrees(member) || this.majority.roles.isLeader(member);
  }

  isTaken(member: number, what: Said, link: number, address: number): boolean {
    if (this.watches(member)) {
      this.sentinels.hear(member, what, link, address);
      return true;
    }
    if (this.agrees(member)) {
      this.majority.receive(member, what, link, address);
      return true;
    }
    if (this.peerRules(member) === null) return false;
    this.leases.hear(member, what, link, address);
    this.peers.spread(member, what, link, address);
    if (what !== said.closed) answerInstance(this.run, member, link, "done");
    return true;
  }

  /** Nobody listens at a member: who has another to ask is told so at once, where a machine is there to say it. */
  unheard(member: number, linkRow: number): void {
    const link = this.run.world.links[linkRow];
    if (link === undefined || this.fellows(member).length < 2 || !this.run.members.connects(link, member)) return;
    if (this.run.entities.effective[member] === presence.refuse) answerInstance(this.run, member, linkRow, "nobody");
  }

  isProposed(row: number, what: EntryWrite): boolean {
    const { registry, link, address } = this.leases.table;
    if (!this.agrees(registry[row]!)) return false;
    this.majority.write(registry[row]!, what, link[row]!, address[row]!);
    return true;
  }

  /** How much later than its keeper a member learns of a change, at the latest. */
  lagUs(member: number): number {
    const rules = this.rules(member);
    if (rules === null) return 0;
    const furthestUs = Math.max(
      ...this.fellows(member).map((other) =>
        this.run.node(other).links.reduce((most, link) => Math.max(most, link.role === "peer" ? link.latencyUs : 0), 0),
      ),
    );
    return rules.by === "peers" ? rules.batchUs + furthestUs : 4 * furthestUs;
  }

  // What is to be seen.

  /** Role, term, leader and writes of one that agrees with others; of one of peers, how many it reaches. */
  facts(member: number): readonly Fact[] {
    const { majority } = this;
    const rules = this.rules(member);
    const of = this.fellows(member).length;
    if (this.watches(member)) return sentinelFacts(this.sentinels, member, of);
    if (rules === null) return [];
    if (rules.by === "peers") return [{ key: "members", value: `${this.peers.reachedBy(member)}/${of}` }];
    const leader = majority.roles.leaderOf(member);
    return [
      { key: "role", value: majority.roles.role.name(member), unit: "word" },
      { key: "term", value: majority.roles.termOf(member), unit: "count" },
      { key: "leader", value: leader < 0 ? null : this.run.world.nodeIds[leader]!, unit: "node" },
      { key: "writes", value: majority.writesOf(member), unit: "count" },
      ...(majority.roles.isLeader(member) ? [{ key: "members", value: `${majority.heardBy(member)}/${of}` } as const] : []),
    ];
  }

  chart(member: number) {
    if (this.watches(member)) return failoverChart(this.sentinels, member);
    return this.agrees(member) ? this.majority.roles.role.machine.describe(this.majority.roles.table.state[member]!) : null;
  }
}
