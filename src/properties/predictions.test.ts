import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { kinds } from "../kinds/registry.ts";
import { player } from "../engine/testing/playing.ts";
import { seeds, trials } from "./testing/hunt.ts";

const play = player(kinds);

const ms = (min: number, max: number) => fc.integer({ min, max });
const orNone = (arbitrary: fc.Arbitrary<number>) => fc.oneof(fc.constant(0), arbitrary);
/** What can befall `web`, and how: the machine and the site that it stands in among them. */
const faults = ["kill web", "hang web", "stop web", "unplug h", "shut-down h", "lose z", "recreate web", "restart h"];

const setting = fc.record({
  checks: fc.constantFrom("http", "tcp", "none"),
  intervalMs: ms(100, 3000),
  fastIntervalMs: orNone(ms(20, 1000)),
  checkTimeoutMs: orNone(ms(90, 2500)),
  fall: ms(1, 4),
  latencyMs: fc.constantFrom(0, 0.5, 3, 40),
  // What is well before the fault: its checks can pass, and its lease outlives its heartbeats.
  leewayMs: ms(100, 4000),
  heartbeatMs: ms(50, 3000),
  consumers: fc.constantFrom("watch", "poll"),
  pollMs: ms(50, 2000),
  shares: fc.constantFrom("power", "network"),
  ways: fc.constantFrom("forward", "source", "both"),
  /** Who stands in the same site as `web`. */
  neighbours: fc.subarray(["ann", "front", "registry"]),
  seed: fc.nat(10_000),
});

type Setting = typeof setting extends fc.Arbitrary<infer T> ? T : never;

const world = (s: Setting) => s.neighbours.reduce((text, id) => text.replace(new RegExp(`^( *${id}: \\S+)`, "mu"), "$1 in z"), wide(s));

const wide = (s: Setting) => `
  z: zone shares=${s.shares}
  h: host in z
  ann: client arrivals=by-hand
  front: load-balancer checks=${s.checks} intervalMs=${s.intervalMs} fastIntervalMs=${s.fastIntervalMs} checkTimeoutMs=${s.checkTimeoutMs} fall=${s.fall}
  registry: service-registry ttlMs=${s.heartbeatMs + s.leewayMs} consumers=${s.consumers} pollMs=${s.pollMs}
  web: container in h heartbeatMs=${s.heartbeatMs} stopGraceMs=100
  ann -> registry: discover latencyMs=${s.latencyMs}
  web -> registry: register latencyMs=${s.latencyMs}
  ${s.ways === "source" ? "" : `front -> web: forward latencyMs=${s.latencyMs}`}
  ${s.ways === "forward" ? "" : `front -> registry: source latencyMs=${s.latencyMs}`}`;

describe.each(seeds)("whoever watches, seed %i", (seed) => {
  test("notices a fault when it was predicted, whatever the settings and the instant", () => {
    let predicted = 0;
    fc.assert(
      fc.property(setting, fc.constantFrom(...faults), ms(1_000_000, 9_000_000), (chosen, fault, atUs) => {
        const simulation = play(world(chosen), 35, [[atUs / 1e6, fault]], { seed: chosen.seed });
        for (const { node, observer, faultAtMs, detectedAtMs, predictedMs } of simulation.detections()) {
          predicted++;
          const afterMs = detectedAtMs === null ? null : Math.round((detectedAtMs - faultAtMs) * 1000) / 1000;
          const told = `${observer} about ${node}: predicted [${predictedMs}] ms, measured ${afterMs} ms`;
          expect(afterMs, told).not.toBeNull();
          expect(afterMs, told).toBeGreaterThanOrEqual(predictedMs![0]);
          expect(afterMs, told).toBeLessThanOrEqual(predictedMs![1]);
        }
      }),
      trials(seed, 60),
    );
    expect(predicted).toBeGreaterThan(40);
  });
});
