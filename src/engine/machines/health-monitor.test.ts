import { expect, test } from "vitest";
import { healthMonitor } from "./health-monitor.ts";
import { amiss } from "./machine-table.ts";

test("the whole table", () => {
  const table = `
                          → closed
  closed   OPEN           → opening: starts engine
  opening  after engine   → waiting: starts interval; voids
  opening  CLOSE          → closed: voids
  waiting  after interval → probing: probe-began; starts probe; voids
  waiting  CLOSE          → closed: voids
  probing  after probe    → answered: probe-ended; voids
  probing  ANSWERED       → answered: probe-ended; voids
  probing  CLOSE          → closed: voids
  answered NEXT           → waiting: starts interval
  answered CLOSE          → closed
`;
  expect(amiss(healthMonitor, table)).toEqual([]);
});
