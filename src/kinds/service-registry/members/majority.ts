import { hop } from "../../../engine/feed.ts";
import { makeTable } from "../../../engine/kernel/table.ts";
import type { Run } from "../../../engine/run.ts";
import type { MajorityRules } from "../systems/system.ts";
import type { Said } from "./answers.ts";
import { silenceOf } from "./fellows.ts";
import type { Letter, Letters } from "./letters.ts";
import { Pairs } from "./pairs.ts";
import { Requests } from "./requests.ts";
import { Roles } from "./roles.ts";
import { Writes, type EntryWrite, type Write } from "./writes.ts";

/** A member's log, how much of it is agreed on, and how much has taken effect (logs; `writes.ts`). */
const columns = { log: "i32", agreed: "i32", applied: "i32" } as const;

export interface MajorityUsers {
  rulesOf(member: number): MajorityRules | null;
  fellowsOf(member: number): readonly number[];
  /** What is agreed on takes effect at a member. */
  apply(member: number, write: Write): void;
  /** What an instance said has come to the leader. */
  hear(leader: number, what: Said, link: number, address: number): void;
  /** It keeps the time of all entries from now on, or no more. */
  leads(member: number): void;
  rests(member: number): void;
  /** It answers instances and consumers; or it can't, and may not for long. */
  serves(member: number): void;
  leaderless(member: number, forLong: boolean): void;
  /** It has no fellows any more. */
  alone(member: number): void;
}

/** Members that agree by majority: one leads, and what it writes counts once a majority has it (Raft, §5.3 and §5.4). */
export class Majority {
  readonly roles: Roles;
  private readonly table = makeTable(columns);
  private readonly writes = new Writes();
  private readonly pairs = new Pairs();
  private readonly requests: Requests;
  private readonly run: Run;
  private readonly letters: Letters;
  private readonly users: MajorityUsers;

  constructor(run: Run, letters: Letters, users: MajorityUsers) {
    this.run = run;
    this.letters = letters;
    this.users = users;
    for (const table of [this.table, this.writes, this.pairs]) run.keep(table);
    this.roles = new Roles(run, letters, {
      rulesOf: users.rulesOf,
      fellowsOf: users.fellowsOf,
      logOf: (member) => this.table.log[member]!,
      isUpToDate: (log, than) => this.writes.isUpToDate(log, than),
      elected: (member) => this.elected(member),
      deposed: (member) => this.deposed(member),
      beat: (member) => this.beat(member),
      leaderless: users.leaderless,
      alone: users.alone,
    });
    this.requests = new Requests(run, letters, {
      leaderOf: (member) => this.roles.leaderOf(member),
      logOf: (member) => this.table.log[member]!,
      hear: users.hear,
    });
    letters.on("append", (to, letter) => this.append(to, letter));
    letters.on("append-answer", (to, letter) => this.appended(to, letter));
  }

  has(member: number): void {
    this.roles.has(member);
    while (this.table.length <= member) this.table.add();
  }

  /** How many writes it knows to be agreed on. */
  writesOf(member: number): number {
    return this.writes.indexOf(this.table.agreed[member]!);
  }

  /** How many members a leader has heard lately, itself included. */
  heardBy(member: number): number {
    return 1 + this.heardOthers(member).length;
  }

  /** An instance has said something to a member. */
  receive(member: number, what: Said, link: number, address: number): void {
    this.requests.receive(member, what, link, address);
  }

  // Beginnings.

  /** Its time begins, in a warm run. */
  begin(member: number): void {
    const rules = this.users.rulesOf(member);
    if (rules === null || !this.roles.isIn(member)) return;
    if (this.roles.isLeader(member)) for (const other of this.roles.others(member)) this.heard(member, other, this.table.log[member]!);
    this.roles.begin(member, rules);
  }

  /** An entry that all have long known. */
  known(members: readonly number[], link: number, address: number): void {
    const { table, writes } = this;
    const term = this.roles.termOf(members[0]!);
    const kinds: readonly EntryWrite[] = ["ENTER", "PASS"];
    const log = kinds.reduce((end, kind) => writes.append(end, { kind, link, address, term }), table.log[members[0]!]!);
    for (const member of members) table.log[member] = table.agreed[member] = table.applied[member] = log;
  }

  hasLog(member: number): boolean {
    return this.table.log[member] !== 0;
  }

  /** It becomes one of several, and knows what one of the others knows. */
  takeLog(member: number, from: number): void {
    const { table } = this;
    table.log[member] = table.agreed[member] = table.applied[member] = table.applied[from]!;
  }

  /** Its log is not worth anything: it goes by other rules. */
  forget(member: number): void {
    this.roles.forget(member);
    for (const name of ["log", "agreed", "applied"] as const) this.table[name][member] = 0;
  }

  // The leader, and those who follow it.

  private elected(member: number): void {
    for (const other of this.roles.others(member)) this.heard(member, other, 0);
    // What earlier leaders wrote counts once a write of this term does (§5.4.2): so it begins with one of its own.
    this.write(member, "LEADS", -1, -1);
  }

  private deposed(member: number): void {
    this.requests.drop(member);
    this.users.rests(member);
  }

  private beat(member: number): void {
    if (this.users.rulesOf(member) === null) return this.users.alone(member);
    const heard = this.heardOthers(member);
    this.run.kernel.cause = -1;
    if (heard.length + 1 >= this.roles.quorum(member)) return this.appendAll(member, hop["member-heartbeat"]);
    const missed = this.roles.others(member).find((other) => !heard.includes(other))!;
    this.run.kernel.cause = silenceOf(this.run, member, missed);
    this.run.note("quorum-lost", member, -1, heard.length + 1, this.users.fellowsOf(member).length);
    this.roles.abdicate(member);
  }

  private heardOthers(member: number): readonly number[] {
    const sinceUs = this.run.kernel.nowUs - (this.users.rulesOf(member)?.leaseUs ?? Infinity);
    return this.roles.others(member).filter((other) => this.pairs.table.heardUs[this.pairs.find(member, other)]! >= sinceUs);
  }

  /** Something is to befall an entry: the leader writes it down, and it does once a majority has it. */
  write(leader: number, kind: Write["kind"], link: number, address: number): void {
    if (!this.roles.isLeader(leader)) return;
    const { log } = this.table;
    log[leader] = this.writes.append(log[leader]!, { kind, link, address, term: this.roles.termOf(leader) });
    this.appendAll(leader, hop.replicate);
  }

  private appendAll(member: number, drawn: number): void {
    const { log, agreed } = this.table;
    this.roles.toOthers("append", member, drawn, { term: this.roles.termOf(member), entry: log[member]!, commit: agreed[member]! });
  }

  private append(member: number, letter: Letter): void {
    const { roles } = this;
    if (!roles.isIn(member)) return;
    const isCurrent = letter.term >= roles.termOf(member);
    if (isCurrent) this.take(member, letter);
    const answer = { term: roles.termOf(member), entry: letter.entry, says: isCurrent ? 1 : 0 };
    this.letters.send("append-answer", member, letter.from, hop["member-heartbeat"], answer);
  }

  /** It takes over the leader's log. What it has beyond it was written in vain, unless the leader's is the beginning of it. */
  private take(member: number, { from, term, entry, commit }: Letter): void {
    const { table, writes, roles } = this;
    // That somebody leads is nothing that was missed.
    const lacked = writes.after(table.agreed[member]!, entry).filter((log) => writes.at(log).kind !== "LEADS").length;
    if (!writes.begins(entry, table.log[member]!)) table.log[member] = entry;
    if (roles.follow(member, from, term)) {
      this.run.note("follows", member, from, term, lacked);
      this.users.serves(member);
    }
    this.agree(member, commit);
  }

  private appended(member: number, { from, term, entry, says }: Letter): void {
    const { table, roles } = this;
    if (term > roles.termOf(member)) return roles.enterTerm(member, term);
    if (!roles.isLeader(member) || term !== roles.termOf(member) || says === 0) return;
    this.heard(member, from, entry);
    const before = table.agreed[member]!;
    this.agree(member, this.majorityHas(member));
    if (table.agreed[member] !== before) this.appendAll(member, hop["member-heartbeat"]);
  }

  private heard(member: number, other: number, log: number): void {
    this.pairs.heard(member, other, this.roles.termOf(member), log, this.run.kernel.nowUs, this.writes);
  }

  /** As much of the leader's log as a majority has, if its end is of this term (§5.4.2); else what was agreed on before. */
  private majorityHas(member: number): number {
    const { table, writes, pairs, roles } = this;
    const logs = roles.others(member).map((other) => pairs.table.matched[pairs.find(member, other)]!);
    const longest = [table.log[member]!, ...logs].sort((one, other) => writes.indexOf(other) - writes.indexOf(one));
    const shared = longest[roles.quorum(member) - 1]!;
    return writes.termOf(shared) === roles.termOf(member) ? shared : table.agreed[member]!;
  }

  /** So much of its log is agreed on: it takes effect here. */
  private agree(member: number, commit: number): void {
    const { table, writes } = this;
    if (writes.indexOf(commit) <= writes.indexOf(table.agreed[member]!)) return;
    table.agreed[member] = commit;
    for (const log of writes.after(table.applied[member]!, commit)) {
      table.applied[member] = log;
      this.apply(member, log);
    }
    this.run.touch(member);
  }

  private apply(member: number, log: number): void {
    const write = this.writes.at(log);
    const { kernel } = this.run;
    const { cause } = kernel;
    if (write.kind !== "LEADS") this.users.apply(member, write);
    else if (this.roles.isLeader(member) && write.term === this.roles.termOf(member)) {
      this.users.leads(member);
      this.users.serves(member);
    }
    kernel.cause = cause;
    this.requests.agreed(member, log);
    kernel.cause = cause;
  }
}
