import { expect, test } from "vitest";
import type { Replay } from "./protocol.ts";
import { failover, killAt } from "./testing/failover.ts";
import { Player } from "./testing/player.ts";
import { straight } from "./testing/straight.ts";

const second = 1_000_000;
const scripted = () => failover({ schedule: { a: killAt("web-2", 3000), b: killAt("web-2", 9000, "recreate") } });

test("mark, wreck everything, return: the state and the trace are as they were", () => {
  const player = new Player(scripted()).playTo(2 * second);
  const before = player.digest();
  player.send({ type: "mark" }).settle();
  const markUs = player.time.markUs!;
  const marked = [...player.statuses.values()];
  player
    .act("kill", "web-1")
    .playTo(4 * second)
    .act("unplug", "host-b")
    .playTo(7 * second);
  player.send({ type: "edit", document: withoutNode("web-3") }).playTo(8 * second);
  const fresh = player
    .send({ type: "return" })
    .settle()
    .frames.findLast((frame) => frame.fresh)!;
  expect(fresh.time.nowUs).toBe(markUs);
  expect(fresh.statuses).toEqual(expect.arrayContaining(marked));
  expect(player.digest()).toBe(before);
  expect(player.document.nodes["web-3"]).toBeDefined();
  expect(player.time.branches).toMatchObject([{ leftBy: "return", acts: 2 }]);
  player.playTo(5 * second);
  expect(player.ask<Replay>({ about: "inputs" }).inputs).toEqual([]);
  expect(player.digest()).toBe(straight(player.ask<Replay>({ about: "inputs" }), player.nowUs));
});

test("one can return twice, and from another run", () => {
  const player = new Player(scripted())
    .playTo(2 * second)
    .send({ type: "mark" })
    .settle();
  const { markUs } = player.time;
  const marked = player.digest();
  player
    .act("kill", "web-1")
    .playTo(3 * second)
    .send({ type: "return" })
    .settle();
  player
    .send({ type: "reset", keepActions: false, newSeed: 99 })
    .settle()
    .playTo(4 * second);
  expect(player.digest()).not.toBe(marked);
  player.send({ type: "return" }).settle();
  expect(player.nowUs).toBe(markUs);
  expect(player.digest()).toBe(marked);
  expect(player.time.branches.map(({ leftBy }) => leftBy)).toEqual(["return", "reset", "return"]);
});

test("playing on from the past plays the same inputs; acting there leaves the old future as a branch", () => {
  const player = new Player(failover())
    .playTo(2 * second)
    .act("kill", "web-2")
    .playTo(5 * second);
  const first = player.digest();
  const endUs = player.nowUs;
  player
    .seek(1 * second)
    .playTo(endUs)
    .seek(endUs);
  const { reachedUs } = player.time;
  expect(player.time.branches).toEqual([]);
  expect(player.digest()).toBe(first);

  player
    .seek(1 * second)
    .act("kill", "web-3")
    .playTo(3 * second);
  expect(player.time.branches).toMatchObject([{ leftAtUs: 1 * second, reachedUs, leftBy: "act", acts: 1 }]);
  expect(player.ask<Replay>({ about: "inputs" }).inputs).toMatchObject([{ act: { target: "web-3" } }]);

  player.send({ type: "branch", id: player.time.branches[0]!.id }).settle();
  expect(player.nowUs).toBe(1 * second);
  expect(player.time.branches).toMatchObject([{ leftBy: "branch", acts: 1 }]);
  player.seek(endUs);
  expect(player.digest()).toBe(first);
});

test("reset and replay my actions is the same run, reset without them is not", () => {
  const player = new Player(failover())
    .playTo(1 * second)
    .act("kill", "web-2")
    .playTo(4 * second);
  const digest = player.digest();
  const endUs = player.nowUs;
  player.send({ type: "reset", keepActions: true }).settle();
  expect(player.nowUs).toBe(0);
  player.playTo(endUs).seek(endUs);
  expect(player.digest()).toBe(digest);
  expect(player.time.branches).toEqual([]);

  player.send({ type: "reset", keepActions: false }).settle().playTo(endUs).seek(endUs);
  expect(player.digest()).not.toBe(digest);
  expect(player.statuses.get("web-2")!.tone).toBe("running");
  expect(player.time.branches).toMatchObject([{ leftBy: "reset", acts: 1 }]);
});

test("reset takes a new seed, a cold start, or the document as it has become", () => {
  const player = new Player(failover())
    .playTo(1 * second)
    .act("kill", "web-2")
    .playTo(2 * second);
  player.send({ type: "reset", keepActions: true, newSeed: 8 }).settle();
  expect(player.ask<Replay>({ about: "inputs" })).toMatchObject({ seed: 8, cold: false, inputs: [{ act: { act: "kill" } }] });
  player.send({ type: "reset", keepActions: false, cold: true }).settle();
  expect(player.statuses.get("host-a")!.tone).not.toBe("running");
  player.send({ type: "edit", document: withoutNode("web-3") }).settle();
  player.send({ type: "reset", keepActions: false }).settle();
  const replay = player.ask<Replay>({ about: "inputs" });
  expect(replay.document.nodes["web-3"]).toBeUndefined();
  expect(replay).toMatchObject({ seed: 8, cold: true, inputs: [] });
});

test("rewind before the last act: it has not happened, and what it led to is a branch", () => {
  const player = new Player(failover())
    .playTo(1 * second)
    .act("kill", "web-2")
    .playTo(2 * second)
    .act("hang", "web-1")
    .playTo(3 * second);
  const hungUs = player.ask<Replay>({ about: "inputs" }).inputs[1]!.atUs;
  player.send({ type: "rewind-before-last-act" }).settle();
  expect(player.nowUs).toBe(hungUs - 1);
  player.playTo(4 * second);
  expect(player.statuses.get("web-1")!.tone).toBe("running");
  expect(player.statuses.get("web-2")!.tone).toBe("dead");
  player.send({ type: "rewind-before-last-act" }).settle();
  player.playTo(4 * second);
  expect(player.statuses.get("web-2")!.tone).toBe("running");
  expect(player.time.branches.map(({ leftBy }) => leftBy)).toEqual(["rewind", "rewind"]);
  const { nowUs } = player;
  player.send({ type: "rewind-before-last-act" }).settle();
  expect(player.nowUs).toBe(nowUs);
});

test("an edit changes the run; the same document again is nobody's doing", () => {
  const player = new Player(failover()).playTo(1 * second);
  player.send({ type: "edit", document: withoutNode("web-3") }).settle();
  player.send({ type: "edit", document: withoutNode("web-3") }).settle();
  expect(player.ask<Replay>({ about: "inputs" }).inputs).toHaveLength(1);
  expect(player.posted.filter(({ type }) => type === "document")).toEqual([]);
  player.seek(second / 2);
  expect(player.document.nodes["web-3"]).toBeDefined();
  player.playTo(2 * second);
  expect(player.document.nodes["web-3"]).toBeUndefined();
});

function withoutNode(id: string) {
  const document = failover();
  const { [id]: _, ...nodes } = document.nodes;
  const links = Object.fromEntries(Object.entries(document.links).filter(([, link]) => link.from !== id && link.to !== id));
  return { ...document, nodes, links };
}
