import type { TargetSet } from "../../engine/policies/target-set.ts";
import { exactly, type Outcome } from "../outcome.ts";
import { has, numberOf, numbersOf, textOf, NotUnderstood, type RecordedCase } from "../recorded-case.ts";
import { told } from "./sequence.ts";
import { serversOf } from "./servers.ts";
import { tokensOf } from "./tokens.ts";

/** Picks while requests are under way: each comes at a fixed distance from the last and takes its time. */
export function playArrivals(recorded: RecordedCase): Outcome | null {
  if (recorded.group !== "pick" || !has(recorded, "picks", "arrive_every_ms", "durations_ms")) return null;
  const set = serversOf(recorded);
  const every = numberOf(recorded, "arrive_every_ms");
  const underWay = new UnderWay(set);
  const rows = numbersOf(recorded, "durations_ms").map((duration, index) => {
    underWay.endedBy(index * every);
    return underWay.begin(index * every + duration);
  });
  return exactly(told(tokensOf(textOf(recorded, "picks")).map(({ row }) => row)), told(rows));
}

/** Requests that hold a server, released in the order in which they end. */
export class UnderWay {
  private readonly set: TargetSet;
  private open: { readonly row: number; readonly untilMs: number }[] = [];

  constructor(set: TargetSet) {
    this.set = set;
  }

  endedBy(nowMs: number): void {
    const ended = this.open.filter(({ untilMs }) => untilMs <= nowMs).sort((a, b) => a.untilMs - b.untilMs);
    for (const { row } of ended) this.set.release(row);
    this.open = this.open.filter(({ untilMs }) => untilMs > nowMs);
  }

  begin(untilMs: number): number {
    const row = this.set.pick();
    if (row < 0) return row;
    this.set.take(row);
    this.open.push({ row, untilMs });
    return row;
  }
}

/**
 * Some requests are held, sent all at once so that their order is not known; then short ones come one by one. What the
 * balancer had served before is not recorded either: it is as many requests as explain who holds the long ones.
 */
export function playHeld(recorded: RecordedCase): Outcome | null {
  if (recorded.group !== "pick" || !has(recorded, "picks", "held")) return null;
  const held = tokensOf(textOf(recorded, "held")).map(({ row }) => row);
  const wanted = tokensOf(textOf(recorded, "picks")).map(({ row }) => row);
  for (let before = 0; before < longestRound; before++) {
    const set = serversOf(recorded);
    for (let count = 0; count < before; count++) set.pick();
    const underWay = new UnderWay(set);
    const holding = held.map(() => underWay.begin(Infinity));
    if (told([...holding].sort()) !== told([...held].sort())) continue;
    const rows = wanted.map((_, index) => {
      underWay.endedBy(index);
      return underWay.begin(index + 1);
    });
    return exactly(told(wanted), told(rows));
  }
  throw new NotUnderstood(`the policy never holds "${textOf(recorded, "held")}"`);
}

const longestRound = 256;
