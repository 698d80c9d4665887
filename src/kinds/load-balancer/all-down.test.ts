import { expect, test } from "vitest";
import { player, type Step } from "../../engine/testing/playing.ts";
import { log } from "../../engine/testing/telling.ts";
import { kinds } from "../registry.ts";

const play = player(kinds);
const system = (settings: string) => `
  ann: client arrivals=constant ratePerSecond=50 timeoutMs=60000
  front: load-balancer intervalMs=500 connectTimeoutMs=1000 ${settings}
  b1: dependency workDistribution=constant workMs=1
  b2: dependency workDistribution=constant workMs=1
  ann -> front: call latencyMs=0
  front -> b1: forward latencyMs=0
  front -> b2: forward latencyMs=0`;
const allDie: readonly Step[] = [
  [2.001, "kill b1"],
  [2.001, "kill b2"],
];

/** What the requests of the sixth second end with, and how long that takes; all targets have long been found out. */
test.each([
  ["HAProxy: 503 at once, nobody is contacted", "rules=haproxy checks=http", "503", false],
  ["HAProxy without checks: each retry refused, 503 after three turn-arounds", "rules=haproxy checks=none retries=3", "503", true],
  ["nginx: no live upstreams, 502 at once", "rules=nginx checks=none algorithm=nginx-round-robin", "502", false],
  ["nginx, max_fails 0: each request tries both, 502", "rules=nginx checks=none maxFails=0 algorithm=nginx-round-robin", "502", true],
  ["Caddy: every request meets one, 502", "rules=caddy checks=none maxFails=0", "502", true],
  ["Caddy with active checks: nobody is available, 503", "rules=caddy checks=http fall=1", "503", false],
  ["Varnish with a probe: backend fetch failed, 503", "rules=varnish checks=http counting=window", "503", false],
  ["Envoy in panic: they are asked all the same, 503", "rules=envoy checks=http panicPercent=50 retries=0", "503", true],
  ["Envoy without a threshold: no healthy upstream, 503", "rules=envoy checks=http panicPercent=0 retries=0", "503", false],
])("all targets down. %s", (_name, settings, status, isContacted) => {
  const run = play(system(settings), 12, allDie);
  const inSecond = (line: string) => Math.floor(Number(line.split(" ")[0])) === 10;
  const failed = log(run, "failed").filter(inSecond);
  expect(failed.length).toBeGreaterThanOrEqual(49);
  expect(new Set(failed.map((line) => / (50\d)\b/u.exec(line)?.[1]))).toEqual(new Set([status]));
  expect(log(run, "refused").filter(inSecond).length > 0).toBe(isContacted);
});

test("Apache, all members in error: forced recovery, each request tries them again and ends with 503", () => {
  const run = play(system("rules=apache checks=none algorithm=nginx-round-robin failTimeoutMs=60000"), 6, allDie);
  expect(run.counters().served).toBe(100);
  expect(new Set(log(run, "failed").map((line) => / (50\d)\b/u.exec(line)?.[1]))).toEqual(new Set(["503"]));
  const back = play(system("rules=apache checks=none algorithm=nginx-round-robin failTimeoutMs=60000"), 8, [...allDie, [5, "recreate b1"]]);
  expect(back.counters().served).toBeGreaterThan(200);
});
