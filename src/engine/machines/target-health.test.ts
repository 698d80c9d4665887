import { expect, test } from "vitest";
import { amiss } from "./machine-table.ts";
import { targetHealth, targetHealthMachine } from "./target-health.ts";

test("the whole table of rise 2, fall 3", () => {
  const table = `
                          → unchecked
  unchecked PASS          → up: passed
  unchecked FAIL          → down: missed, went-down
  up        FAIL          → up-1: missed
  unchecked SUDDEN_DEATH  → down: missed, went-down
  unchecked MARK_DOWN     → down: missed, went-down
  up        SUDDEN_DEATH  → up-2: missed
  up        MARK_DOWN     → down: missed, went-down
  up-1      SUDDEN_DEATH  → up-2: missed
  up-1      MARK_DOWN     → down: missed, went-down
  up-2      SUDDEN_DEATH  → down: missed, went-down
  up-2      MARK_DOWN     → down: missed, went-down
  up-1      FAIL          → up-2: missed
  up-2      FAIL          → down: missed, went-down
  up-1      PASS          → up: passed
  up-2      PASS          → up: passed
  down      PASS          → down-1: passed
  down-1    PASS          → up: passed, came-up
  down-1    FAIL          → down: missed
  up        ADD_UNCHECKED → unchecked
  up-1      ADD_UNCHECKED → unchecked
  up-2      ADD_UNCHECKED → unchecked
  down      ADD_UNCHECKED → unchecked
  down-1    ADD_UNCHECKED → unchecked
`;
  expect(amiss(targetHealthMachine(2, 3), table)).toEqual([]);
});

test("the whole table of rise 1, fall 1", () => {
  const table = `
                          → unchecked
  unchecked PASS          → up: passed
  unchecked FAIL          → down: missed, went-down
  unchecked SUDDEN_DEATH  → down: missed, went-down
  unchecked MARK_DOWN     → down: missed, went-down
  up        SUDDEN_DEATH  → down: missed, went-down
  up        MARK_DOWN     → down: missed, went-down
  up        FAIL          → down: missed, went-down
  down      PASS          → up: passed, came-up
  up        ADD_UNCHECKED → unchecked
  down      ADD_UNCHECKED → unchecked
`;
  expect(amiss(targetHealthMachine(1, 1), table)).toEqual([]);
});

/** Plays answers of checks: "-" missed, "+" passed; gives the state after each. */
function played(rise: number, fall: number, from: string, answers: string): string {
  const { machine } = targetHealth(rise, fall);
  let state = machine.stateOf(from);
  return [...answers]
    .map((answer) => machine.states[(state = machine.next(state, machine.eventOf(answer === "+" ? "PASS" : "FAIL")))])
    .join(" ");
}

test("HAProxy counts consecutive answers only", () => {
  expect(played(2, 3, "up", "--+--+--+")).toBe("up-1 up-2 up up-1 up-2 up up-1 up-2 up");
  expect(played(2, 3, "down", "-+-+-+")).toBe("down down-1 down down-1 down down-1");
  expect(played(2, 3, "up", "----++-")).toBe("up-1 up-2 down down down-1 up up-1");
});

test("HAProxy: a server starts UP with one failed check to spare", () => {
  expect(played(2, 3, "unchecked", "-")).toBe("down");
  expect(played(2, 3, "unchecked", "+---")).toBe("up up-1 up-2 down");
});

test("what a state means", () => {
  const health = targetHealth(2, 3);
  const rows = health.machine.states.map((name, state) =>
    [name, health.usable[state], `${health.missed[state]}/3`, `${health.passed[state]}/2`, health.pace[state]].join(" "),
  );
  expect(rows).toEqual([
    "unchecked 1 0/3 0/2 1",
    "up 1 0/3 0/2 0",
    "down 0 3/3 0/2 2",
    "up-1 1 1/3 0/2 1",
    "up-2 1 2/3 0/2 1",
    "down-1 0 0/3 1/2 1",
  ]);
});

test("counts up to 100 are hosted, once for each pair", () => {
  const health = targetHealth(100, 100);
  expect(health.machine.states.length).toBe(201);
  expect(health.missed[health.machine.stateOf("up-99")]).toBe(99);
  expect(targetHealth(100, 100)).toBe(health);
  expect(targetHealth(100, 99)).not.toBe(health);
});
