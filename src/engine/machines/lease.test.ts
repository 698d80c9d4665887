import { expect, test } from "vitest";
import { amiss } from "./machine-table.ts";
import { lease } from "./lease.ts";

test("the whole table", () => {
  const table = `
                       → absent
  absent   REGISTER    → held: registered; starts ttl
  absent   LIST        → critical: registered; starts reap
  held     RENEW       → held: renewed; starts ttl; voids
  held     REGISTER    → held: renewed; starts ttl; voids
  held     after ttl   → expired: expired; voids
  held     EVICT       → expired: expired; voids
  held     WITHDRAW    → absent: withdrawn; voids
  held     FORGET      → absent: voids
  critical PASS        → passing: passed; starts ttl; voids
  critical WARN        → warning: warned; starts ttl; voids
  critical after reap  → expired: deregistered; voids
  critical REAP        → expired: deregistered; voids
  critical EVICT       → expired: expired; voids
  critical WITHDRAW    → absent: withdrawn; voids
  critical FORGET      → absent: voids
  passing  PASS        → passing: renewed; starts ttl; voids
  passing  WARN        → warning: warned; starts ttl; voids
  passing  FAIL        → critical: failed; starts reap; voids
  passing  after ttl   → critical: failed; starts reap; voids
  passing  EVICT       → expired: expired; voids
  passing  WITHDRAW    → absent: withdrawn; voids
  passing  FORGET      → absent: voids
  warning  PASS        → passing: passed; starts ttl; voids
  warning  WARN        → warning: renewed; starts ttl; voids
  warning  FAIL        → critical: failed; starts reap; voids
  warning  after ttl   → critical: failed; starts reap; voids
  warning  EVICT       → expired: expired; voids
  warning  WITHDRAW    → absent: withdrawn; voids
  warning  FORGET      → absent: voids
  expired  REGISTER    → held: registered; starts ttl
  expired  LIST        → critical: registered; starts reap
  expired  RENEW       → held: registered; starts ttl
  expired  WITHDRAW    → absent: withdrawn
  expired  FORGET      → absent
`;
  expect(amiss(lease, table)).toEqual([]);
});
