import type { BalancingPolicy } from "./balancing-policy.ts";
import { haproxyRoundrobin } from "./haproxy-roundrobin.ts";
import { leastConnections } from "./least-connections.ts";
import { nginxRoundRobin } from "./nginx-round-robin.ts";
import { random } from "./random.ts";

export type { BalancingPolicy } from "./balancing-policy.ts";
export { policySetColumns, policyTargetColumns, type SetColumns, type TargetColumns } from "./target-columns.ts";

/** By the names under which a document asks for them; the order is part of a run's state and only ever grows. */
export const policies = {
  "nginx-round-robin": nginxRoundRobin,
  "haproxy-roundrobin": haproxyRoundrobin,
  "least-connections": leastConnections,
  random,
} as const satisfies Record<string, BalancingPolicy>;
