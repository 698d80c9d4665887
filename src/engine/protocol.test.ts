import { expect, test } from "vitest";
import { code } from "./protocol.ts";

test("each message has a number of its own, and the hosted machines' timers come after all of them", () => {
  const { machineTimers, ...messages } = code;
  const numbers = Object.values(messages);
  const shared = Object.entries(messages).filter(([, number]) => numbers.filter((other) => other === number).length > 1);
  expect(shared).toEqual([]);
  expect(Math.max(...numbers)).toBeLessThan(machineTimers);
});
