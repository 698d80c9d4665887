import { expect, test } from "vitest";
import { amiss } from "./machine-table.ts";
import { hangingNodeLife, nodeLife } from "./node-life.ts";

test("the whole table of a thing that can hang", () => {
  const table = `
                         → starting: start-began; starts start
  starting  after start  → running: opened; voids
  starting  KILL         → dead: died; voids
  starting  PLACE_DOWN   → unpowered: died-with-place; voids
  running   HANG         → hung: silenced
  running   KILL         → dead: closed, died
  running   RECREATE     → starting: closed, died, start-began; starts start
  running   PLACE_DOWN   → unpowered: died-with-place
  hung      RESUME       → running: resumed
  hung      KILL         → dead: closed, died
  hung      RECREATE     → starting: closed, died, start-began; starts start
  hung      PLACE_DOWN   → unpowered: died-with-place
  dead      RECREATE     → starting: start-began; starts start
  unpowered PLACE_UP     → starting: start-began; starts start
`;
  expect(amiss(hangingNodeLife, table)).toEqual([]);
});

test("the whole table of one that cannot", () => {
  const table = `
                         → starting: start-began; starts start
  starting  after start  → running: opened; voids
  starting  KILL         → dead: died; voids
  starting  PLACE_DOWN   → unpowered: died-with-place; voids
  running   KILL         → dead: closed, died
  running   RECREATE     → starting: closed, died, start-began; starts start
  running   PLACE_DOWN   → unpowered: died-with-place
  dead      RECREATE     → starting: start-began; starts start
  unpowered PLACE_UP     → starting: start-began; starts start
`;
  expect(amiss(nodeLife, table)).toEqual([]);
});
