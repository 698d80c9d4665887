import { describe, expect, test } from "vitest";
import { kinds } from "../kinds/registry.ts";
import { player } from "./testing/playing.ts";
import { log, tally } from "./testing/telling.ts";

const play = player(kinds);

/** A service whose own work takes no time and that calls two others, of 100 ms and of 50 ms. */
const chain = (toD: string, toE: string, toAnn = "") => `
  ann: client arrivals=by-hand ${toAnn}
  h: host
  web-1: container in h workDistribution=constant workMs=0
  d: dependency workDistribution=constant workMs=100
  e: dependency workDistribution=constant workMs=50
  ann -> web-1: call latencyMs=0
  web-1 -> d: call latencyMs=0 ${toD}
  web-1 -> e: call latencyMs=0 ${toE}`;

describe("what a service does with a request", () => {
  const plans: readonly [what: string, toD: string, toE: string, sent: readonly string[], served: string][] = [
    ["one after another", "", "", ["1.000 d", "1.100 e"], "1.150"],
    ["at once", "order=parallel", "order=parallel", ["1.000 d", "1.000 e"], "1.100"],
    ["twice each, one after another", "callsPerRequest=2", "callsPerRequest=2", ["1.000 d", "1.100 d", "1.200 e", "1.250 e"], "1.300"],
    [
      "twice at once, then one after another",
      "callsPerRequest=2 order=parallel",
      "callsPerRequest=2",
      ["1.000 d", "1.000 d", "1.100 e", "1.150 e"],
      "1.200",
    ],
    ["one that is not waited for", "waits=false", "", ["1.000 d", "1.000 e"], "1.050"],
    ["no calls on the first link", "callsPerRequest=0", "", ["1.000 e"], "1.050"],
    ["no calls at all", "callsPerRequest=0", "callsPerRequest=0", [], "1.000"],
  ];
  test.each(plans)("calls %s", (_, toD, toE, sent, served) => {
    const simulation = play(chain(toD, toE), 5, [[1, "send ann"]]);
    const calls = log(simulation, "sent").filter((line) => line.includes("web-1 sent"));
    expect(calls.map((line) => line.replace(" web-1 sent", "").replace(" ann/1", ""))).toEqual(sent);
    expect(log(simulation, "served")).toEqual([`${served} ann served ann/1`]);
  });

  test("a call that fails fails the request, and the calls after it are not made", () => {
    const simulation = play(chain("", ""), 5, [
      [0.5, "kill d"],
      [1, "send ann"],
    ]);
    expect(log(simulation, "refused", "got", "failed")).toEqual([
      "1.000 web-1 refused d ann/1",
      "1.000 ann got web-1 502 ann/1",
      "1.000 ann failed 502 ann/1",
    ]);
  });

  test("of calls made at once the first failure answers; the others are given up", () => {
    const simulation = play(chain("order=parallel", "order=parallel"), 5, [
      [0.5, "kill e"],
      [1, "send ann"],
    ]);
    expect(log(simulation, "failed")).toEqual(["1.000 ann failed 502 ann/1"]);
    expect(simulation.countersOf("d")).toMatchObject({ issued: 1, timedOut: 1, inFlight: 0 });
  });

  test("unless its failure does not matter", () => {
    const simulation = play(chain("failureFails=false", ""), 5, [
      [0.5, "kill d"],
      [1, "send ann"],
    ]);
    expect(log(simulation, "refused", "served")).toEqual(["1.000 web-1 refused d ann/1", "1.050 ann served ann/1"]);
  });

  test("nor does that of one that is not waited for", () => {
    const simulation = play(chain("waits=false", ""), 5, [
      [0.5, "kill d"],
      [1, "send ann"],
    ]);
    expect(log(simulation, "refused", "served")).toEqual(["1.000 web-1 refused d ann/1", "1.050 ann served ann/1"]);
  });

  test("a call has a timeout of its own, and may be made again", () => {
    const simulation = play(chain("timeoutMs=30 retries=1 failureFails=false", ""), 5, [[1, "send ann"]]);
    expect(log(simulation, "call-timed-out", "retried", "served")).toEqual([
      "1.030 web-1 call-timed-out d ann/1",
      "1.030 web-1 retried d 1 ann/1",
      "1.060 web-1 call-timed-out d ann/1",
      "1.110 ann served ann/1",
    ]);
  });

  test("while it hangs its answers wait for it; when it wakes it goes on with them", () => {
    const simulation = play(chain("", ""), 5, [
      [1, "send ann"],
      [1.05, "hang web-1"],
      [2, "resume web-1"],
    ]);
    expect(log(simulation, "got", "served")).toEqual([
      "2.000 web-1 got d 200 ann/1",
      "2.050 web-1 got e 200 ann/1",
      "2.050 ann got web-1 200 ann/1",
      "2.050 ann served ann/1",
    ]);
  });

  test("killed, it takes its calls with it: whoever it called works for nobody", () => {
    const simulation = play(chain("", ""), 5, [
      [1, "send ann"],
      [1.05, "kill web-1"],
    ]);
    expect(log(simulation, "reset", "failed", "got")).toEqual(["1.050 ann reset web-1 ann/1", "1.050 ann failed ann/1"]);
    expect(simulation.countersOf("d")).toMatchObject({ issued: 1, served: 0, timedOut: 1, inFlight: 0 });
  });
});

describe("a caller that balances by itself", () => {
  const shop = (algorithm: string, ann = "arrivals=by-hand") => `
    ann: client ${ann}
    registry: service-registry
    h: host
    web-1: container in h workDistribution=constant workMs=10
    web-2: container in h workDistribution=constant workMs=10
    web-3: container in h workDistribution=constant workMs=10
    ann -> registry: discover algorithm=${algorithm} retries=1
    web-1 -> registry: register
    web-2 -> registry: register
    web-3 -> registry: register`;

  test("goes round what it has discovered, and tries the next one when one refuses", () => {
    const simulation = play(shop("nginx-round-robin"), 5, [
      [0.5, "kill web-2"],
      [1, "send ann"],
      [2, "send ann"],
      [3, "send ann"],
    ]);
    expect(log(simulation, "sent")).toEqual([
      "1.000 ann sent web-1 ann/1",
      "2.000 ann sent web-2 ann/2",
      "2.001 ann sent web-3 ann/2",
      "3.000 ann sent web-1 ann/3",
    ]);
    expect(tally(simulation, "served", "failed")).toEqual({ served: 3, failed: 0 });
  });

  test("lets go of a target whose answer it no longer waits for", () => {
    const text = shop("least-connections", "arrivals=by-hand timeoutMs=100").replaceAll("workMs=10", "workMs=1000");
    const simulation = play(text, 5, [
      [1, "send ann"],
      [2, "send ann"],
      [3, "send ann"],
    ]);
    const connections = simulation.status("ann")!.parts.map(({ facts }) => facts.find(({ key }) => key === "connections")!.value);
    expect(connections).toEqual([0, 0, 0]);
  });

  test("has nobody to call when all leases have expired", () => {
    const simulation = play(shop("random"), 40, [
      [1, "kill web-1"],
      [1, "kill web-2"],
      [1, "kill web-3"],
      [30, "send ann"],
    ]);
    expect(log(simulation, "no-target", "failed")).toEqual(["30.000 ann no-target ann/1", "30.000 ann failed 503 ann/1"]);
  });
});
