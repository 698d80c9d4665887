import type { Topology } from "../document/topology.ts";
import { linkRoles, type RoleId } from "../document/link-settings.ts";
import { settle } from "../document/settings.ts";
import { compareNumbers } from "../base/order.ts";

const fallbackUs = 500;

/** How long a request's hop typically takes: the median latency of the links that requests travel, in simulated µs. */
export function typicalHopUs(document: Topology): number {
  const links = Object.values(document.links);
  const carrying = links.filter(({ role }) => linkRoles[role as RoleId].asks === "request");
  const latencies = (carrying.length > 0 ? carrying : links).map(({ role, settings }) => {
    return settle(linkRoles[role as RoleId].settings, settings)["latencyMs"] as number;
  });
  const positive = latencies.filter((latencyMs) => latencyMs > 0).sort(compareNumbers);
  const median = positive[positive.length >> 1];
  return median === undefined ? fallbackUs : median * 1000;
}
