import { describe, expect, test } from "vitest";
import { declarations as kinds } from "../kinds/declarations.ts";
import { tellLabel } from "./command-words.ts";
import type { Command } from "./commands.ts";
import { commit, redo, seal, undo } from "./history.ts";
import { sample } from "./testing/sample.ts";
import { canRedo, canUndo, createHistory, redoLabel, undoLabel, type History } from "./steps.ts";

const begin = () => createHistory(sample());

function after(history: History, command: Command, mergeKey?: string): History {
  const committed = commit(history, command, kinds, mergeKey === undefined ? {} : { mergeKey });
  if (!committed.ok) throw new Error(JSON.stringify(committed.error));
  return committed.history;
}

const rename = (name: string): Command => ({ type: "rename", id: "web-1", name });
const work = (workMs: number | null): Command => ({ type: "configure", id: "web-1", settings: { workMs } });
const add: Command = { type: "add", nodes: [{ kind: "container", parent: "host-b", position: { x: 12, y: 120 } }] };

describe("undo and redo", () => {
  test("go back and forth and say what they would do", () => {
    const first = after(after(begin(), rename("shop-1")), { type: "remove", ids: ["host-a"] });
    expect([undoLabel(first), redoLabel(first)].map((label) => label && tellLabel(label, "zh"))).toEqual(["删除", null]);
    const once = undo(first);
    expect([undoLabel(once), redoLabel(once)].map((label) => label && tellLabel(label, "en"))).toEqual(["rename to “shop-1”", "delete"]);
    expect(undo(once).document).toEqual(sample());
    expect(redo(once).document).toEqual(first.document);
  });

  test("with nothing to undo or redo stay where they are", () => {
    const history = begin();
    expect([undo(history), redo(history), canUndo(history), canRedo(history)]).toEqual([history, history, false, false]);
  });

  test("a new command ends what could be redone; one that changes nothing or is refused does not", () => {
    const undone = undo(after(begin(), rename("shop-1")));
    expect(canRedo(after(undone, rename("web-1")))).toBe(true);
    expect(commit(undone, rename(""), kinds).ok).toBe(false);
    expect(canRedo(after(undone, rename("shop-2")))).toBe(false);
  });

  test("several together are one step, named as they ask", () => {
    const history = after(begin(), { type: "together", label: "tidy", commands: [rename("shop-1"), work(5)] });
    expect(history.past).toHaveLength(1);
    expect(tellLabel(history.past[0]!.label, "en")).toBe("tidy up");
    expect(undo(history).document).toEqual(sample());
  });

  test("an import is undone whole", () => {
    const history = after(begin(), { type: "replace", document: { ...sample(), nodes: {}, links: {}, schedule: {} } });
    expect(history.document.nodes).toEqual({});
    expect(undo(history).document).toEqual(sample());
    expect(redo(undo(history)).document).toEqual(history.document);
  });

  test("the last 500 steps are kept", () => {
    let history = begin();
    for (let seed = 1000; seed < 1510; seed++) history = after(history, { type: "seed", seed });
    while (canUndo(history)) history = undo(history);
    expect(history.document.seed).toBe(1009);
  });
});

describe("one gesture is one step", () => {
  test("a slider dragged through a hundred values keeps two patches, and one undo takes it back", () => {
    let history = begin();
    for (let value = 1; value <= 100; value++) history = after(history, work(value), "workMs of web-1");
    expect(history.past).toHaveLength(1);
    expect(history.past[0]?.patches).toHaveLength(1);
    expect(history.document.nodes["web-1"]?.settings).toEqual({ workMs: 100 });
    expect(undo(history).document).toEqual(sample());
    expect(redo(undo(history)).document).toEqual(history.document);
  });

  test("commands of other shapes under one key are undone together as well", () => {
    const steps = [add, rename("a"), { type: "remove", ids: ["web-4"] } as const, rename("b")];
    const history = steps.reduce((before, command) => after(before, command, "drag"), begin());
    expect(history.past).toHaveLength(1);
    expect(undo(history).document).toEqual(sample());
    expect(redo(undo(history)).document).toEqual(history.document);
  });

  test.each([
    ["another key", (history: History) => after(history, work(2), "other")],
    ["no key", (history: History) => after(history, work(2))],
    ["the end of the gesture", (history: History) => after(seal(history), work(2), "drag")],
    ["an undo and a redo", (history: History) => after(redo(undo(history)), work(2), "drag")],
  ])("%s begins another step", (_, next) => {
    expect(next(after(begin(), work(1), "drag")).past).toHaveLength(2);
  });
});

describe("ids", () => {
  test("of something removed or undone are not given again, but a redo brings the same thing back", () => {
    const undone = undo(after(begin(), add));
    expect(Object.keys(redo(undone).document.nodes)).toContain("web-4");
    expect(Object.keys(after(undone, add).document.nodes)).toContain("web-5");
    expect(Object.keys(after(after(begin(), { type: "remove", ids: ["web-3"] }), add).document.nodes)).toContain("web-4");
  });
});
