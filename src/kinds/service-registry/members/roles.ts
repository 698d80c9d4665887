import { uniform } from "../../../base/random.ts";
import { hop } from "../../../engine/feed.ts";
import type { Hosting } from "../../../engine/hosting.ts";
import { makeTable } from "../../../engine/kernel/table.ts";
import { memberRole } from "../../../engine/machines/member-role.ts";
import type { Run } from "../../../engine/run.ts";
import type { MajorityRules } from "../systems/system.ts";
import { othersOf, silenceOf } from "./fellows.ts";
import type { Letter, LetterKind, Letters } from "./letters.ts";

/** Election timeouts are drawn from so many of one range: what is restarted with each heartbeat stays in few lanes. */
const draws = 64;

/** What a candidate asks for, and what it is given; 0 is no. */
const ballot = { votes: 1, wouldVote: 2 } as const;

const columns = {
  state: "i32",
  term: "i32",
  /** For whom it has voted in this term (row + 1). */
  votedFor: "i32",
  /** Whom it follows (row + 1); its own row + 1 if it leads. */
  leader: "i32",
  votes: "i32",
  /** What it asks the others for: a vote, or whether they would vote for it. */
  asks: "u8",
  /** That it stands for election has been said; not said again until somebody leads. */
  isTold: "u8",
} as const;

export interface RolesUsers {
  rulesOf(member: number): MajorityRules | null;
  fellowsOf(member: number): readonly number[];
  logOf(member: number): number;
  /** Whether a log may lead where another is known. */
  isUpToDate(log: number, than: number): boolean;
  elected(member: number): void;
  deposed(member: number): void;
  /** A leader shows that it is there. */
  beat(member: number): void;
  /** It knows of no leader, and can't answer; or it has known of none for long, and whoever reads it had better ask another. */
  leaderless(member: number, forLong: boolean): void;
  /** It has no fellows any more. */
  alone(member: number): void;
}

/** Who of the members leads, in which term, and how that is decided (Raft: Ongaro and Ousterhout 2014, §5.2). */
export class Roles {
  readonly role: Hosting;
  readonly table = makeTable(columns);
  private readonly run: Run;
  private readonly letters: Letters;
  private readonly users: RolesUsers;

  constructor(run: Run, letters: Letters, users: RolesUsers) {
    this.run = run;
    this.letters = letters;
    this.users = users;
    run.keep(this.table);
    this.role = run.host(memberRole, {
      column: this.table,
      delayUs: (row, delay) => (delay === "heartbeat" ? (users.rulesOf(row)?.heartbeatUs ?? Infinity) : this.electionUs(row)),
      effects: {
        stood: (row) => this.stood(row),
        elected: (row) => this.elected(row),
        deposed: (row) => users.deposed(row),
        beat: (row) => users.beat(row),
      },
      onChange: (row) => run.touch(row),
    });
    letters.on("ask-vote", (to, letter) => this.asked(to, letter));
    letters.on("vote", (to, letter) => this.voted(to, letter));
    letters.on("closed", (to, letter) => this.closed(to, letter));
  }

  has(member: number): void {
    while (this.table.length <= member) this.table.add();
  }

  isLeader(member: number): boolean {
    return this.role.is(member, "leader");
  }

  isIn(member: number): boolean {
    return !this.role.is(member, "out");
  }

  termOf(member: number): number {
    return this.table.term[member]!;
  }

  /** Whom a member follows; itself if it leads; −1: it knows of none. */
  leaderOf(member: number): number {
    return this.table.leader[member]! - 1;
  }

  others(member: number): readonly number[] {
    return othersOf(this.run.world, member);
  }

  quorum(member: number): number {
    return Math.floor(this.users.fellowsOf(member).length / 2) + 1;
  }

  send(member: number, event: "JOIN" | "LEAVE" | "HEARD" | "STAND" | "WIN" | "STEP_DOWN"): boolean {
    return this.role.send(member, this.role.machine.eventOf(event));
  }

  toOthers(kind: LetterKind, member: number, drawn: number, what: Partial<Letter>): void {
    const { cause } = this.run.kernel;
    for (const other of this.others(member)) {
      this.run.kernel.cause = cause;
      this.letters.send(kind, member, other, drawn, what);
    }
  }

  // Beginnings and ends.

  /** The beginning of a warm run: somebody has long been elected. */
  place(member: number): void {
    const draw = (row: number) => uniform(this.run.luckOf(row, "first-leader"), 0);
    const leader = this.users.fellowsOf(member).reduce((first, row) => (draw(row) < draw(first) ? row : first));
    this.role.place(member, leader === member ? "leader" : "follower");
    this.table.term[member] = 1;
    this.table.leader[member] = leader + 1;
    this.table.votedFor[member] = leader + 1;
  }

  /** Its time begins: what was placed counts from now. */
  begin(member: number, { heartbeatUs }: MajorityRules): void {
    this.role.delays.start(member, this.isLeader(member) ? heartbeatUs : this.electionUs(member));
  }

  /** It is down, or stands alone. Its term and its vote are on its disk. */
  leave(member: number): void {
    this.send(member, "LEAVE");
    this.table.leader[member] = 0;
  }

  forget(member: number): void {
    for (const name of ["term", "votedFor", "leader"] as const) this.table[name][member] = 0;
  }

  /** Its process is gone, and its machine closes its connections: who followed it knows, where that means anything (ZooKeeper). */
  close(member: number): void {
    const rules = this.users.rulesOf(member);
    if (rules?.lookingUs === undefined || !this.isLeader(member)) return;
    const [fromUs, toUs] = rules.lookingUs;
    const term = this.termOf(member);
    for (const other of this.others(member)) {
      const share = uniform(this.run.luckOf(other, "closed"), term);
      this.letters.send("closed", member, other, hop.refusal, { term }, Math.floor(fromUs + share * (toUs - fromUs)));
    }
  }

  private closed(member: number, { from, term }: Letter): void {
    if (this.leaderOf(member) === from && this.termOf(member) === term) this.send(member, "STAND");
  }

  // Elections.

  private electionUs(member: number): number {
    const rules = this.users.rulesOf(member);
    if (rules === null) return Infinity;
    const isLooking = this.role.is(member, "candidate") || this.table.leader[member] === 0;
    const [fromUs, toUs] = (isLooking ? rules.lookingUs : null) ?? rules.electionUs;
    const draw = Math.floor(uniform(this.run.luckOf(member, "election-timeout"), this.termOf(member)) * draws);
    return Math.floor(fromUs + (draw / draws) * (toUs - fromUs));
  }

  private stood(member: number): void {
    const { table, run } = this;
    const rules = this.users.rulesOf(member);
    if (rules === null) return this.users.alone(member);
    const before = this.leaderOf(member);
    run.kernel.cause = before >= 0 && before !== member ? silenceOf(run, member, before) : -1;
    if (table.isTold[member] === 0) run.note("election-began", member, -1, this.termOf(member) + 1);
    const isFirst = table.isTold[member] === 0;
    table.isTold[member] = 1;
    table.leader[member] = 0;
    this.users.leaderless(member, !isFirst);
    if (rules.asksFirst === true) this.ask(member, ballot.wouldVote);
    else this.stand(member);
  }

  /** It stands in the next term. */
  private stand(member: number): void {
    this.table.term[member]!++;
    this.table.votedFor[member] = member + 1;
    this.ask(member, ballot.votes);
  }

  private ask(member: number, says: number): void {
    this.table.votes[member] = 1;
    this.table.asks[member] = says;
    const term = this.termOf(member) + (says === ballot.wouldVote ? 1 : 0);
    this.toOthers("ask-vote", member, hop.vote, { term, entry: this.users.logOf(member), says });
  }

  private asked(member: number, letter: Letter): void {
    if (!this.isIn(member)) return;
    const says = letter.says === ballot.wouldVote ? this.wouldVote(member, letter) : this.vote(member, letter);
    this.letters.send("vote", member, letter.from, hop.vote, { term: this.termOf(member), says });
  }

  /** Who has a leader would not; nothing changes by the question (Ongaro 2014, §9.6). */
  private wouldVote(member: number, { term, entry }: Letter): number {
    const isFree = this.leaderOf(member) < 0 && term > this.termOf(member);
    return isFree && this.users.isUpToDate(entry, this.users.logOf(member)) ? ballot.wouldVote : 0;
  }

  private vote(member: number, { from, term, entry }: Letter): number {
    const { table } = this;
    if (term > this.termOf(member)) this.enterTerm(member, term);
    const isFree = table.votedFor[member] === 0 || table.votedFor[member] === from + 1;
    if (term !== this.termOf(member) || !isFree || !this.users.isUpToDate(entry, this.users.logOf(member))) return 0;
    table.votedFor[member] = from + 1;
    this.send(member, "HEARD");
    return ballot.votes;
  }

  private voted(member: number, { term, says }: Letter): void {
    const { table } = this;
    if (term > this.termOf(member)) return this.enterTerm(member, term);
    const isForNow = says === ballot.wouldVote || term === this.termOf(member);
    if (!this.role.is(member, "candidate") || says === 0 || says !== table.asks[member] || !isForNow) return;
    table.votes[member]!++;
    if (table.votes[member]! < this.quorum(member)) return;
    if (says === ballot.wouldVote) this.stand(member);
    else this.send(member, "WIN");
  }

  private elected(member: number): void {
    const { table } = this;
    table.leader[member] = member + 1;
    table.isTold[member] = 0;
    this.run.note("elected", member, -1, this.termOf(member), table.votes[member]!);
    this.users.elected(member);
  }

  /** Somebody is in a later term: whatever it was, it follows. */
  enterTerm(member: number, term: number): void {
    const { table } = this;
    table.term[member] = term;
    table.votedFor[member] = 0;
    table.leader[member] = 0;
    this.send(member, "STEP_DOWN");
  }

  /** A leader that gives up. */
  abdicate(member: number): void {
    this.table.leader[member] = 0;
    this.send(member, "STEP_DOWN");
    this.users.leaderless(member, true);
  }

  /** It hears a leader of its term, or a later one. Returns whether it is another than before. */
  follow(member: number, leader: number, term: number): boolean {
    const { table } = this;
    if (term > this.termOf(member)) this.enterTerm(member, term);
    const isNew = this.leaderOf(member) !== leader;
    table.leader[member] = leader + 1;
    table.isTold[member] = 0;
    this.send(member, this.role.is(member, "follower") ? "HEARD" : "STEP_DOWN");
    return isNew;
  }
}
