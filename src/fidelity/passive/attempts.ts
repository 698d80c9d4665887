import type { Rig } from "../rig/rig.ts";

/** One request as an access log tells it: when it came, whom it went to in turn ("b2>b3", "-": nobody), and its status. */
export interface Attempted {
  readonly atMs: number;
  readonly way: string;
  readonly status: number;
  readonly tookMs: number;
}

/** All requests that have ended, in the order in which they came; times since `beginMs`. */
export function attemptsOf(rig: Rig, beginMs: number): Attempted[] {
  const began = new Map<number, number>();
  const ways = new Map<number, string[]>();
  const ends = new Map<number, { readonly status: number; readonly tookMs: number }>();
  const answers = new Map<number, number>();
  for (const row of rig.rows("issued", "sent", "no-target", "got", "served", "failed", "timed-out")) {
    const { what, number, who, whom, atUs, a, b } = row;
    const way = ways.get(number) ?? [];
    ways.set(number, way);
    if (what === "issued") began.set(number, atUs / 1000 - beginMs);
    else if (what === "sent" && who === "front") way.push(whom ?? "-");
    else if (what === "no-target") way.push("-");
    else if (what === "got" && who === "caller") answers.set(number, a);
    // Whoever sent a request is served by any answer that is no server error; what it was is in the row that says it came.
    else if (what === "served") ends.set(number, { status: answers.get(number) ?? b, tookMs: a / 1000 });
    else if (what === "failed" || what === "timed-out") ends.set(number, { status: a, tookMs: b / 1000 });
  }
  return [...ends]
    .sort(([a], [b]) => a - b)
    .map(([number, end]) => ({ atMs: began.get(number) ?? 0, way: ways.get(number)!.join(">"), ...end }))
    .sort((a, b) => a.atMs - b.atMs);
}
