import { expect, test } from "vitest";
import { amiss } from "./machine-table.ts";
import { linkLife } from "./link-life.ts";

test("the whole table", () => {
  const table = `
             → whole
  whole CUT  → cut: cut
  cut   MEND → whole: mended
`;
  expect(amiss(linkLife, table)).toEqual([]);
});
