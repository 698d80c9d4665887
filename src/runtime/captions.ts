import type { NodeId } from "../document/topology.ts";
import type { LogRow, Tone } from "../engine/status.ts";
import { foreseen, vocabulary, type What } from "../engine/vocabulary.ts";
import type { Caption } from "./protocol.ts";
import type { Rows } from "./engine-port.ts";
import { befalls, Faults, type Explanation, type Fault } from "./faults.ts";
import { isCall, lossParts, lossStory, originOf, type LossStory } from "./losses.ts";
import { momentOf, type Moment } from "./moments.ts";
import { crowdOf, tellers, type Telling, type Prediction } from "./tellings.ts";

/** Losses that follow each other within this time are one burst, and one caption. */
const burstUs = 3_000_000;
/** The same thing said of several nodes within this time is said once. */
const crowdUs = 1_000_000;
const nodesNamed = 12;
const readable = 3;

interface Burst {
  readonly caption: Caption;
  readonly untilUs: number;
  readonly others: ReadonlySet<NodeId>;
}

interface Explained extends Explanation {
  /** Where a loss began: the failed call that a retry or a lost request follows from. */
  readonly origin: LogRow;
}

export interface Told {
  /** A caption whose row was told before is that caption grown: its counts, its nodes. */
  readonly captions: readonly Caption[];
  /** How many of them are told for the first time. */
  readonly fresh: readonly Caption[];
  readonly moments: readonly Moment[];
}

/**
 * Reads the journal and says what matters, a sentence each. What it says depends on the rows alone: read in one go
 * or in a thousand, the same captions come.
 */
export class Narrator {
  /** The next row to read. */
  private next = 0;
  private faults = new Faults();
  private bursts = new Map<string, Burst>();
  private explained = new Map<string, Explanation & { readonly untilUs: number }>();
  private predicted = new Map<string, Prediction>();
  private missed = new Map<string, number>();
  /** What their processes ended with. */
  private exitCodes = new Map<NodeId | null, number>();
  /** Those that were created more than once. */
  private renewed = new Set<NodeId | null>();
  /** What was told, without a fault, of targets that are not in turn again yet. */
  private turned = new Set<string>();
  /** The fault of the newest caption that has one. */
  fault: Fault | null = null;
  /** The newest captions, as they stand: they remain readable (TIME.md 9). One that grows keeps its place. */
  latest: readonly Caption[] = [];

  clone(): Narrator {
    const copy = new Narrator();
    copy.next = this.next;
    copy.faults = this.faults.clone();
    copy.bursts = new Map(this.bursts);
    copy.explained = new Map(this.explained);
    copy.predicted = new Map(this.predicted);
    copy.missed = new Map(this.missed);
    copy.exitCodes = new Map(this.exitCodes);
    copy.renewed = new Set(this.renewed);
    copy.turned = new Set(this.turned);
    copy.fault = this.fault;
    copy.latest = this.latest;
    return copy;
  }

  /** @param rows where the rows stand; causes before a fork's beginning must be found there too */
  read(rows: Rows): Told {
    const captions = new Map<number, Caption>();
    const fresh: Caption[] = [];
    const moments: Moment[] = [];
    for (const id of rows.kept(this.next)) {
      const row = rows.row(id);
      if (row === null) continue;
      const explained = this.explain(row, rows);
      const { fault } = explained;
      const caption = this.caption(row, explained);
      if (caption !== null) {
        if (!captions.has(caption.row) && caption.row === row.row) fresh.push(caption);
        captions.set(caption.row, caption);
        this.latest = [...this.latest.filter((other) => other.row !== caption.row), caption]
          .sort((one, other) => one.row - other.row)
          .slice(-readable);
      }
      const moment = fault === null ? null : momentOf(row, fault, this.faults);
      if (moment !== null) moments.push(moment);
    }
    this.next = rows.length;
    return { captions: [...captions.values()], fresh, moments };
  }

  /** A lost request follows from whatever its failed call follows from, or from the fault of whoever has it in hand. */
  private explain(row: LogRow, rows: Rows): Explained {
    const fault = this.faults.of(row, rows);
    if (!isLoss(row)) return { fault, origin: row, holder: null };
    const origin = originOf(row, rows);
    const known = fault ?? (origin === row ? null : this.faults.of(origin, rows));
    return known === null ? { origin, ...this.search(origin, rows) } : { fault: known, origin, holder: null };
  }

  /** Losses at one place within one burst have one explanation: it is looked for once. */
  private search(origin: LogRow, rows: Rows): Explanation {
    const place = `${origin.what} ${origin.who} ${origin.whom}`;
    const known = this.explained.get(place);
    const found = known !== undefined && origin.atUs <= known.untilUs ? known : this.faults.ofRequest(origin, rows);
    this.explained.set(place, { ...found, untilUs: origin.atUs + burstUs });
    return found;
  }

  private caption(row: LogRow, explained: Explained): Caption | null {
    this.note(row);
    const { fault } = explained;
    const caption = isLoss(row) ? this.loss(row, explained) : this.life(row, fault);
    if (caption !== null && fault !== null) this.fault = fault;
    return caption;
  }

  private note(row: LogRow): void {
    const pair = `${row.who} ${row.whom}`;
    if (row.what === "predicted" && foreseen(row.b) !== "never")
      this.predicted.set(pair, { atUs: row.atUs, fromUs: row.a, toUs: row.b < 0 ? Infinity : row.b });
    if (row.what === "created" && row.whoIncarnation > 1) this.renewed.add(row.who);
    if (row.what === "exited") this.exitCodes.set(row.who, row.a);
    if (row.what === "starting" && row.a === 1) this.renewed.delete(row.who);
    if (row.what === "missed") this.missed.set(pair, row.a);
    if (row.what === "passed" || row.what === "target-up") this.missed.delete(pair);
  }

  private life(row: LogRow, fault: Fault | null): Caption | null {
    // A warm start's rows all stand at 0 s: nobody did anything yet, so there is nothing to tell.
    if (row.atUs === 0 && fault === null) return null;
    const teller = tellers[row.what as What];
    if (teller === undefined) return null;
    const pair = `${row.who} ${row.whom}`;
    const opens = fault !== null && befalls.has(row.what) && this.faults.isFirst(fault, "told");
    const predicted = this.predicted.get(pair) ?? null;
    const renewed = this.renewed.has(row.what === "registered" ? row.whom : row.who);
    const missed = this.missed.get(pair) ?? 0;
    const repeats = this.repeats(row, fault);
    const telling = teller({ row, fault, opens, predicted, renewed, missed, repeats, exitCode: this.exitCodes.get(row.who) ?? 0 });
    return telling === null ? null : this.crowd(row, telling, fault);
  }

  /** Whether a target's ways out of turn and back have been told of this fault; without one, since it was back. */
  private repeats({ what, who, whom }: LogRow, fault: Fault | null): boolean {
    if (!turns.has(what)) return false;
    const pair = `${who} ${whom}`;
    if (fault !== null) return !this.faults.isFirst(fault, `${what} ${pair}`);
    const isKnown = this.turned.has(`${what} ${pair}`);
    this.turned.add(`${what} ${pair}`);
    if (what === "readmitted") for (const one of turns) this.turned.delete(`${one} ${pair}`);
    return isKnown;
  }

  /** The first says it; others of whom it is true at about the same time are counted in. */
  private crowd(row: LogRow, telling: Telling, fault: Fault | null): Caption {
    const { member, apart } = crowdOf(telling);
    const key = `${fault?.row ?? ""} ${telling.key} ${String(telling.values["count"] ?? "")} ${apart}`;
    const known = this.bursts.get(key);
    const nodes = telling.nodes.filter((node) => node !== null);
    if (known === undefined || row.atUs > known.untilUs || telling.key.startsWith("fault.")) {
      const caption = this.begin(row, telling.key, nodes, { ...telling.values, ...causeOf(fault, telling.key) }, telling.tone, fault);
      this.bursts.set(key, { caption, untilUs: row.atUs + crowdUs, others: including(none, member) });
      return caption;
    }
    const others = including(known.others, member);
    const caption = { ...known.caption, values: { ...known.caption.values, ...moreThanOne(others) }, nodes: joined(known.caption, nodes) };
    this.bursts.set(key, { ...known, caption, others });
    return caption;
  }

  private loss(row: LogRow, { fault, origin, holder }: Explained): Caption | null {
    const part = lossParts[row.what];
    if (part === undefined) return null;
    const story = lossStory(origin, fault, holder);
    const known = this.bursts.get(story.group);
    const burst = known !== undefined && row.atUs <= known.untilUs ? known : null;
    // Whoever waits for the caller gives up too: that is the same call, not another one.
    if (isCall(row) && holder !== null && row.whom !== holder) return burst?.caption ?? null;
    const before = burst?.caption ?? this.beginLoss(row, story, fault);
    const places = including(burst?.others ?? none, story.node);
    const values = { ...before.values, [part]: Number(before.values[part] ?? 0) + 1, ...moreThanOne(places) };
    const caption = { ...before, values, nodes: joined(before, story.node === null ? [] : [story.node]) };
    this.bursts.set(story.group, { caption, untilUs: row.atUs + burstUs, others: places });
    return caption;
  }

  private beginLoss(row: LogRow, { key, node }: LossStory, fault: Fault | null): Caption {
    const nodes = [...new Set([node, row.whom, row.who])].filter((id) => id !== null);
    return this.begin(row, key, nodes, causeOf(fault, key), "dead", fault);
  }

  private begin(row: LogRow, key: string, nodes: readonly NodeId[], values: Caption["values"], tone: Tone, fault: Fault | null): Caption {
    const named = nodes.slice(0, nodesNamed);
    // The fault's own node is named by a clause of the sentence, so its name must be at hand.
    const withFault = fault?.node == null || named.includes(fault.node) || values["cause"] === undefined ? named : [...named, fault.node];
    const cause = values["cause"] === undefined || fault?.node == null ? {} : { faultNode: withFault.indexOf(fault.node) };
    const clean = Object.fromEntries(Object.entries({ ...values, ...cause }).filter(([, value]) => value !== undefined));
    return { row: row.row, atUs: row.atUs, key, nodes: withFault, values: clean, faultUs: fault?.atUs ?? null, tone };
  }
}

const turns: ReadonlySet<string> = new Set(["passed-over", "tried-again", "readmitted"]);
const none: ReadonlySet<NodeId> = new Set();
const including = (set: ReadonlySet<NodeId>, node: NodeId | null): ReadonlySet<NodeId> =>
  node === null || set.has(node) ? set : new Set([...set, node]);
const moreThanOne = ({ size }: ReadonlySet<NodeId>): Record<string, number> => (size > 1 ? { others: size - 1 } : {});
const joined = (caption: Caption, nodes: readonly NodeId[]): NodeId[] => [...new Set([...caption.nodes, ...nodes])].slice(0, nodesNamed);

const isLoss = (row: LogRow): boolean => vocabulary[row.what as What] === "loss";

/** Sentences that name their cause ("web-2 was killed, so …"): what is seen of a fault, and not what mends it. */
const blames = new Set([
  "taken",
  "missed",
  "losses",
  "no-target",
  "expired",
  "target-removed",
  "withdrawn",
  "stale",
  "critical",
  "subjectively-down",
  "replica-down",
  "registry-lost",
]);

function causeOf(fault: Fault | null, key: string): Record<string, string> {
  return fault === null || !blames.has(key) ? {} : { cause: fault.cause };
}
