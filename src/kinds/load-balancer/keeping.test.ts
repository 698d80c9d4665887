import { describe, expect, it, test } from "vitest";
import { algorithms, balancerAlgorithms } from "../../document/link-settings.ts";
import { player, set, without, type Step } from "../../engine/testing/playing.ts";
import { log, rowsOf } from "../../engine/testing/telling.ts";
import type { Simulation } from "../../engine/simulation.ts";
import { kinds } from "../registry.ts";

const play = player(kinds);

const farm = (settings: string, client = "", links: readonly string[] = ["", "", ""]) => `
  ann: client arrivals=constant ratePerSecond=100 ${client}
  front: load-balancer intervalMs=500 ${settings}
  web-1: dependency workDistribution=constant workMs=5
  web-2: dependency workDistribution=constant workMs=5
  web-3: dependency workDistribution=constant workMs=5
  ann -> front: call
  front -> web-1: forward ${links[0]}
  front -> web-2: forward ${links[1]}
  front -> web-3: forward ${links[2]}`;

/** Whom the balancer sent requests to between two instants, and how many to each. */
function sentTo(simulation: Simulation, fromS: number, toS: number): Record<string, number> {
  const counts: Record<string, number> = {};
  for (const { what, who, whom, atUs } of rowsOf(simulation))
    if (what === "sent" && who === "front" && atUs >= fromS * 1e6 && atUs < toS * 1e6) counts[whom!] = (counts[whom!] ?? 0) + 1;
  return counts;
}

const all = [...algorithms, ...balancerAlgorithms];

describe.each(all)("under %s", (algorithm) => {
  const settings = `algorithm=${algorithm}`;

  test("nobody who is drained or down is chosen while another can be", () => {
    const script: readonly Step[] = [
      [2, "drain front--web-1"],
      [3, "kill web-2"],
      [8, "ready front--web-1"],
    ];
    // Requests overlap, so that who looks at what is held sees something.
    const simulation = play(farm(settings).replaceAll("workMs=5", "workMs=25"), 10, script);
    expect(Object.keys(sentTo(simulation, 2.1, 8))).not.toContain("web-1");
    // DOWN after its third missed check at the latest.
    expect(Object.keys(sentTo(simulation, 5.1, 8))).toEqual(["web-3"]);
    expect(Object.keys(sentTo(simulation, 8.1, 10))).toContain("web-1");
  });

  test("nobody gets more than the limit", () => {
    const simulation = play(farm(`${settings} targetLimit=1`, "", []).replaceAll("workMs=5", "workMs=50"), 4);
    const held = new Map<string, number>();
    for (const { what, who, whom } of rowsOf(simulation)) {
      if (who !== "front" || whom === null) continue;
      if (what === "sent") held.set(whom, (held.get(whom) ?? 0) + 1);
      if (what === "got") held.set(whom, held.get(whom)! - 1);
      expect(held.get(whom) ?? 0).toBeLessThanOrEqual(1);
    }
  });

  test("a backup gets nothing while another is up, and all while nobody is", () => {
    const simulation = play(farm(settings, "", ["", "", "backup=true"]), 12, [
      [2, "kill web-1"],
      [2, "kill web-2"],
      [8, "recreate web-1"],
    ]);
    expect(Object.keys(sentTo(simulation, 0, 2))).not.toContain("web-3");
    expect(Object.keys(sentTo(simulation, 5, 8))).toEqual(["web-3"]);
    expect(Object.keys(sentTo(simulation, 10.1, 12))).toEqual(["web-1"]);
  });
});

describe("who sticks to whom", () => {
  /** For each visitor the targets it was sent to, in order. */
  const targetsOf = (simulation: Simulation, visitors: number, fromS: number, toS: number) => {
    const found = Array.from({ length: visitors }, () => new Set<string>());
    for (const { what, who, whom, number, atUs } of rowsOf(simulation))
      if (what === "sent" && who === "front" && atUs >= fromS * 1e6 && atUs < toS * 1e6) found[(number - 1) % visitors]!.add(whom!);
    return found.map((targets) => [...targets].sort().join(" "));
  };
  const visitors = "visitors=7 popularity=in-turn";

  it.each(["cookie", "address"])("by %s: each visitor keeps its target", (sticky) => {
    const simulation = play(farm(`sticky=${sticky}`, visitors), 5);
    expect(targetsOf(simulation, 7, 0, 5).every((targets) => /^web-\d$/u.test(targets))).toBe(true);
    expect(new Set(targetsOf(simulation, 7, 0, 5)).size).toBe(3);
  });

  test("by cookie: a drained target keeps its own visitors and gets no others", () => {
    const simulation = play(farm("sticky=cookie", visitors), 5, [[1, "drain front--web-1"]]);
    expect(targetsOf(simulation, 7, 1.1, 5)).toEqual(targetsOf(simulation, 7, 0.2, 1));
  });

  test("by address: forgotten when nobody came for that long", () => {
    const simulation = play(farm("sticky=address stickyMs=20", visitors), 5);
    expect(targetsOf(simulation, 7, 0, 5).every((targets) => targets.split(" ").length > 1)).toBe(true);
  });

  test("by connection: all of its requests go where the first went, and the next connection elsewhere", () => {
    const simulation = play(farm("sticky=connection", "connectionRequests=10"), 3);
    const ways = rowsOf(simulation).filter(({ what, who }) => what === "sent" && who === "front");
    const byConnection = new Map<number, Set<string>>();
    for (const { number, whom } of ways) {
      const connection = Math.floor((number - 1) / 10);
      byConnection.set(connection, (byConnection.get(connection) ?? new Set()).add(whom!));
    }
    expect([...byConnection.values()].every((targets) => targets.size === 1)).toBe(true);
    expect(new Set([...byConnection.values()].map((targets) => [...targets][0])).size).toBe(3);
  });
});

describe("a key goes where its hash says", () => {
  const byPath = "paths=200 popularity=in-turn";
  const wayOf = (algorithm: string, script: readonly Step[] = []) => {
    const simulation = play(farm(`algorithm=${algorithm}`, byPath), 9.999, script);
    const ways = new Map<number, string>();
    // The last round of all keys.
    for (const { what, who, whom, number } of rowsOf(simulation))
      if (what === "sent" && who === "front") ways.set((number - 1) % 200, whom!);
    return ways;
  };
  const moved = (before: ReadonlyMap<number, string>, after: ReadonlyMap<number, string>) =>
    [...before].filter(([key, way]) => after.get(key) !== way).map(([, way]) => way);

  test("map-based: when one is drained nearly all keys move", () => {
    const away = moved(wayOf("haproxy-uri"), wayOf("haproxy-uri", [[5, "drain front--web-3"]]));
    expect(away.filter((way) => way !== "web-3").length).toBeGreaterThan(30);
  });

  it.each(["haproxy-uri hashType=consistent", "nginx-hash", "nginx-hash-consistent"])("%s: only its own keys move", (algorithm) => {
    const away = moved(wayOf(algorithm), wayOf(algorithm, [[5, "drain front--web-3"]]));
    expect(away.length).toBeGreaterThan(20);
    expect(new Set(away)).toEqual(new Set(["web-3"]));
  });
});

describe("slow start", () => {
  test("a balancer that is taken out while a target gets its weight back leaves nothing that would still happen", () => {
    const simulation = play(farm("slowStartMs=10000 checks=tcp fall=1 rise=1"), 20, [
      [2, "kill web-2"],
      [5, "recreate web-2"],
      [9, without("front")],
    ]);
    expect(log(simulation, "target-up")).toHaveLength(1);
    expect(simulation.nowUs).toBe(20_000_000);
  });

  test("HAProxy: a share that grows by sixteenths, second by second", () => {
    const simulation = play(farm("slowStartMs=10000 checks=tcp fall=1 rise=1", "ratePerSecond=300"), 26, [
      [1, "kill web-2"],
      [10.1, "recreate web-2"],
    ]);
    const upUs = rowsOf(simulation).find(({ what, whom }) => what === "target-up" && whom === "web-2")!.atUs;
    const shares = [0, 2, 4, 6, 8, 11].map((second) => sentTo(simulation, upUs / 1e6 + second, upUs / 1e6 + second + 1)["web-2"] ?? 0);
    expect([...shares].sort((a, b) => a - b)).toEqual(shares);
    expect(shares[0]).toBeLessThan(20);
    expect(shares.at(-1)).toBeGreaterThan(90);
  });
});

test("an agent that asks for half of the weight gets it, and one that drains is drained", () => {
  const weights = ["weight=100", "weight=100", "weight=100"];
  const simulation = play(farm("agentCheck=true agentIntervalMs=200", "", weights), 12, [
    [2, set("web-2", { agentSays: "up 50%" })],
    [7, set("web-2", { agentSays: "drain" })],
    [10, set("web-2", { agentSays: "ready 100%" })],
  ]);
  expect(sentTo(simulation, 3, 6.9)["web-2"]! / 390).toBeCloseTo(0.2, 1);
  expect(sentTo(simulation, 7.5, 10)["web-2"]).toBeUndefined();
  expect(sentTo(simulation, 10.5, 12)["web-2"]).toBeGreaterThan(40);
});

test("observe: so many errors in a row mark a target DOWN although its checks pass", () => {
  const simulation = play(farm("observe=layer7 errorLimit=5 onError=mark-down retries=0"), 4, [[1, "err web-2"]]);
  expect(log(simulation, "target-down").length).toBeGreaterThan(0);
  expect(rowsOf(simulation).filter(({ what, atUs }) => what === "failed" && atUs < 1.3e6).length).toBe(5);
});
