import { describe, expect, test } from "vitest";
import { player, set } from "../../engine/testing/playing.ts";
import { log, rowsOf } from "../../engine/testing/telling.ts";
import type { Simulation } from "../../engine/simulation.ts";
import { kinds } from "../registry.ts";

const play = player(kinds);
const health = (simulation: Simulation) =>
  log(simulation, "up", "health-failed", "healthy", "unhealthy", "hung", "resumed", "exited", "died");
const shown = (simulation: Simulation) => simulation.status("web")!.state;
/** From the start of its process to unhealthy, in ms. */
function unhealthyMs(simulation: Simulation): number {
  const rows = rowsOf(simulation);
  const at = (wanted: string) => rows.find(({ what, who }) => what === wanted && who === "web")!.atUs;
  return (at("unhealthy") - at("up")) / 1000;
}
const cold = (settings: string) => `cold\n h: host bootMs=1000\n web: container in h startMs=200 ${settings}`;
const quick = "healthIntervalMs=1000 healthTimeoutMs=2000";

describe("a healthcheck", () => {
  test("is off unless it is asked for", () => {
    const simulation = play(cold(""), 100);
    expect([shown(simulation), simulation.about("web")!.furtherCharts, health(simulation)]).toEqual([
      "running",
      [],
      ["1.000 h up", "1.200 web up"],
    ]);
  });

  test("by default looks after 30 s for the first time, and after each answer again", () => {
    const simulation = play(cold("healthcheck=asks"), 31.26);
    expect([shown(simulation), health(simulation)]).toEqual(["health-starting", ["1.000 h up", "1.200 web up"]]);
    simulation.runUntil(31_270_000);
    expect(shown(simulation)).toBe("healthy");
  });

  test("finds what hangs unhealthy after its retries; Docker leaves it as it is, and one good answer makes it healthy", () => {
    const simulation = play(cold(`healthcheck=asks healthRetries=2 ${quick} restart=always`), 30, [
      [5.1, "hang web"],
      [19, "resume web"],
    ]);
    expect(health(simulation).slice(2)).toEqual([
      "2.270 web healthy",
      "5.100 web hung",
      "7.410 web health-failed 1/2",
      "10.410 web health-failed 2/2",
      "10.410 web unhealthy",
      "19.000 web resumed",
      // Its probe of 17.410 s had waited for it, and is answered at last.
      "19.000 web healthy",
    ]);
  });

  test("of what has no room left fails", () => {
    const text = `visitors: client ratePerSecond=50
      h: host
      web: container in h concurrency=1 queueLimit=0 workDistribution=constant workMs=60000 healthcheck=asks healthRetries=2 ${quick}
      visitors -> web: call latencyMs=1 timeoutMs=100000`;
    expect(shown(play(text, 6))).toBe("unhealthy");
  });

  test("of what is slow answers slowly, and too slowly fails", () => {
    const text = `h: host\n web: container in h healthcheck=asks healthRetries=1 ${quick} healthProbeMs=100`;
    const found = [10, 19, 20, 30].map((factor) => play(text, 9, [[2, `slow web ${factor}`]]).status("web")!.facts[0]!.value);
    expect(found).toEqual(["healthy", "healthy", "unhealthy", "unhealthy"].map((name) => `health.${name}`));
  });

  test("of which the command is broken calls a good container unhealthy, which serves on", () => {
    const text = `visitors: client ratePerSecond=50
      h: host
      web: container in h healthcheck=broken ${quick}
      visitors -> web: call latencyMs=1`;
    const simulation = play(text, 10);
    expect([shown(simulation), simulation.status("web")!.tone, simulation.counters().failed]).toEqual(["unhealthy", "doubtful", 0]);
    expect(simulation.counters().served).toBeGreaterThan(400);
  });

  test("of a process that still boots fails; the start period excuses that, and has an interval of its own", () => {
    const booting = `cold\n h: host bootMs=1000\n web: container in h startMs=8232 healthcheck=asks ${quick}`;
    expect(health(play(booting, 12))).toEqual([
      "1.000 h up",
      "2.302 web health-failed 1/3",
      "3.372 web health-failed 2/3",
      "4.442 web health-failed 3/3",
      "4.442 web unhealthy",
      "9.232 web up",
      "9.792 web healthy",
    ]);
    expect(health(play(`${booting} healthStartPeriodMs=10000 healthStartIntervalMs=3000`, 12))).toEqual([
      "1.000 h up",
      "4.302 web health-failed 0/3",
      "7.372 web health-failed 0/3",
      "9.232 web up",
      "10.442 web healthy",
    ]);
  });

  test("begins anew with each process, and ends with it", () => {
    const simulation = play(cold(`healthcheck=broken healthRetries=2 ${quick} restart=always`), 9, [[6, "crash web"]]);
    expect(health(simulation).slice(2)).toEqual([
      "2.270 web health-failed 1/2",
      "3.340 web health-failed 2/2",
      "3.340 web unhealthy",
      "6.000 web exited (1)",
      "6.300 web up",
      "7.370 web health-failed 1/2",
      "8.440 web health-failed 2/2",
      "8.440 web unhealthy",
    ]);
    expect(shown(play(cold(`healthcheck=broken ${quick}`), 9, [[6, "kill web"]]))).toBe("dead");
  });

  test("may be turned on, set otherwise, and turned off in mid-run", () => {
    const simulation = play(`h: host\n web: container in h ${quick}`, 30, [
      [5, set("web", { healthcheck: "broken" })],
      [7.5, set("web", { healthRetries: 2 })],
      [15, set("web", { healthcheck: "none" })],
    ]);
    expect(health(simulation)).toEqual([
      "6.070 web health-failed 1/3",
      "7.140 web health-failed 2/3",
      "8.210 web health-failed 1/2",
      "9.280 web health-failed 2/2",
      "9.280 web unhealthy",
    ]);
    expect(shown(simulation)).toBe("running");
  });

  test("draws its machine beside that of its life", () => {
    const simulation = play(cold(`healthcheck=broken ${quick}`), 20);
    const [chart] = simulation.about("web")!.furtherCharts;
    expect([chart!.machine, chart!.current, simulation.chart("web")!.current]).toEqual(["health", "unhealthy", "running"]);
  });

  test("is in every checkpoint", () => {
    const simulation = play(cold(`healthcheck=broken ${quick}`), 3);
    const checkpoint = simulation.checkpoint();
    const fork = simulation.fork();
    simulation.runUntil(20_000_000);
    const first = health(simulation);
    simulation.restore(checkpoint);
    simulation.runUntil(20_000_000);
    fork.runUntil(20_000_000);
    expect(health(simulation)).toEqual(first);
    expect(first).toContain(health(fork).at(-1));
  });
});

describe("held against the recordings (f_docker: docker 20.10.24, which knows no start interval: it is the interval)", () => {
  const old = "healthStartIntervalMs=1000";
  test.each([
    ["healthcheck_hanging_probe_interval1s_timeout2s_retries2", "healthcheck=asks healthRetries=2", [6008, 5992, 6005]],
    [
      "healthcheck_start_period5s_interval1s_retries3_always_failing",
      `healthcheck=broken healthStartPeriodMs=5000 ${old}`,
      [7584, 7506, 7448],
    ],
  ])("%s", (_case, settings, recorded) => {
    const found = unhealthyMs(play(cold(`${quick} ${settings}`), 30, settings.includes("asks") ? [[1.2, "hang web"]] : []));
    for (const ms of recorded) expect(Math.abs(found - ms)).toBeLessThanOrEqual(100);
  });
});
