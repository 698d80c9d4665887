import { describe, expect, test } from "vitest";
import { player, type Step } from "../../engine/testing/playing.ts";
import { log, tally } from "../../engine/testing/telling.ts";
import { kinds } from "../registry.ts";

const play = player(kinds);

/** One host with instances, a client that finds them by itself. */
const shop = (registry: string, instances = 2, reads = "") => `
  h: host
  g: host
  ann: client arrivals=by-hand
  registry: service-registry ${registry}
  ann -> registry: discover latencyMs=1 ${reads}
  ${Array.from({ length: instances }, (_, index) => `web-${index + 1}: container in ${index === 0 ? "h" : "g"} startMs=500\n web-${index + 1} -> registry: register latencyMs=1`).join("\n")}`;

const changes = ["registered", "withdrawn", "expired", "critical", "passing", "warning", "deregistered", "replaced"] as const;
const targetsOf = (simulation: ReturnType<typeof play>) =>
  simulation.status("ann")!.parts.map(({ node, incarnation }) => `${node}#${incarnation}`);
const stateOf = (simulation: ReturnType<typeof play>, id: string) =>
  simulation.status("registry")!.parts.find(({ node }) => node === id)?.state ?? "gone";

/** How long after the fault at `atS` the registry noticed. */
function noticedAfterS(registry: string, script: readonly Step[], untilS: number, what: string, instances = 2): number {
  const simulation = play(shop(registry, instances), untilS, script);
  const [line] = log(simulation, what);
  expect(line, log(simulation, ...changes).join("\n")).toBeDefined();
  return Number(line!.split(" ")[0]) - script[0]![0];
}

/** What happens to one that is killed, one whose host is lost, and one that hangs, by system: noticed how, and within which time. */
const table: readonly (readonly [settings: string, fault: string, what: string, fromS: number, toS: number])[] = [
  ["ttlMs=9000", "kill web-1", "expired", 4, 9.001],
  ["system=consul-ttl ttlMs=9000", "kill web-1", "critical", 4, 9.001],
  ["system=consul-ttl ttlMs=20000", "unplug h", "critical", 5, 5.7],
  ["system=consul-check checkIntervalMs=4000", "kill web-1", "critical", 0, 4.001],
  ["system=consul-check checkIntervalMs=4000 checkTimeoutMs=1000 failuresBeforeCritical=2", "hang web-1", "critical", 6, 10.001],
  ["system=consul-check", "unplug h", "critical", 5, 5.7],
  ["system=etcd ttlMs=6000", "kill web-1", "expired", 4, 6.501],
  ["system=etcd ttlMs=6000", "hang web-1", "expired", 4, 6.501],
  ["system=zookeeper", "kill web-1", "expired", 6.666, 12.001],
  ["system=nacos-beat", "kill web-1", "critical", 10, 20.001],
  ["system=nacos-beat", "kill web-1", "deregistered", 25, 35.001],
  ["system=nacos-grpc", "kill web-1", "expired", 0.0009, 0.0011],
  ["system=nacos-grpc", "hang web-1", "expired", 20, 28.001],
  ["system=nacos-grpc", "unplug h", "expired", 20, 28.001],
  ["system=nacos-persistent", "kill web-1", "critical", 10, 15.1],
  ["system=kubernetes", "kill web-1", "critical", 0, 1.001],
  ["system=kubernetes", "hang web-1", "critical", 21, 31.001],
  ["system=kubernetes", "unplug h", "critical", 30, 45],
];

describe("how soon each system notices", () => {
  test.each(table)("%s, %s: %s", (settings, fault, what, fromS, toS) => {
    const afterS = noticedAfterS(settings, [[40, fault]], 90, what);
    expect(afterS).toBeGreaterThanOrEqual(fromS);
    expect(afterS).toBeLessThanOrEqual(toS);
  });

  test.each(table.filter(([, , what]) => what !== "deregistered"))("as was predicted: %s, %s", (settings, fault) => {
    const simulation = play(shop(settings), 90, [[40, fault]]);
    const told = simulation.detections().filter(({ observer }) => observer === "registry");
    expect(told.length).toBeGreaterThan(0);
    for (const { faultAtMs, detectedAtMs, predictedMs } of told) {
      expect(detectedAtMs! - faultAtMs).toBeGreaterThanOrEqual(predictedMs![0] - 0.01);
      expect(detectedAtMs! - faultAtMs).toBeLessThanOrEqual(predictedMs![1] + 0.01);
    }
  });

  test.each(["dns", "kubernetes"])("%s: a graceful stop takes the entry away", (system) => {
    const simulation = play(shop(`system=${system}`), 45, [[40, "stop web-1"]]);
    expect(stateOf(simulation, "web-1")).toBe("gone");
  });

  test("DNS notices nothing: the record of the dead stays until its successor writes another", () => {
    const simulation = play(shop("system=dns recordTtlMs=1000"), 400, [
      [40, "kill web-1"],
      [300, "recreate web-1"],
    ]);
    expect(log(simulation, ...changes)).toEqual(["300.501 registry replaced web-1", "300.501 registry registered web-1#2"]);
    expect(targetsOf(simulation).sort()).toEqual(["web-1#2", "web-2#1"]);
  });
});

describe("Consul", () => {
  const ttl = "system=consul-ttl ttlMs=9000";

  test("what is critical stays in the catalogue; DNS names a warning, ?passing does not", () => {
    const text = `${shop(ttl)}\n bob: client arrivals=by-hand\n bob -> registry: discover reads=dns`.replace(
      "web-2 -> registry: register",
      "web-2 -> registry: register says=warning",
    );
    const simulation = play(text, 75, [[40, "kill web-1"]]);
    expect([stateOf(simulation, "web-1"), stateOf(simulation, "web-2")]).toEqual(["critical", "warning"]);
    expect(targetsOf(simulation)).toEqual([]);
    expect(simulation.status("bob")!.parts.map(({ node }) => node)).toEqual(["web-2"]);
  });

  test("critical for long, it is deregistered on a 30 s tick, a minute later at the earliest", () => {
    const after = noticedAfterS(`${ttl} deregisterMs=10000`, [[40, "kill web-1"]], 160, "deregistered");
    const critical = noticedAfterS(`${ttl} deregisterMs=10000`, [[40, "kill web-1"]], 160, "critical");
    expect(after - critical).toBeGreaterThanOrEqual(60);
    expect(after - critical).toBeLessThanOrEqual(90);
  });

  test("the same id again replaces the entry and keeps its status; another id adds one", () => {
    const same = shop(ttl).replace("web-1 -> registry: register", "web-1 -> registry: register identity=same");
    const script: Step[] = [[40, "recreate web-1"]];
    expect(log(play(same, 41, script), ...changes)).toEqual([
      "40.501 registry replaced web-1",
      "40.501 registry registered web-1#2",
      "40.501 registry passing web-1#2",
    ]);
    const added = play(shop(ttl), 41, script);
    expect(added.status("registry")!.parts.map(({ incarnation, state }) => `${incarnation} ${state}`)).toEqual([
      "1 passing",
      "1 passing",
      "2 critical",
    ]);
  });

  test("a machine that is heard of again: with a check it passes, with a TTL only once the instance has said so", () => {
    // The zone's wire is cut, the instances live on.
    const apart = (settings: string) => shop(settings).replace("h: host", "z: zone shares=network\n h: host in z");
    const script: Step[] = [
      [40, "lose z"],
      [60, "restore z"],
    ];
    expect(log(play(apart("system=consul-check checkIntervalMs=60000"), 65, script), "critical", "passing")).toEqual([
      expect.stringMatching(/^45\.\d+ registry critical web-1$/u),
      expect.stringMatching(/^60\.\d+ registry passing web-1$/u),
    ]);
    const again = log(play(apart("system=consul-ttl ttlMs=60000"), 70, script), "passing");
    expect(again).toHaveLength(1);
  });
});

describe("Eureka", () => {
  const told = ["expired", "self-preservation", "self-preservation-over"] as const;

  test.each([3, 6])("with %i instances one that is dead is kept for ever", (count) => {
    const simulation = play(shop("system=eureka", count), 700, [[40, "kill web-1"]]);
    expect(log(simulation, ...told)).toEqual([expect.stringMatching(/^2\d\d\.\d+ registry self-preservation$/u)]);
    expect(targetsOf(simulation)).toContain("web-1#1");
  });

  test.each([7, 10])("with %i instances it is evicted between 180 s and 240 s after its last renewal", (count) => {
    const afterS = noticedAfterS("system=eureka", [[40, "kill web-1"]], 400, "expired", count);
    expect(afterS).toBeGreaterThanOrEqual(150);
    expect(afterS).toBeLessThanOrEqual(240);
  });

  test("without self-preservation it is evicted; consumers see it a cache and a fetch later", () => {
    const simulation = play(shop("system=eureka selfPreservation=false", 7), 400, [[40, "kill web-1"]]);
    const [evicted, dropped] = log(simulation, "expired", "target-removed").map((line) => Number(line.split(" ")[0]));
    expect(dropped! - evicted!).toBeGreaterThan(0);
    expect(dropped! - evicted!).toBeLessThanOrEqual(60.01);
  });

  test("of many that are dead at once only so many go in one pass", () => {
    const script = ["web-1", "web-2", "web-3", "web-4"].map((id) => [40, `kill ${id}`] as const);
    const evicted = log(play(shop("system=eureka selfPreservation=false", 10), 330, script), "expired").map((line) => line.split(" ")[0]);
    // 10 − int(8.5) = 2, then 8 − int(6.8) = 2.
    const passes = new Map<string, number>();
    for (const at of evicted) passes.set(at!, (passes.get(at!) ?? 0) + 1);
    expect([...passes.values()]).toEqual([2, 2]);
  });

  test("it remembers nothing: after a restart instances are back with their next renewal", () => {
    const simulation = play(shop("system=eureka"), 80, [
      [40, "kill registry"],
      [42, "recreate registry"],
    ]);
    expect(tally(simulation, "registered")).toEqual({ registered: 2 });
  });
});

describe("registration", () => {
  test("a registrar withdraws what has crashed, and vouches for what hangs", () => {
    const by = shop("ttlMs=9000").replaceAll(": register latencyMs=1", ": register latencyMs=1 by=registrar");
    const simulation = play(by, 60, [
      [20, "kill web-1"],
      [20, "hang web-2"],
    ]);
    expect(log(simulation, ...changes)).toEqual(["20.001 registry withdrawn web-1"]);
  });

  test("a change of tags is known at once to those who watch", () => {
    const simulation = play(shop("", 2, "tag=blue"), 30, [[10, (document) => tagged(document, "web-1--registry")]]);
    expect(log(simulation, "target-added")).toEqual(["10.002 ann target-added web-1"]);
  });
});

function tagged(document: Parameters<Exclude<Step[1], string>>[0], id: string) {
  const link = document.links[id]!;
  return { ...document, links: { ...document.links, [id]: { ...link, settings: { ...link.settings, tags: "green, blue" } } } };
}

describe("consumers", () => {
  const stops: Step[] = [[20, "stop web-1"]];

  test("a long poll is answered when something changes, and asked again", () => {
    const simulation = play(shop("consumers=long-poll"), 40, stops);
    expect(log(simulation, "told", "target-removed")).toEqual(["20.001 registry told ann", "20.002 ann target-removed web-1"]);
  });

  test("who asks for each request is never stale, and fails when the registry is gone", () => {
    const text = shop("", 2, "reads=request");
    const simulation = play(text, 40, [
      [20, "send ann"],
      [21, "stop web-1"],
      [22, "send ann"],
      [23, "send ann"],
      [24, "kill registry"],
      [25, "send ann"],
    ]);
    expect(log(simulation, "target-added", "target-removed", "served", "failed", "no-target", "registry-lost")).toEqual([
      expect.stringMatching(/^20\.\d+ ann served ann\/1$/u),
      "22.002 ann target-removed web-1",
      expect.stringMatching(/^22\.\d+ ann served ann\/2$/u),
      expect.stringMatching(/^23\.\d+ ann served ann\/3$/u),
      "24.000 ann registry-lost registry",
      "25.002 ann no-target ann/4",
      "25.002 ann failed 503 ann/4",
    ]);
  });

  test("DNS by Consul names three at most", () => {
    const simulation = play(shop("system=consul-ttl", 6, "reads=dns"), 200);
    expect(targetsOf(simulation)).toHaveLength(3);
    expect(tally(simulation, "target-added")["target-added"]).toBeGreaterThan(3);
  });

  test("weights that instances register with are the weights that consumers balance by", () => {
    const text = shop("")
      .replace("arrivals=by-hand", "arrivals=constant ratePerSecond=60")
      .replace("web-1 -> registry: register", "web-1 -> registry: register weight=3");
    const [one, two] = play(text, 20).targets();
    expect(one!.served / two!.served).toBeCloseTo(3, 1);
  });
});

describe("a cut wire", () => {
  const cut: Step = [40, "cut web-1--registry"];

  test("what the registry cannot ask fails its check", () => {
    const simulation = play(shop("system=nacos-persistent"), 80, [cut]);
    expect(stateOf(simulation, "web-1")).toBe("critical");
    expect(stateOf(simulation, "web-2")).toBe("passing");
  });

  test("what an agent finds out beside the instance reaches the servers once the wire is whole", () => {
    const simulation = play(shop("system=consul-check checkIntervalMs=4000"), 90, [cut, [41, "kill web-1"], [80, "mend web-1--registry"]]);
    const [critical] = log(simulation, "critical").map((line) => Number(line.split(" ")[0]));
    expect(critical).toBeGreaterThan(80);
    expect(critical).toBeLessThanOrEqual(84.01);
  });

  test("who asks the registry for each request has nobody to ask", () => {
    const simulation = play(shop("", 2, "reads=request"), 40, [
      [20, "cut ann--registry"],
      [21, "send ann"],
      [30, "mend ann--registry"],
      [31, "send ann"],
    ]);
    expect(log(simulation, "served", "failed")).toEqual([
      expect.stringMatching(/ ann failed 503 ann\/1$/u),
      expect.stringMatching(/^31\.\d+ ann served ann\/2$/u),
    ]);
  });
});
