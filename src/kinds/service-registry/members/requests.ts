import { hop } from "../../../engine/feed.ts";
import { makeTable } from "../../../engine/kernel/table.ts";
import type { Run } from "../../../engine/run.ts";
import { answerInstance, type Said } from "./answers.ts";
import type { Letter, Letters } from "./letters.ts";

export interface RequestsUsers {
  leaderOf(member: number): number;
  logOf(member: number): number;
  /** What an instance said has come to the leader, which may write something down for it. */
  hear(leader: number, what: Said, link: number, address: number): void;
}

/** What instances say to members that agree by majority: it is passed on to the leader, and answered once it is agreed on. */
export class Requests {
  /** Instances that wait for what they said to be agreed on: the log that ends with it, and the member that they spoke to. */
  private readonly owed = makeTable({ log: "i32", leader: "i32", via: "i32", link: "i32", isOpen: "u8" });
  private readonly run: Run;
  private readonly letters: Letters;
  private readonly users: RequestsUsers;

  constructor(run: Run, letters: Letters, users: RequestsUsers) {
    this.run = run;
    this.letters = letters;
    this.users = users;
    run.keep(this.owed);
    letters.on("forward", (to, letter) => this.forwarded(to, letter));
    letters.on("outcome", (to, letter) => answerInstance(run, to, letter.link, letter.says === 1 ? "done" : "refused"));
  }

  /** An instance has said something to a member: the leader decides; where none is known, it is refused. */
  receive(member: number, what: Said, link: number, address: number): void {
    const leader = this.users.leaderOf(member);
    if (leader < 0) answerInstance(this.run, member, link, "refused");
    else if (leader === member) this.decide(member, member, what, link, address);
    else this.letters.send("forward", member, leader, hop.register, { says: what, link, address });
  }

  private forwarded(member: number, { from, says, link, address }: Letter): void {
    if (this.users.leaderOf(member) === member) this.decide(member, from, says as Said, link, address);
    else this.tell(from, member, link, false);
  }

  private decide(leader: number, via: number, what: Said, link: number, address: number): void {
    const { owed, users } = this;
    const before = users.logOf(leader);
    users.hear(leader, what, link, address);
    const log = users.logOf(leader);
    if (log === before) return this.tell(via, leader, link, true);
    const row = owed.add();
    owed.log[row] = log;
    owed.leader[row] = leader;
    owed.via[row] = via;
    owed.link[row] = link;
    owed.isOpen[row] = 1;
  }

  /** A leader's log is agreed on up to here: whoever waits for that is told. */
  agreed(leader: number, log: number): void {
    const { owed } = this;
    for (const row of this.rowsOf(leader)) {
      if (owed.log[row] !== log) continue;
      this.tell(owed.via[row]!, leader, owed.link[row]!, true);
      this.settle(row);
    }
  }

  /** It leads no more, and can't tell what becomes of what it wrote down: nobody is answered. */
  drop(leader: number): void {
    for (const row of this.rowsOf(leader)) this.settle(row);
  }

  private rowsOf(leader: number): number[] {
    const { owed } = this;
    return Array.from({ length: owed.length }, (_, row) => row).filter((row) => owed.isOpen[row] === 1 && owed.leader[row] === leader);
  }

  private settle(row: number): void {
    this.owed.isOpen[row] = 0;
    this.owed.drop(row);
  }

  private tell(via: number, leader: number, link: number, done: boolean): void {
    if (via === leader) answerInstance(this.run, leader, link, done ? "done" : "refused");
    else this.letters.send("outcome", leader, via, done ? hop.tell : hop.refusal, { link, says: done ? 1 : 0 });
  }
}
