import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { kinds } from "../kinds/registry.ts";
import type { TraceLine } from "../scenarios/story.ts";
import { adventures, begin, playTo, tell, type Told } from "./testing/adventure.ts";
import { seeds, trials } from "./testing/hunt.ts";

/** What a trace tells, read line by line; each complaint is a line that contradicts what was told before it. */
type Reader = (told: Told) => (line: TraceLine) => string | null;

const readers: readonly [rule: string, reader: Reader][] = [
  ["every request that is issued ends once, and nothing ends that was not issued", () => endsOnce()],
  ["whoever answers at an address is the incarnation that it was sent to", sentTo],
  ["an answer comes from the incarnation that gave it", () => answeredBy()],
  ["a target that is DOWN gets no new request", () => downIsAvoided()],
  ["nobody does anything while it is dead", deadIsStill],
];

function endsOnce(): ReturnType<Reader> {
  const open = new Set<string>();
  return ({ what, request = "" }) => {
    if (what === "issued") {
      if (open.has(request)) return `${request} is issued twice`;
      open.add(request);
    }
    if (!["served", "failed", "timed-out"].includes(what)) return null;
    return open.delete(request) ? null : `${request} ends, and is not open`;
  };
}

/** Things that stand by themselves keep their address when they start anew; all others get a new one. */
function sentTo({ inputs, document }: Told): ReturnType<Reader> {
  const sent = new Set<string>();
  const keeps = new Set<string>();
  for (const { nodes } of [document, ...inputs.flatMap((input) => ("document" in input ? [input.document] : []))])
    for (const { id, kind } of Object.values(nodes)) if (kinds.get(kind)!.placedIn.some((place) => place === "canvas")) keeps.add(id);
  return ({ what, who = "", whom = "", request }) => {
    if (what === "sent") sent.add(`${bare(who)} ${whom} ${request}`);
    if (what !== "arrived" || keeps.has(bare(who))) return null;
    return sent.has(`${bare(whom)} ${who} ${request}`) ? null : `${who} gets ${request}, which was sent to another`;
  };
}

function answeredBy(): ReturnType<Reader> {
  const answered = new Set<string>();
  return ({ what, who = "", whom = "", request }) => {
    if (what === "answered") answered.add(`${who} ${bare(whom)} ${request}`);
    if (what !== "got") return null;
    return answered.has(`${whom} ${bare(who)} ${request}`) ? null : `${who} gets an answer to ${request} that ${whom} never gave`;
  };
}

/** A request that has failed to connect may be tried at the same target again; a first attempt goes to one that is up. */
function downIsAvoided(): ReturnType<Reader> {
  const down = new Set<string>();
  return ({ what, who = "", whom = "", a = 0, b = 0 }) => {
    const pair = `${bare(who)} ${whom}`;
    if (what === "target-down") down.add(pair);
    if (what === "target-up" || what === "target-added" || what === "target-removed") down.delete(pair);
    if (what === "edited") down.clear();
    return what === "sent" && a === 0 && down.has(pair) ? `${who} sends to ${whom}, which is DOWN (${b})` : null;
  };
}

const lively = ["arrived", "begun", "worked", "answered", "sent", "issued"];

function deadIsStill(): ReturnType<Reader> {
  const dead = new Set<string>();
  return ({ what, who = "" }) => {
    if (what === "died" || what === "stopped" || what === "removed") dead.add(who);
    if (what === "created" || what === "starting" || what === "up") dead.delete(who);
    return dead.has(who) && lively.includes(what) ? `${who} is dead, and has ${what}` : null;
  };
}

const bare = (name: string): string => name.slice(0, name.lastIndexOf("#"));

describe.each(seeds)("whatever is built and done, seed %i", (seed) => {
  test(readers.map(([rule]) => rule).join("; "), () => {
    fc.assert(
      fc.property(adventures(14), (adventure) => {
        const told = tell(adventure);
        const rules = readers.map(([, reader]) => reader(told));
        const complaints: string[] = [];
        const onTraceLine = (text: string) => {
          const line = JSON.parse(text) as TraceLine;
          for (const read of rules) {
            const complaint = read(line);
            if (complaint !== null) complaints.push(`at ${line.t} µs ${complaint}`);
          }
        };
        playTo(begin(told, { digest: false, onTraceLine }), told.endUs);
        expect(complaints.slice(0, 3)).toEqual([]);
      }),
      trials(seed, 40),
    );
  });
});
