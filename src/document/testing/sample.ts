import type { Topology } from "../topology.ts";
import raw from "./sample.json" with { type: "json" };

/** Two hosts with a VM and three containers, a balancer that reads a registry, a client, and a scripted fault. */
export function sample(): Topology {
  return JSON.parse(JSON.stringify(raw)) as Topology;
}
