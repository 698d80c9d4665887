import type { BalancingPolicy } from "./balancing-policy.ts";
import { haproxyFirst } from "./haproxy-first.ts";
import { haproxyRandom } from "./haproxy-random.ts";
import { haproxyRoundrobin } from "./haproxy-roundrobin.ts";
import { haproxyStaticRr } from "./haproxy-static-rr.ts";
import { leastConnections } from "./least-connections.ts";
import { nginxLeastConn } from "./nginx-least-conn.ts";
import { nginxRandomTwo } from "./nginx-random-two.ts";
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
  "haproxy-static-rr": haproxyStaticRr,
  "haproxy-first": haproxyFirst,
  "haproxy-random": haproxyRandom(2),
  "nginx-least-conn": nginxLeastConn,
  "nginx-random-two": nginxRandomTwo,
} as const satisfies Record<string, BalancingPolicy>;
