import { expect, test } from "vitest";
import { givesUp, restarts, restartWaitUs, startsWithDaemon, type RestartPolicy } from "./restart.ts";

const policies: readonly RestartPolicy[] = ["no", "always", "unless-stopped", "on-failure"];
const ended = { restartsMax: 0, restarts: 0, exitCode: 1, isManual: false };
const those = (holds: (policy: RestartPolicy) => boolean) => policies.filter(holds).join(" ");

test("which policies restart what", () => {
  expect({
    "exit 1": those((policy) => restarts({ ...ended, policy })),
    "exit 0": those((policy) => restarts({ ...ended, policy, exitCode: 0 })),
    "docker stop, docker kill": those((policy) => restarts({ ...ended, policy, isManual: true })),
    "its host is back": those((policy) => startsWithDaemon(policy, false)),
    "its host is back, it had been stopped by hand": those((policy) => startsWithDaemon(policy, true)),
  }).toEqual({
    "exit 1": "always unless-stopped on-failure",
    "exit 0": "always unless-stopped",
    "docker stop, docker kill": "",
    "its host is back": "always unless-stopped",
    "its host is back, it had been stopped by hand": "always",
  });
});

test("on-failure:3 restarts three times, and gives up", () => {
  const after = (count: number) => ({ ...ended, policy: "on-failure" as const, restartsMax: 3, restarts: count });
  expect([0, 1, 2, 3].map((count) => restarts(after(count)))).toEqual([true, true, true, false]);
  expect([2, 3].map((count) => givesUp(after(count)))).toEqual([false, true]);
  expect(givesUp({ ...after(3), exitCode: 0 })).toBe(false);
});

test("the wait doubles from 100 ms to 1 min, and begins again after a run of 10 s", () => {
  const waits = [0];
  while (waits.length < 13) waits.push(restartWaitUs(waits.at(-1)!, 0));
  expect(waits.slice(1).map((us) => us / 1e6)).toEqual([0.1, 0.2, 0.4, 0.8, 1.6, 3.2, 6.4, 12.8, 25.6, 51.2, 60, 60]);
  expect([9_999_999, 10_000_000].map((ranUs) => restartWaitUs(25_600_000, ranUs))).toEqual([51_200_000, 100_000]);
});
