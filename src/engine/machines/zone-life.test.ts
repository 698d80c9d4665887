import { expect, test } from "vitest";
import { amiss } from "./machine-table.ts";
import { zoneLife } from "./zone-life.ts";

test("the whole table", () => {
  const table = `
                → whole
  whole LOSE    → lost: lost
  lost  RESTORE → whole: restored
`;
  expect(amiss(zoneLife, table)).toEqual([]);
});
