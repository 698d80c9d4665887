import { uniform } from "../../../base/random.ts";
import { hop } from "../../../engine/feed.ts";
import type { Run } from "../../../engine/run.ts";
import type { Leases } from "../leases.ts";
import type { Letter, Letters } from "../members/letters.ts";
import type { Groups } from "./groups.ts";
import { Opinions } from "./opinions.ts";
import { askUs, desyncUs } from "./timing.ts";

export interface BallotsUsers {
  othersOf(sentinel: number): readonly number[];
  /** The latest epoch that a sentinel knows of. */
  readonly epochs: { readonly of: (sentinel: number) => number; readonly raise: (sentinel: number, epoch: number) => void };
  /** It finds its master down. */
  isDown(group: number): boolean;
  /** It stands for election. */
  stands(group: number): boolean;
}

/** What sentinels ask each other: whether the master is down for them too, and, who stands, for their vote (SENTINEL is-master-down-by-addr). */
export class Ballots {
  private readonly run: Run;
  private readonly leases: Leases;
  private readonly groups: Groups;
  private readonly letters: Letters;
  private readonly opinions = new Opinions();
  private readonly users: BallotsUsers;

  constructor(run: Run, leases: Leases, groups: Groups, letters: Letters, users: BallotsUsers) {
    this.run = run;
    this.leases = leases;
    this.groups = groups;
    this.letters = letters;
    this.users = users;
    run.keep(this.opinions);
    letters.on("is-master-down", (to, letter) => this.asked(to, letter));
    letters.on("master-down", (to, letter) => this.answered(to, letter));
  }

  /** Each is asked again a second after its last answer; all at once by who has just stood. */
  ask(group: number, atOnce = false): void {
    const { nowUs } = this.run.kernel;
    const sentinel = this.groups.table.sentinel[group]!;
    const term = this.users.epochs.of(sentinel);
    const says = this.users.stands(group) ? 1 : 0;
    for (const other of this.users.othersOf(sentinel)) {
      if (!atOnce && nowUs - this.opinions.saidUs(group, other) < askUs) continue;
      this.letters.send("is-master-down", sentinel, other, hop.vote, { term, says, address: this.masterAddress(group) });
    }
  }

  /** How many find the master down, this one included. */
  downFor(group: number): number {
    return 1 + this.opinionsOn(group).filter(({ isDown }) => isDown).length;
  }

  forget(group: number): void {
    this.opinions.forget(group);
  }

  /** Who is elected in an epoch, and by how many; null: nobody yet. Who counts votes too: for the one who has most, else for itself. */
  elected(group: number, epoch: number, quorum: number): { readonly leader: number; readonly votes: number } | null {
    const sentinel = this.groups.table.sentinel[group]!;
    const votes = new Map<number, number>();
    for (const one of this.opinionsOn(group))
      if (one.leader >= 0 && one.epoch === epoch) votes.set(one.leader, (votes.get(one.leader) ?? 0) + 1);
    const most = () => [...votes].reduce((first, one) => (one[1] > first[1] ? one : first), [-1, 0] as const);
    const own = this.vote(group, epoch, most()[0] < 0 ? sentinel : most()[0]);
    if (own >= 0) votes.set(own, (votes.get(own) ?? 0) + 1);
    const [leader, count] = most();
    const voters = this.users.othersOf(sentinel).length + 1;
    return count >= Math.max(Math.floor(voters / 2) + 1, quorum) ? { leader, votes: count } : null;
  }

  /** One vote an epoch. Who votes for another stands no more for a while. Returns for whom it has voted in this epoch; −1: nobody. */
  private vote(group: number, epoch: number, candidate: number): number {
    const { table } = this.groups;
    const sentinel = table.sentinel[group]!;
    this.users.epochs.raise(sentinel, epoch);
    if (table.leaderEpoch[group]! < epoch && this.users.epochs.of(sentinel) <= epoch) {
      table.leader[group] = candidate + 1;
      table.leaderEpoch[group] = epoch;
      if (candidate !== sentinel) table.startUs[group] = this.run.kernel.nowUs + this.desync(sentinel, epoch);
    }
    return table.leaderEpoch[group] === epoch ? table.leader[group]! - 1 : -1;
  }

  desync(sentinel: number, epoch: number): number {
    return Math.floor(uniform(this.run.luckOf(sentinel, "desync"), epoch) * desyncUs);
  }

  private opinionsOn(group: number) {
    const { nowUs } = this.run.kernel;
    const others = this.users.othersOf(this.groups.table.sentinel[group]!);
    return others.map((other) => this.opinions.of(group, other, nowUs)).filter((opinion) => opinion !== null);
  }

  private masterAddress(group: number): number {
    return this.leases.table.address[this.groups.table.master[group]! - 1]!;
  }

  private groupBy(sentinel: number, address: number): number {
    for (const group of this.groups.at(sentinel)) if (this.masterAddress(group) === address) return group;
    return -1;
  }

  private asked(sentinel: number, { from, term, says, address }: Letter): void {
    const group = this.groupBy(sentinel, address);
    if (group < 0) return;
    if (says === 1) this.vote(group, term, from);
    const { leader, leaderEpoch } = this.groups.table;
    const answer = { term: leaderEpoch[group]!, entry: leader[group]!, says: this.users.isDown(group) ? 1 : 0, address };
    this.letters.send("master-down", sentinel, from, hop.vote, answer);
  }

  private answered(sentinel: number, { from, term, entry, says, address }: Letter): void {
    const group = this.groupBy(sentinel, address);
    if (group >= 0) this.opinions.heard(group, from, { isDown: says === 1, leader: entry - 1, epoch: term }, this.run.kernel.nowUs);
  }
}
