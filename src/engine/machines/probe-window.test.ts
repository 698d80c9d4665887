import { expect, test } from "vitest";
import { windowHealth } from "./probe-window.ts";

/** After so many good probes and then these ("+" good, "-" bad): "up 1/3" missed so far, or "down 2/3" passed so far. */
function after(window: number, threshold: number, probes: string): string {
  const health = windowHealth(window, threshold);
  let state = health.machine.stateOf("up");
  for (const probe of probes) state = health.machine.next(state, probe === "+" ? health.passEvent : health.failEvent);
  return health.usable[state] === 1 ? `up ${health.missed[state]}/${health.fall}` : `down ${health.passed[state]}/${health.rise}`;
}

test.each([
  ["", "up 0/3"],
  ["-", "up 1/3"],
  ["--", "up 2/3"],
  ["---", "down 2/3"],
  ["-----", "down 0/3"],
  ["-----++", "down 2/3"],
  ["-----+++", "up 2/3"],
  // They need not follow one another, either way.
  ["-+-+-", "down 2/3"],
  ["---+-+", "down 2/3"],
  ["-----+-+-+", "up 2/3"],
])("window 5, threshold 3 (measured: sick at the 3rd bad, back at the 3rd good): %s is %s", (probes, told) => {
  expect(after(5, 3, probes)).toBe(told);
});

test("it starts with one good probe too few, so that its first makes it healthy; Varnish's defaults are 8 and 3", () => {
  const { machine, passEvent, failEvent, usable } = windowHealth(8, 3);
  const down = machine.stateOf("down");
  expect([usable[down], usable[machine.next(down, passEvent)], usable[machine.next(down, failEvent)]]).toEqual([0, 1, 0]);
});

test("a threshold above the window counts as the window; it is made once", () => {
  expect(windowHealth(2, 9)).toBe(windowHealth(2, 2));
  expect(after(2, 9, "-")).toBe("down 1/2");
  expect(after(1, 1, "-+")).toBe("up 0/1");
});
