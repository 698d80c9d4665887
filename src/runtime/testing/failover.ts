import type { LinkRecord, NodeRecord, SettingValues, Topology } from "../../document/topology.ts";

let order = 0;
const node = (id: string, kind: string, parent: string | null, settings: SettingValues = {}): NodeRecord => ({
  id,
  kind,
  name: id,
  order: order++,
  parent,
  position: { x: 0, y: 0 },
  settings,
});
const link = (from: string, to: string, role: string, settings: SettingValues = {}): LinkRecord => ({
  id: `${from}-${to}`,
  order: order++,
  from,
  to,
  role,
  settings,
});
const byId = <Item extends { readonly id: string }>(items: readonly Item[]) => Object.fromEntries(items.map((item) => [item.id, item]));

/** Three replicas on two hosts behind a balancer that finds them in a registry: small, and with all that a failover has. */
export function failover(changes: Partial<Topology> = {}): Topology {
  order = 0;
  const replicas = ["web-1", "web-2", "web-3"];
  return {
    format: "breakwater",
    version: 1,
    title: { en: "Failover" },
    seed: 7,
    start: "warm",
    nodes: byId([
      node("client", "client", null, { ratePerSecond: 40 }),
      node("front", "load-balancer", null, { intervalMs: 1000, algorithm: "haproxy-roundrobin" }),
      node("registry", "service-registry", null, { ttlMs: 6000 }),
      node("images", "image-registry", null),
      node("host-a", "host", null),
      node("host-b", "host", null),
      node("web-1", "container", "host-a", { heartbeatMs: 2000 }),
      node("web-2", "container", "host-a", { heartbeatMs: 2000 }),
      node("web-3", "container", "host-b", { heartbeatMs: 2000 }),
    ]),
    links: byId([
      link("client", "front", "call"),
      link("front", "registry", "source"),
      link("host-a", "images", "pull"),
      link("host-b", "images", "pull"),
      ...replicas.map((id) => link(id, "registry", "register")),
    ]),
    schedule: {},
    ...changes,
  };
}

export const killAt = (target: string, atMs: number, act = "kill") => ({ id: `${act}-${target}-${atMs}`, order: 0, atMs, act, target });
