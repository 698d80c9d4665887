import { readFileSync } from "node:fs";
import { describe, expect, test } from "vitest";
import { admitText } from "../document/admit.ts";
import { apply } from "../document/commands.ts";
import { deploymentsOf, trialOf, ways, type Way } from "../document/deployments.ts";
import type { SettingValue, Topology } from "../document/topology.ts";
import { Simulation } from "../engine/simulation.ts";
import { kinds } from "../kinds/registry.ts";
import { compare } from "./comparison.ts";
import type { Compared } from "./protocol.ts";

const make = (options: { document: Topology }) => new Simulation({ ...options, kinds });

function open(id: string): Topology {
  const admission = admitText(readFileSync(`public/examples/${id}.json`, "utf8"), kinds);
  if (!admission.ok) throw new Error(JSON.stringify(admission.errors));
  return admission.document;
}

const shipped = open("same-budget");

function compared(document: Topology, way: Way): Compared {
  const deployment = deploymentsOf(document, kinds).find((one) => one.way === way)!;
  return compare(trialOf(document, deployment, kinds), make);
}

function configured(id: string, settings: Record<string, SettingValue>): Topology {
  const outcome = apply(shipped, { type: "configure", id, settings }, kinds);
  if (outcome.error !== undefined) throw new Error(JSON.stringify(outcome.error));
  return outcome.document;
}

describe("which ways a document shows", () => {
  test("each with the machine that is bought, what one more takes there, and who else is there", () => {
    expect(deploymentsOf(shipped, kinds)).toEqual([
      { way: "traditional", machine: "bare", unit: "tomcat-1", subject: "shop-1", others: ["shop-2", "shop-3"] },
      { way: "virtualised", machine: "virtual", unit: "vm-1", subject: "vm-1-shop", others: ["vm-2-shop", "vm-3-shop"] },
      { way: "containerised", machine: "containers", unit: "box-1", subject: "box-1", others: ["box-2", "box-3"] },
    ]);
    expect(deploymentsOf(open("failover"), kinds).map(({ way }) => way)).toEqual(["containerised"]);
    expect(deploymentsOf({ ...shipped, nodes: {}, links: {} }, kinds)).toEqual([]);
  });
});

describe("the comparison of the example: each figure is of a played run", () => {
  const found = new Map(ways.map((way) => [way, compared(shipped, way)]));
  const each = <T>(read: (one: Compared) => T) => ways.map((way) => read(found.get(way)!));

  test("density is what the memory says: processes what they use, machines and containers what is set aside for them", () => {
    const tomcat = 128 + 2 * 200;
    expect(each(({ instances }) => instances)).toEqual([2 * Math.floor(8192 / tomcat), Math.floor(8192 / 1024), Math.floor(8192 / 384)]);
    expect(each(({ isMore }) => isMore)).toEqual([false, false, false]);
  });

  test("memory by purpose adds up to what the machine has", () => {
    expect(each(({ memory }) => memory)).toEqual([
      { total: 8192, guestOs: 0, runtime: 2 * 128, applications: 3 * 200, spare: 0, free: 8192 - 856 },
      { total: 8192, guestOs: 3 * 512, runtime: 3 * 128, applications: 3 * 200, spare: 3 * (1024 - 512 - 328), free: 8192 - 3072 },
      { total: 8192, guestOs: 0, runtime: 0, applications: 3 * 328, spare: 3 * (384 - 328), free: 8192 - 3 * 384 },
    ]);
  });

  test("a guest boots before its server starts and deploys; a container starts at once, after a panic too, once its host is back", () => {
    expect(each(({ startUs }) => startUs)).toEqual([4_500_000, 29_500_000, 232_000]);
    const recoveries = each(({ recoveries }) => recoveries.map(({ fault, us, acts }) => [fault, Math.round(us! / 1000), acts.join()]));
    expect(recoveries).toEqual([
      [
        ["crash", 4500, "recreate"],
        ["panic", 34_500, "restart"],
      ],
      [
        ["crash", 4500, "recreate"],
        ["panic", 29_500, "restart"],
      ],
      [
        ["crash", 232, "recreate"],
        ["panic", 30_232, "restart,recreate"],
      ],
    ]);
    expect(each(({ stop }) => stop?.act)).toEqual(["stop", "shut-down", "stop"]);
  });

  test("an operator's steps: on one network, a second server needs a port of its own", () => {
    const told = each(({ steps }) => steps.map((step) => (step.what === "link" ? "link" : step.what === "set" ? step.setting : step.kind)));
    expect(told).toEqual([
      ["application-server", "web-application", "web-application", "port", "link", "link"],
      ["virtual-machine", "application-server", "web-application", "link"],
      ["container", "link"],
    ]);
  });

  test("the blast: a server takes what is in it, kill -9 -1 the other server, and a kernel whatever runs on it", () => {
    expect(each(({ blasts }) => blasts.map(({ fault, failed }) => `${fault}: ${failed.join(" ")}`.trim()))).toEqual([
      ["crash: shop-2", "eat-memory: shop-2", "kill-all: shop-3", "panic: shop-2 shop-3"],
      ["crash:", "eat-memory:", "kill-all:", "panic:"],
      ["crash:", "eat-memory:", "kill-all:", "panic: box-2 box-3"],
    ]);
  });

  test("is the same again", () => {
    expect(compared(shipped, "containerised")).toEqual(found.get("containerised"));
  });
});

describe("another document gives other figures", () => {
  test.each([
    [
      "a bigger guest takes of the memory",
      "vm-1",
      { guestOsMb: 640 },
      "virtualised",
      ({ memory }: Compared) => memory.guestOs,
      2 * 512 + 640,
    ],
    ["bigger machines are fewer", "vm-1", { memoryMb: 2048 }, "virtualised", ({ instances }: Compared) => instances, 4],
    ["a guest that boots faster is there sooner", "vm-1", { bootMs: 5000 }, "virtualised", ({ startUs }: Compared) => startUs, 9_500_000],
    ["a bigger budget holds more", "containers", { memoryMb: 16_384 }, "containerised", ({ instances }: Compared) => instances, 42],
    [
      "a machine that holds more than is tried says so",
      "box-1",
      { memoryMb: 4, usesMb: 0 },
      "containerised",
      ({ isMore }: Compared) => isMore,
      true,
    ],
    [
      "a container that Docker restarts needs nobody",
      "box-1",
      { restart: "always" },
      "containerised",
      ({ recoveries }: Compared) => recoveries[0]!.acts,
      [],
    ],
    ["what ignores SIGTERM has its grace", "box-1", { onTerm: "ignores" }, "containerised", ({ stop }: Compared) => stop!.us, 10_000_000],
  ] as const)("%s", (_, id, settings, way, read, expected) => {
    expect(read(compared(configured(id, settings), way))).toEqual(expected);
  });
});
