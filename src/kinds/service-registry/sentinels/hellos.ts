import { presence } from "../../../engine/entities.ts";
import { hop } from "../../../engine/feed.ts";
import type { Run } from "../../../engine/run.ts";
import type { Leases } from "../leases.ts";
import type { Letter, Letters } from "../members/letters.ts";
import { Pairs } from "../members/pairs.ts";
import type { BallotsUsers } from "./ballots.ts";
import type { Groups } from "./groups.ts";
import { helloUs } from "./timing.ts";

export interface HellosUsers extends Pick<BallotsUsers, "othersOf" | "epochs"> {
  /** The entry that a sentinel takes for the master. */
  masterIn(group: number): number;
  instancesOf(group: number): readonly number[];
  /** Another sentinel, of a later epoch, takes this one for the master. */
  heardOfMaster(group: number, entry: { readonly link: number; readonly address: number }): void;
}

/** What each sentinel says every two seconds on the instances' channel: that it is there, who is master, and since which epoch. */
export class Hellos {
  /** Who has heard whom. */
  private readonly pairs = new Pairs();
  private readonly run: Run;
  private readonly leases: Leases;
  private readonly groups: Groups;
  private readonly letters: Letters;
  private readonly users: HellosUsers;

  constructor(run: Run, leases: Leases, groups: Groups, letters: Letters, users: HellosUsers) {
    this.run = run;
    this.leases = leases;
    this.groups = groups;
    this.letters = letters;
    this.users = users;
    run.keep(this.pairs);
    const carries = (from: number, to: number, { entry }: Letter) => this.carries(from, to, entry - 1);
    letters.on("hello", (to, letter) => this.heard(to, letter), carries);
  }

  /** How many sentinels one hears of, itself included. */
  heardBy(sentinel: number): number {
    const sinceUs = this.run.kernel.nowUs - 2 * helloUs;
    const isHeard = (other: number) => this.pairs.table.heardUs[this.pairs.find(sentinel, other)]! >= sinceUs;
    return 1 + this.users.othersOf(sentinel).filter(isHeard).length;
  }

  publishIfDue(group: number): void {
    if (this.run.kernel.nowUs - this.groups.table.helloUs[group]! > helloUs) this.publish(group);
  }

  publish(group: number): void {
    const { table } = this.groups;
    const sentinel = table.sentinel[group]!;
    table.helloUs[group] = this.run.kernel.nowUs;
    const address = this.leases.table.address[this.users.masterIn(group)]!;
    const what = { term: this.users.epochs.of(sentinel), commit: table.configEpoch[group]!, entry: group + 1, address };
    const { cause } = this.run.kernel;
    for (const other of this.users.othersOf(sentinel)) {
      this.run.kernel.cause = cause;
      this.letters.send("hello", sentinel, other, hop["member-heartbeat"], what);
    }
  }

  /** Whether there is an instance that both reach: it goes by way of one, and not from sentinel to sentinel. */
  private carries(from: number, to: number, group: number): boolean {
    const { network } = this.run;
    const { address } = this.leases.table;
    const meets = (row: number, sentinel: number) =>
      this.leases.wires.isWhole(row, sentinel) && network.meets(address[row]!, sentinel) === presence.open;
    return this.users.instancesOf(group).some((row) => row >= 0 && meets(row, from) && meets(row, to));
  }

  private heard(sentinel: number, { from, term, commit, entry, address }: Letter): void {
    const { table } = this.groups;
    this.pairs.table.heardUs[this.pairs.find(sentinel, from)] = this.run.kernel.nowUs;
    this.users.epochs.raise(sentinel, term);
    const group = this.groups.of(sentinel, table.service[entry - 1]!);
    if (group < 0 || commit <= table.configEpoch[group]!) return;
    table.configEpoch[group] = commit;
    const theirs = [...this.leases.rowsAt(from)].find((row) => this.leases.table.address[row] === address && this.leases.isListed(row));
    const ours = this.leases.table.address[this.users.masterIn(group)];
    if (theirs !== undefined && ours !== address) this.users.heardOfMaster(group, { link: this.leases.table.link[theirs]!, address });
  }
}
