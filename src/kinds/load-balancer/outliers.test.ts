import { expect, test } from "vitest";
import { player, type Step } from "../../engine/testing/playing.ts";
import { log, rowsOf } from "../../engine/testing/telling.ts";
import type { Simulation } from "../../engine/simulation.ts";
import { kinds } from "../registry.ts";

const play = player(kinds);

/** 100 requests a second over some hosts, by Envoy's rules. */
const system = (settings: string, count = 4) => {
  const each = (line: (number: number) => string) => Array.from({ length: count }, (_, index) => line(index + 1)).join("\n");
  return `
    ann: client arrivals=constant ratePerSecond=100 timeoutMs=60000
    front: load-balancer rules=envoy algorithm=envoy-round-robin ${settings}
    ${each((n) => `b${n}: dependency workDistribution=constant workMs=1 concurrency=1000`)}
    ann -> front: call latencyMs=0 timeoutMs=60000
    ${each((n) => `front -> b${n}: forward latencyMs=0`)}`;
};

/** How many requests a host got in each of some seconds. */
const perSecond = (run: Simulation, host: string, from: number, to: number) => {
  const times = rowsOf(run).filter(({ what, who, whom }) => what === "sent" && who === "front" && whom === host);
  return Array.from({ length: to - from }, (_, index) => times.filter(({ atUs }) => Math.floor(atUs / 1e6) === from + index).length);
};
const statuses = (run: Simulation) => [...new Set(log(run, "failed").map((line) => / (50\d)\b/u.exec(line)?.[1] ?? line))];
const errs: readonly Step[] = [[2.001, "err b2"]];
const outliers = "checks=none panicPercent=0 outlierErrors=5 outlierIntervalMs=1000 ejectionMs=3000";

test("five errors in a row eject a host; it is back at the first look after its time, which is longer each time", () => {
  const run = play(system(outliers), 16, errs);
  const got = perSecond(run, "b2", 0, 16);
  expect(got[1]).toBe(25);
  // Five of the fourth part of a hundred, then nothing for three seconds and up to a look more.
  const asked = got.slice(2).map((count) => count > 0);
  const firstBack = asked.indexOf(true, 1) + 2;
  const secondBack = asked.indexOf(true, firstBack - 1) + 2;
  expect(firstBack - 2).toBeGreaterThanOrEqual(3);
  expect(firstBack - 2).toBeLessThanOrEqual(4);
  expect(secondBack - firstBack).toBeGreaterThanOrEqual(6);
  expect(secondBack - firstBack).toBeLessThanOrEqual(7);
  expect(run.counters().failed).toBe(15);
  expect(run.status("front")!.parts[1]!.state).toBe("passed-over");
});

test("an answer in between begins the counting anew, and one that is well again stays", () => {
  const run = play(system(outliers), 12, [...errs, [2.16, "resume b2"]]);
  expect(run.counters().failed).toBe(3);
  expect(perSecond(run, "b2", 3, 12)).toEqual(Array.from({ length: 9 }, () => 25));
});

test.each([
  [10, 1],
  [50, 2],
  [100, 3],
])("no more than %d % are ejected at once, but one always may be: %d of four", (percent, ejected) => {
  const all: readonly Step[] = [1, 2, 3].map((host) => [2.001, `err b${host}`]);
  const run = play(system(`${outliers} ejectionMs=30000 ejectionPercent=${percent}`), 8, all);
  expect(run.status("front")!.parts.filter(({ state }) => state === "passed-over").length).toBe(ejected);
});

test("connections that fail count too; a check that it passes brings a host back at once", () => {
  const dies: readonly Step[] = [
    [2.001, "kill b2"],
    [5, "recreate b2"],
  ];
  const unchecked = play(system(`${outliers} ejectionMs=30000`), 10, dies);
  expect(log(unchecked, "refused").length).toBe(5);
  expect(perSecond(unchecked, "b2", 9, 10)).toEqual([0]);
  const checked = play(system(`${outliers} checks=http intervalMs=500 fall=10 rise=1 ejectionMs=30000`), 10, dies);
  expect(perSecond(checked, "b2", 9, 10)).toEqual([25]);
});

/** Each of five hosts gets 40 requests between two looks. */
const byRate = "checks=none panicPercent=0 outlierIntervalMs=2000 ejectionMs=3000 successRateEnforcing=100 successRateVolume=40";

test("a host that fails a third of its requests is found by the success rate of the others; errors in a row would not find it", () => {
  const third: readonly Step[] = [[2.001, "err b2 40"]];
  const run = play(system(`${byRate} outlierErrors=1000`, 5), 20, third);
  const got = perSecond(run, "b2", 0, 20);
  // Out at one of the first two looks after it began to err, for three seconds and on to the next look.
  const outAt = got.indexOf(0);
  expect(outAt).toBeGreaterThanOrEqual(3);
  expect(outAt).toBeLessThanOrEqual(6);
  expect(got[outAt + 1]).toBe(0);
  expect(got.slice(outAt).findIndex((count) => count > 0)).toBeLessThanOrEqual(5);
  expect(perSecond(play(system("checks=none panicPercent=0 outlierErrors=1000", 5), 20, third), "b2", 0, 20)).not.toContain(0);
});

test.each([
  ["four hosts are not compared", byRate, 4],
  ["hosts that had too few requests are not compared", `${byRate} successRateVolume=60`, 5],
  ["a factor that one of five cannot reach", `${byRate} successRateStdev=2001`, 5],
  ["whose share of failures is too low", `${byRate} successRateEnforcing=0 failurePercentEnforcing=100 failurePercent=95`, 5],
])("nobody is ejected: %s", (_, settings, count) => {
  expect(perSecond(play(system(settings, count), 12, [[2.001, "err b2 50"]]), "b2", 3, 12)).not.toContain(0);
});

test("all err alike: the success rate finds nobody, the share of failures all whom it may eject", () => {
  const all: readonly Step[] = [1, 2, 3, 4, 5].map((host) => [2.001, `err b${host}`]);
  const out = (settings: string) =>
    play(system(`${settings} ejectionMs=60000`, 5), 8, all)
      .status("front")!
      .parts.filter(({ state }) => state === "passed-over").length;
  expect(out(byRate)).toBe(0);
  const byFailures = "checks=none panicPercent=0 outlierIntervalMs=2000 failurePercentEnforcing=100 failurePercentVolume=10";
  expect(out(`${byFailures} ejectionPercent=10`)).toBe(1);
  expect(out(`${byFailures} ejectionPercent=60`)).toBe(3);
});

test("below the panic threshold every host gets requests, ill or not; 0: none does", () => {
  const three: readonly Step[] = [1, 2, 3].map((host) => [2.001, `kill b${host}`]);
  const last = (percent: number) =>
    perSecond(play(system(`checks=http retries=0 intervalMs=200 panicPercent=${percent}`), 8, three), "b1", 7, 8);
  expect([last(50), last(25), last(26), last(0)]).toEqual([[25], [0], [25], [0]]);
});

test.each([
  ["envoy", "kill b2", ["503"]],
  ["envoy", "reset b2", ["503"]],
  ["envoy", "hang b2", ["504"]],
  ["varnish", "kill b2", ["503"]],
  ["varnish", "reset b2", ["503"]],
  ["varnish", "hang b2", ["503"]],
])("by %s's rules %s ends requests with %s, and none is tried again", (rules, act, wanted) => {
  const settings = "checks=none panicPercent=0 retries=0 serverTimeoutMs=300";
  const run = play(system(settings).replace("rules=envoy", `rules=${rules}`), 4, [[2.001, act]]);
  expect(statuses(run)).toEqual(wanted);
  expect(log(run, "retried")).toEqual([]);
});

test("Envoy's retries go to whoever's turn it is, after a short wait by chance; Varnish has none whatever is set", () => {
  const dies: readonly Step[] = [[2.001, "kill b2"]];
  const envoy = play(system("checks=none panicPercent=0 retries=2"), 6, dies);
  // One in four meets it, one in four of these again, and of these again.
  expect(envoy.counters().failed).toBeLessThan(20);
  const waits = log(envoy, "retried").length;
  expect(waits).toBeGreaterThan(90);
  expect(play(system("checks=none retries=2").replace("rules=envoy", "rules=varnish"), 6, dies).counters().failed).toBe(100);
});

test("Varnish: sick at the third bad probe of five, back at the third good one", () => {
  const settings = "checks=http counting=window probeWindow=5 probeThreshold=3 intervalMs=1000";
  const run = play(system(settings).replace("rules=envoy", "rules=varnish"), 30, [
    [5, "kill b2"],
    [20, "recreate b2"],
  ]);
  const [down] = rowsOf(run).filter(({ what }) => what === "target-down");
  const [up] = rowsOf(run).filter(({ what }) => what === "target-up");
  expect(down!.atUs / 1e6).toBeGreaterThan(7);
  expect(down!.atUs / 1e6).toBeLessThanOrEqual(8);
  expect(up!.atUs / 1e6).toBeGreaterThan(22);
  expect(up!.atUs / 1e6).toBeLessThan(24);
  const [detection] = run.detections();
  expect(detection!.predictedMs).toEqual([2000, 3000]);
});

test("an ejection is told with its errors and its length, its end, and the first answer after it", () => {
  const run = play(system(outliers), 14, [...errs, [7, "resume b2"]]);
  const rows = rowsOf(run).filter(({ what }) => ["passed-over", "tried-again", "readmitted"].includes(what));
  const twice = ["passed-over", "tried-again", "passed-over", "tried-again", "readmitted"];
  expect(rows.map(({ what }) => what)).toEqual(twice);
  const [out, tried, outAgain, triedAgain] = rows;
  expect(out!.a).toBe(5);
  const fifth = rowsOf(run).filter(({ what, who, a, whom }) => what === "got" && who === "front" && whom === "b2" && a === 500)[4]!;
  expect(out!.atUs).toBe(fifth.atUs);
  expect(tried!.atUs - out!.atUs).toBe(out!.b);
  expect(triedAgain!.atUs - outAgain!.atUs).toBe(outAgain!.b);
  expect(outAgain!.b).toBeGreaterThan(6_000_000);
});

test("who is dead is noticed by the requests that meet it; a check that it passes readmits it", () => {
  const dies: readonly Step[] = [
    [2.001, "kill b2"],
    [5, "recreate b2"],
  ];
  const run = play(system(`${outliers} ejectionMs=30000`), 10, dies);
  const [detection] = run.detections();
  const fifth = rowsOf(run).filter(({ what }) => what === "refused")[4]!;
  expect([detection!.predictedMs, detection!.detectedAtMs]).toEqual([null, fifth.atUs / 1000]);
  expect(run.status("front")!.parts[1]!.facts.find(({ key }) => key === "since")!.value).toBe(fifth.atUs);
  const checked = play(system(`${outliers} checks=http intervalMs=500 fall=10 rise=1 ejectionMs=30000`), 10, dies);
  expect(log(checked, "passed-over", "tried-again", "readmitted").map((line) => line.split(" ")[2])).toEqual(["passed-over", "readmitted"]);
  expect(checked.detections()[0]!.backAtMs).toBeLessThan(6000);
});
