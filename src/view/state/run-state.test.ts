import { beforeEach, describe, expect, it, vi } from "vitest";
import type { Frame, NodeStatus } from "../../runtime/protocol.ts";
import { frameOf } from "../../runtime/testing/frames.ts";
import { hear, noCounters, run, topics } from "./run-state.ts";

const status = (id: string, state: string, busy = 0): NodeStatus => ({
  id,
  incarnation: 1,
  state,
  tone: "running",
  sinceUs: 0,
  address: null,
  lostAddress: null,
  acts: [],
  facts: [{ key: "busy", value: busy }],
  parts: [],
});

const frame = ({ time, ...part }: Partial<Frame> = {}): Frame =>
  frameOf({ ...run.time, nowUs: run.time.nowUs + 1000, ...time }, { counters: noCounters, ...part });

const caption = (row: number, count: number) => ({
  row,
  atUs: row,
  key: "losses",
  nodes: [],
  values: { count },
  faultUs: null,
  tone: "dead" as const,
});

beforeEach(() => {
  vi.useFakeTimers();
  hear({ type: "index", nodes: ["a", "b"], links: ["ab"] });
  hear(frame({ fresh: true }));
  vi.advanceTimersByTime(1000);
});

describe("what is heard of the run", () => {
  it("tells of another state at once, and of another figure at most ten times a second", () => {
    hear(frame({ statuses: [status("a", "running")] }));
    vi.advanceTimersByTime(1000);
    const woken = vi.fn();
    topics.status.subscribe("a", woken);
    hear(frame({ statuses: [status("a", "dead")] }));
    expect(woken).toHaveBeenCalledTimes(1);
    for (let frames = 1; frames <= 60; frames++) {
      hear(frame({ statuses: [status("a", "dead", frames)] }));
      vi.advanceTimersByTime(16);
    }
    vi.advanceTimersByTime(200);
    expect(woken.mock.calls.length).toBeGreaterThan(5);
    expect(woken.mock.calls.length).toBeLessThanOrEqual(13);
    expect(run.statuses.get("a")?.facts[0]?.value).toBe(60);
  });

  it("wakes those who render for another kind of status, never for a figure", () => {
    hear(frame({ statuses: [status("a", "running")] }));
    const rendered = vi.fn();
    topics.state.subscribe("a", rendered);
    for (let busy = 1; busy <= 20; busy++) {
      hear(frame({ statuses: [status("a", "running", busy)] }));
      vi.advanceTimersByTime(100);
    }
    expect(rendered).not.toHaveBeenCalled();
    hear(frame({ statuses: [status("a", "dead", 20)] }));
    expect(rendered).toHaveBeenCalledTimes(1);
    expect(run.states.get("a")?.state).toBe("dead");
  });

  it("wakes those who show a node that is no longer in the run", () => {
    hear(frame({ statuses: [status("a", "running")] }));
    const rendered = vi.fn();
    topics.state.subscribe("a", rendered);
    hear(frame({ fresh: true }));
    expect(rendered).toHaveBeenCalledTimes(1);
    expect(run.states.has("a")).toBe(false);
  });

  it("wakes nobody for what happened to somebody else", () => {
    const woken = vi.fn();
    topics.status.subscribe("b", woken);
    hear(frame({ statuses: [status("a", "dead")] }));
    vi.advanceTimersByTime(1000);
    expect(woken).not.toHaveBeenCalled();
  });

  it("lets a caption grow in its place", () => {
    hear(frame({ captions: [caption(5, 1), caption(9, 1)] }));
    hear(frame({ captions: [caption(5, 7)] }));
    expect(run.captions.map(({ row, values }) => [row, values["count"]])).toEqual([
      [5, 7],
      [9, 1],
    ]);
  });

  it("keeps a bounded log", () => {
    const row = (id: number) => ({ row: id }) as never;
    hear(frame({ log: Array.from({ length: 5000 }, (_, id) => row(id)) }));
    expect(run.log).toHaveLength(4000);
    expect(run.log.at(-1)?.row).toBe(4999);
  });

  it("forgets statuses, log and captions when the run jumps", () => {
    hear(frame({ statuses: [status("a", "dead")], captions: [caption(5, 1)] }));
    hear(frame({ fresh: true, statuses: [status("b", "running")] }));
    expect([...run.statuses.keys()]).toEqual(["b"]);
    expect(run.captions).toEqual([]);
  });

  it("sets a link's rate to nothing once it carries nothing", () => {
    hear(frame({ linkRates: [[0, 12, 3]] }));
    expect(run.linkRates.get("ab")).toEqual({ requests: 12, others: 3 });
    hear(frame({ fresh: true }));
    expect(run.linkRates.get("ab")).toEqual({ requests: 0, others: 0 });
  });

  it("knows the rate of a discovered route by its ends, until it carries nothing", () => {
    hear({ type: "index", nodes: ["front", "web-1"], links: ["ab"] });
    hear(frame({ routeRates: [[0, 1, 12]] }));
    expect(run.linkRates.get("front>web-1")).toEqual({ requests: 12, others: 0 });
    hear(frame({ linkRates: [[0, 1, 0]] }));
    expect(run.linkRates.get("front>web-1")).toEqual({ requests: 0, others: 0 });
  });
});
