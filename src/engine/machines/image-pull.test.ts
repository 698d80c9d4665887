import { expect, test } from "vitest";
import { amiss } from "./machine-table.ts";
import { imagePull } from "./image-pull.ts";

test("the whole table", () => {
  const table = `
                     → absent
  absent    ASK      → resolving: asked
  resolving MANIFEST → fetching: fetch
  resolving DONE     → present: have
  resolving FAIL     → failed: gave-up
  resolving FORGET   → absent
  fetching  DONE     → present: have
  fetching  FAIL     → failed: gave-up
  fetching  FORGET   → absent
  present   ASK      → resolving: asked
  present   FORGET   → absent
  failed    ASK      → resolving: asked
  failed    FORGET   → absent
`;
  expect(amiss(imagePull, table)).toEqual([]);
});
