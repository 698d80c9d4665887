import { presence } from "../../../engine/entities.ts";
import { priority } from "../../../engine/kernel/kernel.ts";
import { makeTable } from "../../../engine/kernel/table.ts";
import { code } from "../../../engine/protocol.ts";
import type { Run } from "../../../engine/run.ts";
import { wayBetween } from "./fellows.ts";

/** What one member writes to another. */
export const letterKinds = [
  // Raft's messages.
  "append",
  "append-answer",
  "ask-vote",
  "vote",
  // What an instance said to a member that does not decide, and what became of it.
  "forward",
  "outcome",
  // Among peers: what instances said, that it has arrived, and a newcomer's question for all there is.
  "replicate",
  "replicate-answer",
  "fetch",
  // Sentinels': whether the master is down for another too, and its vote; what that answers; who is master.
  "is-master-down",
  "master-down",
  "hello",
  // The connection to a leader is closed: its process is gone.
  "closed",
] as const;
export type LetterKind = (typeof letterKinds)[number];

export interface Letter {
  readonly from: number;
  readonly term: number;
  /** A write of the log (row + 1), and the last that is agreed on (row + 1). */
  readonly entry: number;
  readonly commit: number;
  readonly link: number;
  readonly address: number;
  /** What an instance said, or yes (1) and no (0). */
  readonly says: number;
  /** The first of a chain of things said (row + 1). */
  readonly chain: number;
}

const columns = {
  kind: "u8",
  from: "i32",
  term: "i32",
  entry: "i32",
  commit: "i32",
  link: "i32",
  address: "i32",
  says: "u8",
  chain: "i32",
} as const;

/** The letters that members have under way to each other: they take the wire's time, and are lost where the wire is cut. */
export class Letters {
  private readonly run: Run;
  private readonly table = makeTable(columns);
  private readonly readers: ((to: number, letter: Letter) => void)[] = [];
  private readonly ways: ((from: number, to: number, letter: Letter) => boolean)[] = [];
  /** What becomes of a letter that does not arrive: whatever it holds is to be freed. */
  private readonly lost: (letter: Letter) => void;

  constructor(run: Run, lost: (letter: Letter) => void) {
    this.run = run;
    this.lost = lost;
    run.keep(this.table);
    run.receive(code.fromMember, (to, letter) => this.arrive(to, letter));
  }

  /** `reaches`: whether there is a way for it, where that is not the one from member to member. */
  on(
    kind: LetterKind,
    reader: (to: number, letter: Letter) => void,
    reaches = (from: number, to: number, _: Letter) => this.reaches(from, to),
  ): void {
    this.readers[letterKinds.indexOf(kind)] = reader;
    this.ways[letterKinds.indexOf(kind)] = reaches;
  }

  /** `hop`: what it is drawn as. `laterUs`: so long after now it is sent off. */
  send(kind: LetterKind, from: number, to: number, hop: number, what: Partial<Letter>, laterUs = 0): void {
    const { table, run } = this;
    const { kernel, feed } = run;
    const letter = table.add();
    const written: Letter = { from, term: 0, entry: 0, commit: 0, link: 0, address: 0, says: 0, chain: 0, ...what };
    table.kind[letter] = letterKinds.indexOf(kind);
    for (const name of Object.keys(written) as (keyof Letter)[]) table[name][letter] = written[name];
    const way = wayBetween(run, from, to);
    kernel.after(laterUs + way.latencyUs, priority.arrival, code.fromMember, to, letter, 0);
    if (feed.on && laterUs === 0) feed.hop(kernel.nowUs, kernel.nowUs + way.latencyUs, from, to, way.link, hop, -1, -1);
  }

  private arrive(to: number, row: number): void {
    const { table, run } = this;
    const kind = table.kind[row]!;
    const { from, term, entry, commit, link, address, says, chain } = table;
    const letter: Letter = {
      from: from[row]!,
      term: term[row]!,
      entry: entry[row]!,
      commit: commit[row]!,
      link: link[row]!,
      address: address[row]!,
      says: says[row]!,
      chain: chain[row]!,
    };
    table.drop(row);
    const isThere = run.entities.effective[to] === presence.open && run.world.nodes[letter.from] !== undefined;
    if (isThere && this.ways[kind]!(letter.from, to, letter)) this.readers[kind]!(to, letter);
    else this.lost(letter);
  }

  /** Whether two members can speak: they are in one piece of the network, and the way between them is whole. */
  reaches(from: number, to: number): boolean {
    const { island } = this.run.entities;
    return island[from] === island[to] && wayBetween(this.run, from, to).isWhole;
  }
}
