import { expect, test } from "vitest";
import { bareProcess, recordedGroups, recordedSystems } from "./recorded-systems.ts";
import scoreboard from "./scoreboard.json";

test("every recorded system has a name, and no name is of one that was not recorded", () => {
  const recorded = new Set(scoreboard.map(({ system }) => system));
  expect([...Object.keys(recordedSystems), bareProcess].sort()).toEqual([...recorded].sort());
});

test("and so has whatever was recorded of them", () => {
  expect(Object.keys(recordedGroups).sort()).toEqual([...new Set(scoreboard.map(({ group }) => group))].sort());
});
