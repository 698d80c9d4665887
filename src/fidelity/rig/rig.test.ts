import { expect, it } from "vitest";
import { balancerSettings, haproxyOptions } from "./haproxy-options.ts";
import { Rig } from "./rig.ts";

const options = haproxyOptions("check inter 1s fall 3 rise 2", "option httpchk GET /health");

/** Recorded (own_slow_…): a server that becomes slow is found by the checks that would have come anyway. */
it.each([100, 500, 900])("a wire that becomes slow %d ms after a check leaves the checks' times as they were", (phaseMs) => {
  const rig = new Rig({ servers: 1, balancer: balancerSettings(options, "slow") });
  rig.until(3000);
  const lastMs = rig.lastGoodCheckMs("b1") + 1000;
  rig.delay(lastMs + phaseMs, "b1", 1500);
  rig.until(lastMs + 10_000);
  const missed = rig.rows("missed").map(({ atUs }) => atUs / 1000 - lastMs);
  expect(missed.slice(0, 3)).toEqual([2000, 4000, 6000]);
});
