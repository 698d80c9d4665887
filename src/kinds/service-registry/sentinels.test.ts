import { describe, expect, test } from "vitest";
import { player, set, type Step } from "../../engine/testing/playing.ts";
import { log } from "../../engine/testing/telling.ts";
import { kinds } from "../registry.ts";

const play = player(kinds);
type Played = ReturnType<typeof play>;

/** So many sentinels, joined all to all, that look after a master and two replicas, and a reader of the last. */
function watched({ sentinels = 3, quorum = 2, replica = "", more = "" } = {}): string {
  const ids = Array.from({ length: sentinels }, (_, index) => `s${index + 1}`);
  const pairs = ids.flatMap((one, index) => ids.slice(index + 1).map((other) => `${one} -> ${other}: peer`));
  return `
    ann: client arrivals=constant ratePerSecond=2
    ${ids.map((id) => `${id}: service-registry system=sentinel downAfterMs=5000 quorum=${quorum}`).join("\n")}
    ${pairs.join("\n")}
    ${["redis-1", "redis-2", "redis-3"].map((id) => `h-${id}: host\n ${id}: container in h-${id} service=redis startMs=500`).join("\n")}
    redis-1 -> s1: register tags=master
    redis-2 -> s1: register
    redis-3 -> s1: register ${replica}
    ann -> s${sentinels}: discover service=redis
    ${more}`;
}

const killed: readonly Step[] = [[10, "kill redis-1"]];
const seconds = (line: string | undefined) => Number(line?.split(" ")[0]);
/** Why failovers were given up. */
const given = ({ journal }: Played) =>
  [...journal.kept(0)]
    .map((id) => journal.row(id)!)
    .filter(({ what }) => what === "failover-aborted")
    .map(({ a }) => a);
const known = (simulation: Played, id = "ann") => simulation.status(id)!.parts.map(({ node, incarnation }) => `${node}#${incarnation}`);
const states = (simulation: Played, id = "s1") =>
  simulation.status(id)!.parts.map(({ node, incarnation, state }) => `${node}#${incarnation} ${state}`);
const master = (simulation: Played, id: string) => simulation.status(id)!.facts.find(({ key }) => key === "master")?.value;

describe("a master that dies", () => {
  const simulation = play(watched(), 60, [...killed, [30, "recreate redis-1"]]);

  test("is found down by each sentinel, agreed on, and replaced by one that is elected", () => {
    const down = log(simulation, "subjectively-down").map(seconds);
    expect(down.length).toBeGreaterThanOrEqual(2);
    for (const at of down) expect(at - 15).toBeLessThan(0.25);
    expect(log(simulation, "failover-elected")).toHaveLength(1);
    expect(log(simulation, "promoted")).toHaveLength(1);
    expect(log(simulation, "switched-master")).toHaveLength(3);
    expect(seconds(log(simulation, "promoted")[0])).toBeLessThan(16.6);
  });

  test("clients are told of the one new master, and of nobody else", () => {
    expect(known(play(watched(), 9))).toEqual(["redis-1#1"]);
    expect(new Set(["s1", "s2", "s3"].map((id) => master(simulation, id))).size).toBe(1);
    expect(known(simulation)).toEqual([`${String(master(simulation, "s3"))}#1`]);
  });

  test("made anew, it is a replica; the address that it had stays known, and down", () => {
    expect(states(simulation)).toContain("redis-1#2 replica");
    expect(states(simulation)).toContain("redis-1#1 sdown");
  });

  test("it was predicted, and was so", () => {
    const own = simulation.detections().filter(({ node }) => node === "redis-1");
    expect(own.map(({ observer }) => observer)).toEqual(["ann", "s1", "s2", "s3"]);
    for (const { faultAtMs, detectedAtMs, predictedMs } of own) {
      expect(detectedAtMs! - faultAtMs).toBeGreaterThanOrEqual(predictedMs![0]);
      expect(detectedAtMs! - faultAtMs).toBeLessThanOrEqual(predictedMs![1]);
    }
  });
});

test.each([
  ["hang", 6.1],
  ["kill", 5.3],
] as const)("%s: down after 5 s, and a PING's period for silence", (act, latestS) => {
  const lines = log(play(watched(), 30, [[10, `${act} redis-1`]]), "subjectively-down").map((line) => seconds(line) - 10);
  expect(Math.min(...lines)).toBeGreaterThan(4.9);
  expect(Math.max(...lines)).toBeLessThan(latestS);
});

describe("who can't agree does not fail over", () => {
  test("a quorum that is not reached: down for each, and no more", () => {
    const simulation = play(watched({ quorum: 3 }), 60, [[5, "kill s2"], ...killed]);
    expect(log(simulation, "subjectively-down")).toHaveLength(2);
    expect(log(simulation, "objectively-down")).toEqual([]);
    expect(known(simulation)).toEqual(["redis-1#1"]);
    expect(simulation.detections().filter(({ node }) => node === "redis-1")).toEqual([]);
  });

  test("a quorum without a majority: down for all that are left, and nobody is elected", () => {
    const text = watched({ sentinels: 5, quorum: 2 });
    const simulation = play(text, 60, [[5, "kill s1"], [5, "kill s2"], [5, "kill s3"], ...killed]);
    expect(log(simulation, "objectively-down").length).toBeGreaterThan(0);
    expect(given(simulation)[0]).toBe(1);
    expect(log(simulation, "failover-elected")).toEqual([]);
    expect(known(simulation)).toEqual(["redis-1#1"]);
  });

  test("one sentinel alone, whose quorum is one, decides by itself", () => {
    expect(known(play(watched({ sentinels: 1, quorum: 1 }), 20, killed))).not.toEqual(["redis-1#1"]);
  });
});

describe("which replica", () => {
  test("the one with the least priority, and never one with 0", () => {
    expect(master(play(watched({ replica: "replicaPriority=10" }), 20, killed), "s1")).toBe("redis-3");
    const never = watched({ replica: "replicaPriority=0" });
    expect(master(play(never, 20, killed), "s1")).toBe("redis-2");
    const nobody = play(never, 30, [[2, "kill redis-2"], ...killed]);
    expect(given(nobody)[0]).toBe(2);
  });

  test("the one that has more of the stream, whatever its run id", () => {
    const first = String(master(play(watched(), 20, killed), "s1"));
    // It hung while the master sent a PING down its stream, and is back just in time.
    const behind = play(watched(), 50, [
      [18, `hang ${first}`],
      [21.9, "kill redis-1"],
      [22, `resume ${first}`],
    ]);
    expect(master(behind, "s1")).not.toBe(first);
    expect(master(behind, "s1")).not.toBe("redis-1");
  });
});

test("a sentinel that was cut off when the others switched hears of it by the next hello", () => {
  const cut: Step[] = [
    [5, "cut s1--s3"],
    [5, "cut s2--s3"],
  ];
  const alone = play(watched(), 20, [...cut, ...killed]);
  // Hellos go by way of the instances, so it is told nevertheless.
  expect(master(alone, "s3")).not.toBe("redis-1");
  const back = play(watched(), 25, [[5, "kill s3"], ...killed, [20, "recreate s3"]]);
  expect(master(back, "s3")).toBe(master(back, "s1"));
  expect(master(play(watched(), 20.4, [[5, "kill s3"], ...killed, [20, "recreate s3"]]), "s3")).toBe("redis-1");
});

test("an old master that only hung believes that it is one, until it is told otherwise", () => {
  const script: readonly Step[] = [
    [10, "hang redis-1"],
    [30, "resume redis-1"],
  ];
  expect(log(play(watched(), 37, script), "replicates").filter((line) => line.includes("redis-1"))).toEqual([]);
  const put = play(watched(), 60, script);
  expect(log(put, "replicates").filter((line) => line.includes("redis-1")).length).toBeGreaterThan(0);
  expect(states(put)).toContain("redis-1#1 replica");
});

test("who asks for replicas gets those that answer", () => {
  const more = "bob: client arrivals=by-hand\n bob -> s2: discover service=redis tag=replica";
  expect(known(play(watched({ more }), 5), "bob")).toEqual(["redis-2#1", "redis-3#1"]);
  expect(known(play(watched({ more }), 20, [[8, "kill redis-3"]]), "bob")).toEqual(["redis-2#1"]);
});

test("without a first master nobody is known; told of one, all are", () => {
  const none = watched().replace("tags=master", "");
  expect(states(play(none, 15))).toEqual([]);
  expect(known(play(none, 15))).toEqual([]);
  const told = play(none, 30, [[5, set("redis-2--s1", { tags: "master" })]]);
  expect(master(told, "s3")).toBe("redis-2");
  expect(states(told).sort()).toEqual(["redis-1#1 replica", "redis-2#1 master", "redis-3#1 replica"]);
});

test("a cold start: the first that is tagged is monitored, the others join it", () => {
  const cold = play(`cold\n${watched()}`.replaceAll(": host", ": host bootMs=1000"), 30);
  expect(states(cold).sort()).toEqual(["redis-1#1 master", "redis-2#1 replica", "redis-3#1 replica"]);
  expect(known(cold)).toEqual(["redis-1#1"]);
});

test("other rules instead: they know nobody of the sentinels' and begin anew, and so the other way round", () => {
  const rules = (atS: number, system: string): Step => [
    atS,
    (document) => ["s1", "s2", "s3"].reduce((changed, id) => set(id, { system, ttlMs: 60_000 })(changed), document),
  ];
  const etcd = play(watched(), 30, [rules(10, "etcd")]);
  expect(states(etcd)).toEqual(["redis-1#1 passing", "redis-2#1 passing", "redis-3#1 passing"]);
  const back = play(watched(), 60, [rules(10, "etcd"), rules(30, "sentinel")]);
  expect(known(back)).toEqual(["redis-1#1"]);
});

test("going back in time is the same again", () => {
  const simulation = play(watched(), 14, killed, { digest: true });
  const point = simulation.checkpoint();
  simulation.runUntil(40e6);
  const first = simulation.digest();
  simulation.restore(point);
  simulation.runUntil(40e6);
  expect(simulation.digest()).toBe(first);
});
