import { describe, expect, test } from "vitest";
import { kinds } from "../kinds/registry.ts";
import type { Simulation } from "./simulation.ts";
import { player, set, without, type Step } from "./testing/playing.ts";
import { sketch } from "./testing/sketch.ts";
import { log, tally } from "./testing/telling.ts";

const play = player(kinds);

/** A client that balances by itself, a balancer that does not check, both of them told by one registry. */
const shop = (registry: string, more = "") => `
  ann: client arrivals=by-hand
  front: load-balancer checks=none
  registry: service-registry ${registry}
  h: host
  web-1: container in h
  web-2: container in h
  ann -> registry: discover latencyMs=1
  front -> registry: source latencyMs=1
  web-1 -> registry: register latencyMs=1
  web-2 -> registry: register latencyMs=1
  ${more}`;

const targetsOf = (simulation: Simulation, id: string) =>
  simulation.status(id)!.parts.map(({ node, incarnation }) => `${node}#${incarnation}`);
const told = ["registered", "expired", "withdrawn", "told", "target-added", "target-removed"];

describe("leases", () => {
  test("one that is not renewed expires exactly its TTL after the last heartbeat came", () => {
    const simulation = play(shop("ttlMs=8000"), 30, [[12, "kill web-1"]]);
    const heartbeatUs = lastHeartbeat(simulation, 12);
    const [line] = log(simulation, "expired");
    expect(line).toBe(`${((heartbeatUs + 8_000_000) / 1e6).toFixed(3)} registry expired web-1`);
    expect(targetsOf(simulation, "ann")).toEqual(["web-2#1"]);
  });

  /** Heartbeats are not in the journal; the lease shows when it was last renewed. */
  function lastHeartbeat(simulation: Simulation, killedAtS: number): number {
    const again = play(shop("ttlMs=8000"), killedAtS);
    void simulation;
    const part = again.status("registry")!.parts.find(({ node }) => node === "web-1")!;
    return part.facts.find(({ key }) => key === "renewed")!.value as number;
  }

  test("a process that is recreated registers anew; its old lease stays until it expires, and its consumers fail meanwhile", () => {
    const simulation = play(shop("ttlMs=8000"), 30, [
      [12, "kill web-1"],
      [13, "recreate web-1"],
    ]);
    expect(log(simulation, ...told)).toEqual([
      "13.233 registry registered web-1#2",
      "13.233 registry told ann",
      "13.233 registry told front",
      "13.234 ann target-added web-1#2",
      "13.234 front target-added web-1#2",
      expect.stringMatching(/^1\d\.\d+ registry expired web-1$/u),
      expect.stringMatching(/registry told ann$/u),
      expect.stringMatching(/registry told front$/u),
      expect.stringMatching(/ann target-removed web-1$/u),
      expect.stringMatching(/front target-removed web-1$/u),
    ]);
  });

  test("a process that hangs is silent, expires, and is registered again when it wakes", () => {
    const simulation = play(shop("ttlMs=8000"), 40, [
      [10, "hang web-1"],
      [20, "resume web-1"],
    ]);
    expect(tally(simulation, "expired", "registered")).toEqual({ expired: 1, registered: 1 });
    expect(targetsOf(simulation, "front").sort()).toEqual(["web-1#1", "web-2#1"]);
  });

  test("a graceful stop withdraws at once", () => {
    const simulation = play(shop("ttlMs=8000"), 12, [[10, "stop web-1"]]);
    expect(log(simulation, "stopping", "stopped", ...told)).toEqual([
      "10.000 web-1 stopping",
      "10.000 web-1 stopped",
      "10.001 registry withdrawn web-1",
      "10.001 registry told ann",
      "10.001 registry told front",
      "10.002 ann target-removed web-1",
      "10.002 front target-removed web-1",
    ]);
  });

  test("the lease of a container that is deleted expires like any other, and its watchers are told", () => {
    const simulation = play(shop("ttlMs=8000"), 30, [[10, without("web-1")]]);
    expect(tally(simulation, "expired")).toEqual({ expired: 1 });
    expect(targetsOf(simulation, "ann")).toEqual(["web-2#1"]);
    expect(targetsOf(simulation, "front")).toEqual(["web-2#1"]);
  });

  test("an image of another name is another service from the next heartbeat on", () => {
    const simulation = play(shop("ttlMs=8000"), 20, [[10, set("web-1", { service: "api" })]]);
    expect(targetsOf(simulation, "ann")).toEqual(["web-2#1"]);
  });

  test("a link deleted and brought back registers at once, and beats once in each interval", () => {
    const { links } = sketch(shop("ttlMs=8000"));
    const simulation = play(shop("ttlMs=8000"), 60, [
      [10, without("web-1--registry")],
      [11, (document) => ({ ...document, links })],
      [20, without("web-1--registry")],
      [35, (document) => ({ ...document, links })],
    ]);
    expect(log(simulation, "registered", "expired")).toEqual([
      expect.stringMatching(/^2\d\.\d+ registry expired web-1$/u),
      "35.001 registry registered web-1",
    ]);
  });

  test("a registration that is led to another registry is made there, and expires here", () => {
    const simulation = play(shop("ttlMs=8000", "other: service-registry"), 30, [
      [
        10,
        (document) => ({
          ...document,
          links: { ...document.links, "web-1--registry": { ...document.links["web-1--registry"]!, to: "other" } },
        }),
      ],
    ]);
    expect(log(simulation, "registered", "expired")).toEqual([
      "10.001 other registered web-1",
      expect.stringMatching(/^1\d\.\d+ registry expired web-1$/u),
    ]);
  });
});

describe("consumers", () => {
  test("who watches is told at once; who polls learns at the next poll", () => {
    const watched = play(shop("ttlMs=8000"), 30, [[10, "stop web-1"]]);
    const polled = play(shop("ttlMs=8000 consumers=poll pollMs=4000"), 30, [[10, "stop web-1"]]);
    expect(log(watched, "target-removed")).toEqual(["10.002 ann target-removed web-1", "10.002 front target-removed web-1"]);
    // The first poll is at 4 s; each next one 4 s after the answer, which takes 2 ms.
    expect(log(polled, "target-removed")).toEqual(["12.006 ann target-removed web-1", "12.006 front target-removed web-1"]);
    expect(tally(polled, "told")).toEqual({ told: 0 });
  });

  test("while the registry is down they keep what they know; when it is back they are told of what has happened", () => {
    const simulation = play(shop("ttlMs=8000"), 60, [
      [10, "kill registry"],
      [12, "kill web-1"],
      [13, "recreate web-1"],
      [20, "send ann"],
      [20, "send ann"],
      [30, "recreate registry"],
    ]);
    expect(log(simulation, "refused", "served", "expired", "registered", "target-added", "target-removed")).toEqual([
      "20.002 ann refused web-1 ann/1",
      expect.stringMatching(/ann served ann\/2$/u),
      expect.stringMatching(/^3\d\.\d+ registry#2 registered web-1#2$/u),
      expect.stringMatching(/ann target-added web-1#2$/u),
      expect.stringMatching(/front target-added web-1#2$/u),
      // Its leases were on its disk: each gets a full time to live.
      "38.500 registry#2 expired web-1",
      "38.501 ann target-removed web-1",
      "38.501 front target-removed web-1",
    ]);
  });

  /** What happens to a consumer while it cannot hear, and how it hears again. */
  const deaf: readonly [how: string, more: string, from: Step, to: Step][] = [
    ["its link is cut", "", [9, "cut ann--registry"], [20, "mend ann--registry"]],
    ["its network is lost", "z: zone shares=network", [9, "lose z"], [20, "restore z"]],
    ["its power is lost", "z: zone shares=power", [9, "lose z"], [20, "restore z"]],
  ];
  describe.each(["watch", "poll"])("that %s", (consumers) => {
    test.each(deaf)("and miss an answer because %s hear of it when they can again", (_, more, from, to) => {
      const text = shop(`ttlMs=8000 consumers=${consumers} pollMs=1000`, more).replace(
        "ann: client",
        more === "" ? "ann: client" : "ann: client in z",
      );
      const simulation = play(text, 25, [from, [10, "stop web-1"], to]);
      expect(targetsOf(simulation, "ann")).toEqual(["web-2#1"]);
      const [line] = log(simulation, "target-removed").filter((line) => line.includes("ann"));
      expect(Number(line!.split(" ")[0])).toBeGreaterThan(20);
    });

    test("and hang hear of it when they wake", () => {
      const text = shop(
        `ttlMs=8000 consumers=${consumers} pollMs=1000`,
        "api: container in h service=api\n api -> registry: discover latencyMs=1",
      );
      const simulation = play(text, 25, [
        [9, "hang api"],
        [10, "stop web-1"],
        [20, "resume api"],
      ]);
      expect(targetsOf(simulation, "api")).toEqual(["web-2#1"]);
      expect(log(simulation, "target-removed").filter((line) => line.includes(" api "))).toEqual(["20.002 api target-removed web-1"]);
    });
  });

  test("a lookup of another service asks for it at once", () => {
    const text = shop("", "api-1: container in h service=api\n api-1 -> registry: register latencyMs=1");
    const simulation = play(text, 12, [
      [10, set("front--registry", { service: "api" })],
      [11, set("ann--registry", { service: "api" })],
    ]);
    expect(log(simulation, "target-added", "target-removed")).toEqual([
      "10.000 front target-removed web-1",
      "10.000 front target-removed web-2",
      "10.002 front target-added api-1",
      "11.000 ann target-removed web-1",
      "11.000 ann target-removed web-2",
      "11.002 ann target-added api-1",
    ]);
  });

  test("a registry that is polled from now on is polled, and one that is watched tells", () => {
    const simulation = play(shop("consumers=watch pollMs=2000"), 40, [
      [10, set("registry", { consumers: "poll" })],
      [20, "stop web-1"],
      [25, set("registry", { consumers: "watch" })],
      [30, "recreate web-1"],
    ]);
    const lines = log(simulation, "target-removed", "target-added").filter((line) => line.includes(" ann "));
    expect(lines[0]).toMatch(/^2[0-2]\.\d+ ann target-removed web-1$/u);
    expect(lines[1]).toBe("30.234 ann target-added web-1#2");
  });

  test("a lookup deleted and brought back is made anew", () => {
    const { links } = sketch(shop(""));
    const simulation = play(shop(""), 30, [
      [10, without("ann--registry", "front--registry")],
      [12, "stop web-1"],
      [15, (document) => ({ ...document, links })],
    ]);
    expect(targetsOf(simulation, "ann")).toEqual(["web-2#1"]);
    expect(targetsOf(simulation, "front")).toEqual(["web-2#1"]);
  });
});
