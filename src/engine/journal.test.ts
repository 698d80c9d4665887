import { expect, test } from "vitest";
import { kinds } from "../kinds/registry.ts";
import type { Simulation } from "./simulation.ts";
import { player, type Step } from "./testing/playing.ts";
import { seconds } from "./testing/telling.ts";
import { vocabulary, type What } from "./vocabulary.ts";

const play = player(kinds);

/** Requests are answered, refused, lost on the way and reset, and the address of one that is gone is called again. */
const text = `
  ann: client ratePerSecond=50
  h: host
  web-1: container in h
  web-2: container in h
  front: load-balancer
  ann -> front: call
  front -> web-1: forward
  front -> web-2: forward`;
const script: readonly Step[] = [
  [3, "kill web-1"],
  [9, "recreate web-1"],
  [12, "hang web-2"],
];

const rowsOf = (simulation: Simulation, from = 0) => [...simulation.journal.kept(from)].map((id) => simulation.journal.row(id));

test("where nobody reads ordinary hops, all other rows are the same, and have the same numbers", () => {
  const watched = play(text, 20, script);
  const unread = play(text, 20, script, { watch: false });
  expect(unread.journal.length).toBe(watched.journal.length);
  expect(rowsOf(unread)).toEqual(rowsOf(watched));
  expect(rowsOf(unread, 1000)).toEqual(rowsOf(watched, 1000));
  expect(rowsOf(unread).length).toBeGreaterThan(20);
  expect(unread.journal.ofRequest("ann", 5)).toEqual([]);
  expect(watched.journal.ofRequest("ann", 5).length).toBeGreaterThan(5);
});

test("an unread run goes back, too", () => {
  const unread = play(text, 2, [], { watch: false });
  const before = unread.checkpoint();
  const playOn = () => {
    unread.act({ act: "kill", target: "web-1" });
    unread.runUntil(seconds(6));
    return rowsOf(unread);
  };
  const once = playOn();
  unread.restore(before);
  expect(unread.journal.length).toBe(before.rows);
  expect(playOn()).toEqual(once);
});

test("a fork has hops at hand for those who recall a journey", () => {
  const fork = play(text, 2, [], { watch: false }).fork();
  fork.runUntil(seconds(2.1));
  const whats: What[] = [];
  for (let id = 0; id < fork.journal.length; id++) whats.push(...[fork.journal.what(id) ?? []].flat());
  expect(whats.filter((what) => vocabulary[what] === "hop").length).toBeGreaterThan(20);
});
