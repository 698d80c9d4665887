import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { kinds } from "../kinds/registry.ts";
import { player, set } from "../engine/testing/playing.ts";
import { seeds, trials } from "./testing/hunt.ts";

const play = player(kinds);

const ms = (min: number, max: number) => fc.integer({ min, max });
const orNone = (arbitrary: fc.Arbitrary<number>) => fc.oneof(fc.constant(0), arbitrary);
/** What can befall `web`, and how: the machine and the site that it stands in among them, and the wires that lead to it and from it. */
const faults = [
  ...["kill web", "hang web", "stop web", "unplug h", "shut-down h", "lose z", "recreate web", "restart h"],
  ...["err web 30", "err web", "reset web", "fail-all web", "drop web", "slow web 20"],
  ...["front--web", "web--registry"].flatMap((wire) => ["cut", "cut-there", "cut-back", "flap"].map((act) => `${act} ${wire}`)),
];

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

/** A balancer of two, by whose rules and settings failures of requests are noticed. */
const rules = fc.record({
  rules: fc.constantFrom("haproxy", "nginx", "apache", "caddy", "varnish", "envoy"),
  checks: fc.constantFrom("http", "tcp", "none"),
  observe: fc.constantFrom("none", "layer4", "layer7"),
  onError: fc.constantFrom("fastinter", "fail-check", "sudden-death", "mark-down"),
  fastIntervalMs: orNone(ms(20, 1000)),
  fall: ms(1, 4),
  errorLimit: ms(1, 5),
  maxFails: ms(0, 3),
  outlierErrors: ms(0, 3),
  retryStatuses: fc.constantFrom("", "500", "503"),
  ratePerSecond: fc.constantFrom(2, 40),
  timeoutMs: fc.constantFrom(250, 3000),
  ignoreClientAbort: fc.boolean(),
  abortOnClose: fc.boolean(),
});

const ofRequests = [
  ...["kill web", "hang web", "err web 30", "err web", "reset web", "fail-all web", "drop web", "slow web 20"],
  ...["cut", "cut-there", "cut-back", "flap"].map((act) => `${act} front--web`),
];

const pair = ({ ratePerSecond, timeoutMs, retryStatuses: _, ...own }: typeof rules extends fc.Arbitrary<infer T> ? T : never) => `
  ann: client ratePerSecond=${ratePerSecond}
  front: load-balancer ${Object.entries(own)
    .map(([key, value]) => `${key}=${value}`)
    .join(" ")} serverTimeoutMs=400 connectTimeoutMs=300
  h: host
  web: container in h
  other: container in h
  ann -> front: call timeoutMs=${timeoutMs}
  front -> web: forward
  front -> other: forward`;

/** In a warm run a lease is as if it had been renewed at 0 s; by then every instance has renewed it itself. */
const instant = ms(3_050_000, 9_000_000);

describe.each(seeds)("whoever watches, seed %i", (seed) => {
  test("notices a fault when it was predicted, whatever the settings and the instant", () => {
    const counts = { "in-time": 0, "by-requests": 0, perhaps: 0, never: 0 };
    fc.assert(
      fc.property(setting, fc.constantFrom(...faults), instant, (chosen, fault, atUs) => {
        const simulation = play(world(chosen), 35, [[atUs / 1e6, fault]], { seed: chosen.seed });
        for (const { node, observer, faultAtMs, detectedAtMs, foreseen, predictedMs } of simulation.detections()) {
          counts[foreseen]++;
          const afterMs = detectedAtMs === null ? null : Math.round((detectedAtMs - faultAtMs) * 1000) / 1000;
          const told = `${observer} about ${node}: predicted ${foreseen} [${predictedMs}] ms, measured ${afterMs} ms`;
          if (foreseen === "never") expect(afterMs, told).toBeNull();
          if (foreseen !== "in-time") continue;
          expect(afterMs, told).not.toBeNull();
          expect(afterMs, told).toBeGreaterThanOrEqual(predictedMs![0]);
          expect(afterMs, told).toBeLessThanOrEqual(predictedMs![1]);
        }
      }),
      trials(seed, 120),
    );
    expect(counts["in-time"]).toBeGreaterThan(40);
    expect(counts.never).toBeGreaterThan(20);
    expect(counts.perhaps).toBeGreaterThan(0);
  });

  test("notices by requests what it notices by them, and nothing else, whatever its rules are", () => {
    const counts = { "in-time": 0, "by-requests": 0, perhaps: 0, never: 0 };
    let noticed = 0;
    fc.assert(
      fc.property(rules, fc.constantFrom(...ofRequests), instant, fc.nat(10_000), (chosen, fault, atUs, luck) => {
        const simulation = play(
          pair(chosen),
          20,
          [
            [0, set("front", { retryStatuses: chosen.retryStatuses })],
            [atUs / 1e6, fault],
          ],
          { seed: luck },
        );
        for (const { node, observer, faultAtMs, detectedAtMs, foreseen, predictedMs } of simulation.detections()) {
          if (observer !== "front" || node !== "web") continue;
          counts[foreseen]++;
          if (foreseen === "by-requests" && detectedAtMs !== null) noticed++;
          const told = `${fault}: predicted ${foreseen} [${predictedMs}] ms, measured ${detectedAtMs} ms`;
          if (foreseen === "never") expect(detectedAtMs, told).toBeNull();
          if (foreseen === "in-time") expect(detectedAtMs! - faultAtMs, told).toBeLessThanOrEqual(predictedMs![1] + 0.001);
        }
      }),
      trials(seed, 60),
    );
    expect(counts.never).toBeGreaterThan(5);
    expect(noticed).toBeGreaterThan(5);
  });
});
