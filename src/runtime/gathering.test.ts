import { describe, expect, test } from "vitest";
import { Gathering, tellEveryMs } from "./gathering.ts";
import type { Counters, Frame, FromSession, NodeStatus } from "./protocol.ts";
import { frameOf } from "./testing/frames.ts";

const counters = (issued: number) => ({ issued }) as Counters;
const status = (id: string, state: string) => ({ id, state }) as NodeStatus;

function frame(part: Partial<Omit<Frame, "time">> & { readonly nowUs?: number; readonly playing?: boolean } = {}): Frame {
  const { nowUs = 0, playing = true, ...rest } = part;
  return frameOf({ nowUs, playing }, { counters: counters(0), ...rest });
}

/** What is told when these are heard, each at its time. */
function told(...heard: (readonly [atMs: number, message: FromSession])[]): FromSession[] {
  const messages: FromSession[] = [];
  const gathering = new Gathering((message) => messages.push(message));
  for (const [atMs, message] of heard) gathering.hear(message, atMs);
  return messages;
}

const frames = (messages: readonly FromSession[]) => messages.filter((message) => message.type === "frame");

describe("frames told together", () => {
  test("are told no more often than they are read, and the last one says what the time is", () => {
    const heard = Array.from({ length: 60 }, (_, index) => [index * 16, frame({ nowUs: index })] as const);
    const seen = frames(told(...heard)).map(({ time }) => time.nowUs);
    expect(seen.length).toBeGreaterThan(10);
    expect(seen.length).toBeLessThanOrEqual(Math.ceil((60 * 16) / tellEveryMs));
    expect(seen.at(-1)).toBeGreaterThan(55);
  });

  test("lose nothing that was told in one of them, and keep of each node the newest", () => {
    const log = (id: number) => [{ id }] as unknown as Frame["log"];
    const captions = (row: number) => [{ row }] as unknown as Frame["captions"];
    const [, second] = frames(
      told(
        [0, frame()],
        [16, frame({ statuses: [status("a", "up"), status("b", "up")], log: log(1), captions: captions(1), routes: [[0, 1]] })],
        [32, frame({ statuses: [status("a", "down")], nodeCounters: [["a", counters(1)]], linkRates: [[0, 5, 0]] })],
        [tellEveryMs, frame({ log: log(2), captions: captions(2), nodeCounters: [["a", counters(2)]], nowUs: 7 })],
      ),
    );
    expect(second).toMatchObject({
      time: { nowUs: 7 },
      statuses: [
        { id: "a", state: "down" },
        { id: "b", state: "up" },
      ],
      log: [{ id: 1 }, { id: 2 }],
      captions: [{ row: 1 }, { row: 2 }],
      nodeCounters: [["a", { issued: 2 }]],
      linkRates: [[0, 5, 0]],
      routes: [[0, 1]],
    });
  });

  test("are told at once when the run stands still, with what was kept back", () => {
    const messages = frames(told([0, frame()], [1, frame({ statuses: [status("a", "down")] })], [2, frame({ playing: false })]));
    expect(messages.map(({ statuses }) => statuses.length)).toEqual([0, 1]);
  });

  test("are told at once when the run has jumped, without what the jump has made void", () => {
    const messages = frames(told([0, frame()], [1, frame({ statuses: [status("a", "down")] })], [2, frame({ fresh: true })]));
    expect(messages.map(({ statuses, fresh }) => [statuses.length, fresh])).toEqual([
      [0, false],
      [0, true],
    ]);
  });

  test("are told before the lists that they point into change; an answer waits for nothing", () => {
    const index: FromSession = { type: "index", nodes: [], links: [] };
    const answer: FromSession = { type: "answer", id: 1, value: null };
    expect(told([0, frame()], [1, frame({ nowUs: 1 })], [2, answer], [3, index]).map(({ type }) => type)).toEqual([
      "frame",
      "answer",
      "frame",
      "index",
    ]);
  });
});
