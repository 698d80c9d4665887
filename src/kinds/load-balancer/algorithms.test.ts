import { expect, it } from "vitest";
import { algorithms, balancerAlgorithms, linkRoles } from "../../document/link-settings.ts";
import { applies } from "../../document/settings.ts";
import { player, set } from "../../engine/testing/playing.ts";
import { rowsOf } from "../../engine/testing/telling.ts";
import { kinds } from "../registry.ts";

const play = player(kinds);
const system = `
  visitors: client ratePerSecond=100 arrivals=constant
  front: load-balancer checks=tcp intervalMs=1000 algorithm=haproxy-roundrobin
  a: host
  web-1: container in a workMs=15 workDistribution=constant
  web-2: container in a workMs=15 workDistribution=constant
  web-3: container in a workMs=15 workDistribution=constant
  visitors -> front: call
  front -> web-1: forward weight=3
  front -> web-2: forward weight=2
  front -> web-3: forward
`;

it.each(algorithms)("switched to %s under load, nobody is lost; one that dies is left out, and the others serve on", (algorithm) => {
  const run = play(system, 20, [
    [5, set("front", { algorithm })],
    [10, "kill web-2"],
  ]);
  const { issued, served, failed, timedOut } = run.counters();
  // One request at most is in web-2 when it dies: whatever comes later is sent elsewhere.
  expect(failed).toBeLessThanOrEqual(2);
  expect(issued - served - failed).toBeLessThanOrEqual(2);
  expect(timedOut).toBe(0);
  expect(run.targets().find(({ name }) => name === "web-2")?.state).toBe("down");
});

/** Each holds several requests at a time, so that weights count for those that look at what is held. */
const busy = system.replaceAll("workMs=15", "workMs=60");

it("each algorithm picks in an order of its own", () => {
  const all = [...algorithms, ...balancerAlgorithms];
  const orders = all.map((algorithm) => {
    const run = play(busy, 2, [[0.5, set("front", { algorithm })]]);
    const begun = rowsOf(run).filter(({ what }) => what === "begun");
    return begun.map(({ who }) => who).join(" ");
  });
  expect(new Set(orders).size).toBe(all.length);
});

it("a weight matters by those algorithms by which it is shown, and by no other", () => {
  const { fields } = linkRoles.forward.settings;
  const all = [...algorithms, ...balancerAlgorithms];
  const begun = (algorithm: string, weight: number) => {
    const equal = busy.replace("weight=3", `weight=${weight}`).replace("weight=2", "").replace("arrivals=constant", "visitors=20 paths=20");
    const run = play(equal.replace("haproxy-roundrobin", algorithm), 2);
    return rowsOf(run)
      .filter(({ what }) => what === "begun")
      .map(({ who }) => who)
      .join(" ");
  };
  expect(all.filter((algorithm) => begun(algorithm, 5) !== begun(algorithm, 1))).toEqual(
    all.filter((algorithm) => applies(fields, "weight", () => algorithm)),
  );
});
