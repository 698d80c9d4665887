import { describe, expect, test } from "vitest";
import { sketch } from "../engine/testing/sketch.ts";
import { declarations as kinds } from "../kinds/declarations.ts";
import { apply } from "./commands.ts";
import { switchDiscovery } from "./switch-discovery.ts";
import type { Topology } from "./topology.ts";

const shop = (held: string, balancer = "") =>
  sketch(`
    ann: client
    front: load-balancer ${balancer}
    registry: service-registry
    front -> registry: source service=shop tag=blue
    ${held}`);

function switched(document: Topology, caller = "ann"): Topology {
  const { commands } = switchDiscovery(document, caller, kinds)!;
  const outcome = apply(document, { type: "together", label: "switch-discovery", commands }, kinds);
  if (outcome.error !== undefined) throw new Error(JSON.stringify(outcome.error));
  return outcome.document;
}

const linksOf = (document: Topology) =>
  Object.values(document.links)
    .filter(({ from }) => from === "ann")
    .map(({ to, role, settings }) => ({ to, role, settings }));

describe("who finds the instances", () => {
  test("a balancer's caller asks the registry itself: what the balancer asked, called and chosen as before", () => {
    const document = shop("ann -> front: call latencyMs=3 retries=2 finds=dns", "algorithm=haproxy-roundrobin");
    expect(switchDiscovery(document, "ann", kinds)?.to).toBe("caller");
    expect(linksOf(switched(document))).toEqual([
      {
        to: "registry",
        role: "discover",
        settings: { service: "shop", tag: "blue", latencyMs: 3, retries: 2, algorithm: "haproxy-roundrobin" },
      },
    ]);
  });

  test("a balancer's own algorithm that no caller has is left out", () => {
    const [link] = linksOf(switched(shop("ann -> front: call", "algorithm=nginx-ip-hash")));
    expect(link!.settings).not.toHaveProperty("algorithm");
  });

  test("and back: through the balancer that reads this service in this registry", () => {
    const document = shop("ann -> registry: discover service=shop retries=2 algorithm=random");
    expect(switchDiscovery(document, "ann", kinds)?.to).toBe("balancer");
    expect(linksOf(switched(document))).toEqual([{ to: "front", role: "call", settings: { retries: 2 } }]);
  });

  test("there and back, a call is set as it was", () => {
    const document = shop("ann -> front: call latencyMs=3 timeoutMs=800");
    expect(linksOf(switched(switched(document)))).toEqual(linksOf(document));
  });

  test.each([
    ["ann -> registry: discover service=other", "ann"],
    ["", "ann"],
    ["ann -> front: call", "front"],
    ["ann -> front: call", "registry"],
  ])("nothing to switch: %s, %s", (held, caller) => {
    expect(switchDiscovery(shop(held), caller, kinds)).toBeNull();
  });

  test("two callers of one service's balancers need one lookup", () => {
    const document = shop(`
      back: load-balancer
      back -> registry: source service=shop
      ann -> front: call
      ann -> back: call`);
    expect(linksOf(switched(document))).toHaveLength(1);
  });
});
