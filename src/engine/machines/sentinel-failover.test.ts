import { expect, test } from "vitest";
import { amiss } from "./machine-table.ts";
import { sentinelFailover } from "./sentinel-failover.ts";

test("the whole table", () => {
  const table = `
                          → watching
  watching      BEGIN     → electing: began
  electing      WIN       → choosing: won
  electing      ABORT     → watching
  choosing      CHOOSE    → ordering
  choosing      ABORT     → watching
  ordering      ORDER     → promoting
  ordering      ABORT     → watching
  promoting     SUCCEED   → reconfiguring
  promoting     ABORT     → watching
  reconfiguring END       → watching: ended
  reconfiguring ABORT     → watching
`;
  expect(amiss(sentinelFailover, table)).toEqual([]);
});
