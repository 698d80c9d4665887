import { expect, test } from "vitest";
import { amiss } from "./machine-table.ts";
import { lease } from "./lease.ts";

test("the whole table", () => {
  const table = `
                     → absent
  absent  REGISTER   → held: registered; starts ttl
  held    RENEW      → held: renewed; starts ttl; voids
  held    REGISTER   → held: renewed; starts ttl; voids
  held    after ttl  → expired: expired; voids
  held    WITHDRAW   → absent: withdrawn; voids
  held    FORGET     → absent: voids
  expired REGISTER   → held: registered; starts ttl
  expired RENEW      → held: registered; starts ttl
  expired WITHDRAW   → absent: withdrawn
  expired FORGET     → absent
`;
  expect(amiss(lease, table)).toEqual([]);
});
