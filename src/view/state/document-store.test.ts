import { beforeEach, describe, expect, it } from "vitest";
import type { FromSession, ToSession } from "../../runtime/protocol.ts";
import { declarations } from "../../kinds/declarations.ts";
import { blankTopology, currentDocument, openDocument, select, useDocument } from "./document-store.ts";
import { dispatch, redo, takeDocument, undo } from "./editing.ts";
import { provideKinds } from "./kinds.ts";
import { ask, joinSession } from "./run-store.ts";

provideKinds(declarations);

/** A session that only notes what it is told. */
const told: ToSession[] = [];
let speak: (message: FromSession) => void = () => {};
joinSession(
  {
    send: (message) => void told.push(message),
    listen: (listener) => {
      speak = listener;
      return () => {};
    },
  },
  takeDocument,
);

const names = () => Object.values(currentDocument().nodes).map((node) => node.name);
const add = (x: number) => dispatch({ type: "add", nodes: [{ kind: "client", parent: null, position: { x, y: 0 } }] });

beforeEach(() => {
  openDocument(blankTopology);
  useDocument.setState({ savedState: "saved" });
  told.length = 0;
});

describe("the document's store", () => {
  it("does a command, tells the run, and says what it made", () => {
    const done = add(0);
    expect(done.ok && done.created).toHaveLength(1);
    expect(told[0]).toEqual({ type: "edit", document: currentDocument() });
  });

  it("lets an empty document stand, and plays when there is something in it", () => {
    openDocument(blankTopology);
    expect(told).toMatchObject([{ type: "open", playing: false }]);
    add(0);
    add(200);
    expect(told.map(({ type }) => type)).toEqual(["open", "edit", "play", "edit"]);
    openDocument(currentDocument());
    expect(told.at(-1)).toMatchObject({ type: "open", playing: true });
  });

  it("undoes and redoes, and the run hears of both", () => {
    add(0);
    const [name] = names();
    undo();
    expect(names()).toEqual([]);
    redo();
    expect(names()).toEqual([name]);
    expect(told.filter(({ type }) => type === "edit")).toHaveLength(3);
  });

  it("refuses in words, and neither the document nor the run changes", () => {
    const before = currentDocument();
    const done = dispatch({ type: "rename", id: "nobody", name: "somebody" });
    expect(done.ok).toBe(false);
    expect(!done.ok && done.message).toMatch(/nobody/u);
    expect(currentDocument()).toBe(before);
    expect(told).toEqual([]);
  });

  it("lets go of what is no longer there", () => {
    const done = add(0);
    select(done.ok ? done.created : []);
    undo();
    expect(useDocument.getState().selection).toEqual([]);
  });

  it("changes nothing while another tab writes the document", () => {
    useDocument.setState({ savedState: "following" });
    expect(add(0).ok).toBe(false);
    expect(names()).toEqual([]);
  });

  it("takes the document to which the run went back, as a step that can be undone", () => {
    add(0);
    const mine = currentDocument();
    speak({ type: "document", document: blankTopology });
    expect(names()).toEqual([]);
    undo();
    expect(currentDocument()).toEqual(mine);
  });
});

it("an answer reaches the one who asked", async () => {
  const answer = ask<number>({ about: "digest" });
  const question = told.find((message) => message.type === "ask");
  speak({ type: "answer", id: question?.type === "ask" ? question.id : -1, value: 42 });
  expect(await answer).toBe(42);
});
