import { describe, expect, test } from "vitest";
import { hostMachine } from "../../engine/machines/machine-host.ts";
import { player, set, without, type Step } from "../../engine/testing/playing.ts";
import { log } from "../../engine/testing/telling.ts";
import { memberRole } from "../../engine/machines/member-role.ts";
import { kinds } from "../registry.ts";

const play = player(kinds);
type Played = ReturnType<typeof play>;

/** So many members, joined all to all, an instance at each of the first two, and a reader of the last. */
function several(settings: string, count = 3): string {
  const ids = Array.from({ length: count }, (_, index) => `r${index + 1}`);
  const pairs = ids.flatMap((one, index) => ids.slice(index + 1).map((other) => `${one} -> ${other}: peer`));
  return `
    h: host
    g: host
    ann: client arrivals=by-hand
    ${ids.map((id) => `${id}: service-registry ${settings}`).join("\n")}
    ${pairs.join("\n")}
    web-1: container in h startMs=500
    web-2: container in g startMs=500
    web-1 -> r1: register
    web-2 -> r2: register
    ann -> r${count}: discover`;
}

const fact = (simulation: Played, id: string, key: string) => simulation.status(id)!.facts.find((one) => one.key === key)?.value;
const leaders = (simulation: Played) =>
  ["r1", "r2", "r3", "r4"].filter((id) => simulation.status(id) && fact(simulation, id, "role") === "leader");
const entries = (simulation: Played, id: string) =>
  simulation
    .status(id)!
    .parts.filter(({ state }) => state !== "expired")
    .map(({ node, incarnation }) => `${node}#${incarnation}`)
    .sort();
const known = (simulation: Played) =>
  simulation
    .status("ann")!
    .parts.map(({ node, incarnation }) => `${node}#${incarnation}`)
    .sort();
const leaderAt = (text: string, atS: number) => leaders(play(text, atS))[0]!;
/** Parts one of three from the other two. */
const partedFrom = (id: string, atS: number, act = "cut"): Step[] =>
  [
    ["r1", "r2"],
    ["r1", "r3"],
    ["r2", "r3"],
  ]
    .filter((pair) => pair.includes(id))
    .map((pair) => [atS, `${act} ${pair.join("--")}`] as const);

describe("three members that agree by majority", () => {
  const etcd = several("system=etcd ttlMs=60000");

  test("one leads from the beginning, and a new one within two election timeouts of its death", () => {
    const first = leaderAt(etcd, 1);
    const simulation = play(etcd, 6, [[2, `kill ${first}`]]);
    const [elected, ...more] = log(simulation, "elected");
    expect(more).toEqual([]);
    const atS = Number(elected!.split(" ")[0]);
    expect(atS).toBeGreaterThan(2.9);
    expect(atS).toBeLessThan(4.1);
    expect(leaders(simulation)).toHaveLength(1);
    expect(leaders(simulation)).not.toEqual([first]);
    expect(fact(simulation, leaders(simulation)[0]!, "members")).toBe("2/3");
  });

  test.each([
    ["system=consul-ttl", 4.5, 10.1],
    ["system=consul-ttl raftMultiplier=1", 0.9, 2.1],
    ["system=zookeeper", 0.2, 0.5],
    ["system=nacos-persistent", 4.5, 10.1],
  ] as const)("%s: a killed leader has a successor %d to %d s later", (settings, fromS, toS) => {
    const text = several(settings);
    const first = leaderAt(text, 1);
    const [elected] = log(play(text, 20, [[2, `kill ${first}`]]), "elected");
    expect(Number(elected!.split(" ")[0]) - 2).toBeGreaterThan(fromS);
    expect(Number(elected!.split(" ")[0]) - 2).toBeLessThan(toS);
  });

  test("what registers with any of them is known to all, and a reader of another is told", () => {
    const simulation = play(etcd, 10, [[2, "recreate web-1"]]);
    for (const id of ["r1", "r2", "r3"]) expect(entries(simulation, id)).toEqual(["web-1#1", "web-1#2", "web-2#1"]);
    expect(known(simulation)).toEqual(["web-1#1", "web-1#2", "web-2#1"]);
  });

  test("a leader that is cut off writes nothing any more; the majority elects another, and the old one catches up", () => {
    const first = leaderAt(etcd, 1);
    const others = ["r1", "r2", "r3"].filter((id) => id !== first);
    const apart = play(etcd, 12, [...partedFrom(first, 2), [6, "recreate web-1"], [6, "recreate web-2"]]);
    expect(log(apart, "quorum-lost").map((line) => line.split(" ").slice(1))).toEqual([[first, "quorum-lost"]]);
    expect(entries(apart, first)).toEqual(["web-1#1", "web-2#1"]);
    for (const id of others) expect(entries(apart, id)).toEqual(["web-1#1", "web-1#2", "web-2#1", "web-2#2"]);
    const healed = play(etcd, 20, [
      ...partedFrom(first, 2),
      [6, "recreate web-1"],
      [6, "recreate web-2"],
      ...partedFrom(first, 12, "mend"),
    ]);
    expect(entries(healed, first)).toEqual(entries(healed, others[0]!));
    expect(leaders(healed)).toHaveLength(1);
  });

  test("without a majority nothing is registered, and what instances say is refused", () => {
    const simulation = play(etcd, 15, [
      [2, "kill r2"],
      [2, "kill r3"],
      [6, "recreate web-1"],
    ]);
    expect(entries(simulation, "r1")).toEqual(["web-1#1", "web-2#1"]);
    expect(log(simulation, "write-refused").length).toBeGreaterThan(0);
    expect(leaders(simulation)).toEqual([]);
    expect(log(simulation, "registry-lost").length).toBeGreaterThan(0);
    // The reader goes on with what it knew.
    expect(known(simulation)).toEqual(["web-1#1", "web-2#1"]);
  });

  test("stale reads go on without a leader, if that is allowed", () => {
    const script: Step[] = [
      [2, "kill r1"],
      [2, "kill r2"],
      [8, "recreate ann"],
    ];
    const lost = (settings: string) => log(play(several(settings), 15, script), "registry-lost").length;
    expect(lost("system=etcd ttlMs=60000")).toBeGreaterThan(0);
    expect(lost("system=etcd ttlMs=60000 staleReads=true")).toBe(0);
  });

  test("an instance whose member is dead registers with another within a second", () => {
    const simulation = play(etcd, 6, [
      [2, "kill r1"],
      [4.5, "recreate web-1"],
    ]);
    const [registered] = log(simulation, "registered").filter((line) => line.includes("web-1"));
    expect(Number(registered!.split(" ")[0])).toBeLessThan(6);
    expect(simulation.routes()).toContainEqual(["web-1", "r2"]);
  });

  test("a single member stays what it was: it has no role", () => {
    const alone = play("r1: service-registry system=etcd", 5);
    expect(alone.about("r1")!.furtherCharts).toEqual([]);
    const [chart] = play(etcd, 5).about("r1")!.furtherCharts;
    expect(chart!.machine).toBe("member-role");
    expect(chart!.states).toEqual(hostMachine(memberRole, { memory: true }).states);
  });

  test("members that are parted by an edit stand alone again, and joined, are one", () => {
    const apart = play(etcd, 12, [
      [2, without("r1--r2", "r1--r3")],
      [4, "recreate web-1"],
    ]);
    expect(entries(apart, "r1")).toEqual(["web-1#1", "web-1#2", "web-2#1"]);
    expect(entries(apart, "r2")).toEqual(["web-1#1", "web-2#1"]);
    const document = play(etcd, 0).document;
    const joined = play(etcd, 20, [
      [2, without("r1--r2", "r1--r3", "r2--r3")],
      [4, "recreate web-1"],
      [8, () => document],
    ]);
    expect(leaders(joined)).toHaveLength(1);
    expect(entries(joined, "r3")).toEqual(entries(joined, "r1"));
    expect(entries(joined, "r3")).toContain("web-1#2");
  });

  test("one that goes by another system's rules is no member", () => {
    const simulation = play(etcd, 12, [[2, set("r3", { system: "eureka" })]]);
    expect(fact(simulation, "r3", "role")).toBeUndefined();
    expect(fact(simulation, leaders(simulation)[0]!, "members")).toBe("2/2");
  });
});

describe("an even number of members", () => {
  test("four in two halves: neither can write", () => {
    const text = several("system=etcd ttlMs=60000", 4);
    const halves: Step[] = ["r1--r3", "r1--r4", "r2--r3", "r2--r4"].map((link) => [2, `cut ${link}`]);
    const simulation = play(text, 20, [...halves, [6, "recreate web-1"], [6, "recreate web-2"]]);
    expect(leaders(simulation)).toEqual([]);
    for (const id of ["r1", "r2", "r3", "r4"]) expect(entries(simulation, id)).toEqual(["web-1#1", "web-2#1"]);
  });
});

describe("peers", () => {
  const nacos = several("system=nacos-beat");

  test("each takes what it is told and tells the others a little later", () => {
    const text = several("system=eureka responseCacheMs=0 fetchMs=1000");
    const simulation = play(text, 10, [[2, "recreate web-1"]]);
    const times = log(simulation, "registered").map((line) => line.split(" ").slice(0, 2));
    expect(times.map(([, who]) => who).sort()).toEqual(["r1", "r2", "r3"]);
    const [here, ...there] = times.map(([at]) => Number(at));
    for (const at of there) expect(at! - here!).toBeCloseTo(0.5, 1);
  });

  test("parted, both sides answer and come to differ; together again, they agree", () => {
    const script: Step[] = [...partedFrom("r1", 2), [4, "recreate web-1"], [4, "recreate web-2"]];
    const apart = play(nacos, 15, script);
    expect(entries(apart, "r1")).toEqual(["web-1#1", "web-1#2", "web-2#1"]);
    expect(entries(apart, "r2")).toEqual(["web-1#1", "web-2#1", "web-2#2"]);
    expect(log(apart, "peer-lost").length).toBeGreaterThanOrEqual(3);
    const healed = play(nacos, 90, [...script, ...partedFrom("r1", 20, "mend")]);
    for (const id of ["r1", "r2", "r3"]) expect(entries(healed, id)).toEqual(["web-1#2", "web-2#2"]);
    expect(log(healed, "peer-found").length).toBeGreaterThanOrEqual(3);
  });

  test("a member that comes back is told by a peer what it has missed", () => {
    const simulation = play(nacos, 6.6, [
      [2, "kill r3"],
      [3, "recreate web-1"],
      [6, "recreate r3"],
    ]);
    expect(entries(simulation, "r3")).toEqual(entries(simulation, "r1"));
  });
});
