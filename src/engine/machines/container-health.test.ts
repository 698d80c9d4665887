import { expect, test } from "vitest";
import { containerHealth, containerHealthMachine, describeHealth } from "./container-health.ts";
import { amiss } from "./machine-table.ts";

test("the whole table of two retries", () => {
  const table = `
                        → none
  none       STARTED    → starting
  starting   CLOSED     → none
  starting   PASS       → healthy: became-healthy
  starting   FAIL       → starting-1: failed
  starting   FAIL_EARLY → starting: excused
  starting-1 STARTED    → starting
  starting-1 CLOSED     → none
  starting-1 PASS       → healthy: became-healthy
  starting-1 FAIL       → unhealthy: failed, became-unhealthy
  healthy    STARTED    → starting
  healthy    CLOSED     → none
  healthy    FAIL       → healthy-1: failed
  healthy-1  STARTED    → starting
  healthy-1  CLOSED     → none
  healthy-1  PASS       → healthy
  healthy-1  FAIL       → unhealthy: failed, became-unhealthy
  unhealthy  STARTED    → starting
  unhealthy  CLOSED     → none
  unhealthy  PASS       → healthy: became-healthy
`;
  expect(amiss(containerHealthMachine(2), table)).toEqual([]);
});

/** Plays probes: "+" passed, "-" failed, "." failed in the start period; gives the state after each. */
function played(retries: number, answers: string): string {
  const { machine } = containerHealth(retries);
  const events: Record<string, string> = { "+": "PASS", "-": "FAIL", ".": "FAIL_EARLY" };
  let state = machine.stateOf("starting");
  return [...answers].map((answer) => machine.states[(state = machine.next(state, machine.eventOf(events[answer]!)))]).join(" ");
}

test("only failures in a row count, one success is healthy, and the start period excuses", () => {
  expect(played(3, "..--+")).toBe("starting starting starting-1 starting-2 healthy");
  expect(played(3, "+--+---")).toBe("healthy healthy-1 healthy-2 healthy healthy-1 healthy-2 unhealthy");
  expect(played(3, "-----+-")).toBe("starting-1 starting-2 unhealthy unhealthy unhealthy healthy healthy-1");
  expect(played(1, "-+-")).toBe("unhealthy healthy unhealthy");
});

test("what a state means, and the chart without the counts", () => {
  const health = containerHealth(2);
  const told = health.machine.states.map((name, state) => `${name}: ${health.status[state]} ${health.streak[state]}/2`);
  expect(told.sort()).toEqual([
    "healthy-1: healthy 1/2",
    "healthy: healthy 0/2",
    "none: none 0/2",
    "starting-1: starting 1/2",
    "starting: starting 0/2",
    "unhealthy: unhealthy 2/2",
  ]);
  const chart = describeHealth(health, health.machine.stateOf("healthy-1"));
  expect([chart.current, [...chart.states].sort()]).toEqual(["healthy", ["healthy", "none", "starting", "unhealthy"]]);
  expect(chart.edges.map(({ from, event, to }) => `${from} ${event} ${to}`)).toContain("starting FAIL unhealthy");
});
