import { describe, expect, test } from "vitest";
import { kinds } from "../kinds/registry.ts";
import { player } from "./testing/playing.ts";

const play = player(kinds);

/** Checks every second, three must fail; a lease of 9 s, renewed every 3 s. */
const shop = (balancer: string) => `
  h: host
  ann: client ratePerSecond=20
  front: load-balancer intervalMs=1000 fall=3 connectTimeoutMs=500 serverTimeoutMs=500 ${balancer}
  registry: service-registry ttlMs=9000
  web-1: container in h heartbeatMs=3000
  web-2: container in h heartbeatMs=3000
  ann -> front: call timeoutMs=3000
  front -> web-1: forward latencyMs=1
  front -> web-2: forward latencyMs=1
  web-1 -> registry: register latencyMs=1
  web-2 -> registry: register latencyMs=1`;

/** What was said of web-2, and what came of it: when it was noticed, in seconds after the fault. */
const told = (balancer: string, fault: string) =>
  play(shop(balancer), 40, [[15.4, fault]])
    .detections()
    .map(({ node, observer, foreseen, predictedMs, faultAtMs, detectedAtMs }) => ({
      who: `${observer} about ${node}`,
      said: predictedMs?.map((ms) => Math.round(ms)).join("–") ?? foreseen,
      after: detectedAtMs === null ? null : Math.round(detectedAtMs - faultAtMs),
    }));

describe("a share of errors", () => {
  test.each([
    ["checks do not see it", "checks=http"],
    ["HAProxy with checks that errors only hasten", "checks=http observe=layer7 errorLimit=2 onError=fastinter"],
    ["nginx, unless http_500 is among what it tries again", "rules=nginx maxFails=1"],
  ])("nobody notices: %s", (_, balancer) => {
    expect(told(balancer, "err web-2 40")).toEqual([
      { who: "front about web-2", said: "never", after: null },
      { who: "registry about web-2", said: "never", after: null },
    ]);
  });

  test("Envoy ejects it by its requests, as was said", () => {
    const [front] = told("rules=envoy outlierErrors=3 retries=0", "err web-2 90");
    expect(front).toMatchObject({ who: "front about web-2", said: "by-requests" });
    expect(front!.after).toBeGreaterThan(0);
  });
});

test("one that hangs: nginx does not notice it where all who call it give up before it does", () => {
  const said = (balancer: string) => told(`rules=nginx maxFails=1 checks=none ${balancer}`, "hang web-2")[0];
  const own = "connectTimeoutMs=60000 serverTimeoutMs=60000";
  expect(said(own)).toMatchObject({ said: "never", after: null });
  expect(said("")).toMatchObject({ said: "by-requests", after: expect.any(Number) as number });
  expect(said(`${own} ignoreClientAbort=true`)).toMatchObject({ said: "by-requests" });
});

test("Caddy notices by its requests whatever fails, and one that hangs only where it does not wait for ever", () => {
  const said = (fault: string, more = "") => told(`rules=caddy maxFails=1 checks=none ${more}`, fault)[0];
  expect(said("reset web-2")).toMatchObject({ said: "by-requests", after: expect.any(Number) as number });
  expect(said("hang web-2", "serverTimeoutMs=500")).toMatchObject({ said: "by-requests", after: expect.any(Number) as number });
  expect(said("hang web-2", "serverTimeoutMs=0")).toMatchObject({ said: "never", after: null });
  expect(said("slow web-2 4", "serverTimeoutMs=0")).toMatchObject({ said: "never", after: null });
  expect(said("err web-2 90")).toMatchObject({ said: "never", after: null });
});

test("one that is slow: perhaps, where requests may be too late or a check turned away; else never", () => {
  const said = (balancer: string) => told(balancer, "slow web-2 4").map(({ said }) => said);
  expect(said("checks=http")).toEqual(["perhaps", "never"]);
  expect(said("checks=tcp")).toEqual(["never", "never"]);
  expect(said("rules=nginx maxFails=1 checks=none")).toEqual(["perhaps", "never"]);
});

describe("a wire", () => {
  // The first check that fails came up to a second after the cut, each lasts for its time of a second, and three must fail.
  test.each([
    ["cut", "cut front--web-2", "4998–6000"],
    [
      "cut there: what comes back is whole, so that the answer to a check that had arrived is still heard",
      "cut-there front--web-2",
      "4999–6001",
    ],
    ["cut back", "cut-back front--web-2", "4998–6000"],
  ])("%s: its balancer notices, and nobody else has anything to notice", (_, fault, said) => {
    const rows = told("checks=tcp", fault);
    expect(rows).toEqual([{ who: "front about web-2", said, after: expect.any(Number) as number }]);
    const [from, to] = said.split("–").map(Number);
    expect(rows[0]!.after).toBeGreaterThanOrEqual(from!);
    expect(rows[0]!.after).toBeLessThanOrEqual(to!);
  });

  test("to the registry: its lease ends, and the balancer that is linked to the instance knows nothing of it", () => {
    expect(told("checks=tcp", "cut web-2--registry")).toEqual([
      { who: "registry about web-2", said: "6000–9000", after: expect.any(Number) as number },
    ]);
  });

  test("that flaps, shorter than its checks need: perhaps; longer: as one that is cut; while it flaps it is one fault", () => {
    expect(told("checks=tcp", "flap front--web-2 4")[0]).toMatchObject({ said: "perhaps" });
    expect(told("checks=tcp", "flap front--web-2 14")).toMatchObject([{ said: "4998–6000", after: expect.any(Number) as number }]);
  });

  test("that is cut already says nothing new when it is cut otherwise", () => {
    const run = play(shop("checks=tcp"), 40, [
      [15.4, "cut-there front--web-2"],
      [16, "cut front--web-2"],
    ]);
    expect(run.detections()).toHaveLength(1);
  });

  test("by nginx's rules it is noticed by requests", () => {
    const [front] = told("rules=nginx maxFails=1 checks=none", "cut front--web-2");
    expect(front).toMatchObject({ said: "by-requests" });
    expect(front!.after).toBeGreaterThan(0);
  });
});
