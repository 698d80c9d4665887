import { readFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import type { LinkRecord, NodeRecord, SettingValues, Topology } from "../src/document/topology.ts";

export const exampleFile = (id: string): string => fileURLToPath(new URL(`../public/examples/${id}.json`, import.meta.url));
export const example = (id: string): Topology => JSON.parse(readFileSync(exampleFile(id), "utf8")) as Topology;

type Sketched = readonly [id: string, kind: string, x: number, y: number, settings?: SettingValues, parent?: string];
type Drawn = readonly [from: string, role: string, to: string, settings?: SettingValues];

/** A document in a few lines. */
export function sketch(title: string, nodes: readonly Sketched[], links: readonly Drawn[] = []): Topology {
  const nodeRecords = nodes.map(([id, kind, x, y, settings = {}, parent = null], order): NodeRecord => ({
    ...{ id, kind, name: id, order, parent, position: { x, y }, settings },
  }));
  const linkRecords = links.map(([from, role, to, settings = {}], order): LinkRecord => ({
    id: `${from}-${role}-${to}`,
    order,
    from,
    to,
    role,
    settings,
  }));
  return {
    format: "breakwater",
    version: 1,
    title: { en: title },
    seed: 1,
    start: "warm",
    nodes: Object.fromEntries(nodeRecords.map((record) => [record.id, record])),
    links: Object.fromEntries(linkRecords.map((record) => [record.id, record])),
    schedule: {},
  };
}

/** One client that sends by hand over one long wire: a single dot that takes four seconds each way. */
export const oneDot = sketch(
  "One dot",
  [
    ["caller", "client", 0, 60, { arrivals: "by-hand", timeoutMs: 60_000 }],
    ["store", "dependency", 480, 54, { workDistribution: "constant", workMs: 1000 }],
  ],
  [["caller", "call", "store", { latencyMs: 4000, timeoutMs: 50_000 }]],
);

/** Two hosts with room, and one container that is called. */
export const twoHosts = sketch(
  "Two hosts",
  [
    ["caller", "client", 0, 60],
    ["host-1", "host", 240, 0],
    ["host-2", "host", 240, 204],
    ["app", "container", 12, 36, {}, "host-1"],
  ],
  [["caller", "call", "app", { finds: "dns", dnsTtlMs: 1000 }]],
);

/** A caller, a balancer, a registry and a store, without a link. */
export const toBeLinked = sketch("To be linked", [
  ["caller", "client", 0, 60],
  ["front", "load-balancer", 204, 24],
  ["registry", "service-registry", 168, 228],
  ["store", "dependency", 480, 60],
]);

/** Two containers on one host, and a VM on another that may take them. */
export const twoForAVm = sketch("Two in a VM", [
  ["host-1", "host", 0, 0],
  ["host-2", "host", 420, 0],
  ["app-1", "container", 12, 36, {}, "host-1"],
  ["app-2", "container", 168, 36, {}, "host-1"],
  ["vm-1", "virtual-machine", 12, 36, {}, "host-2"],
]);
