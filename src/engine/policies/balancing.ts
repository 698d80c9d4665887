import { apacheByBusyness } from "./apache-bybusyness.ts";
import type { BalancingPolicy } from "./balancing-policy.ts";
import { caddyHash, caddyLeastConn, caddyRandomChoose, caddyWeightedRoundRobin } from "./caddy.ts";
import { envoyMaglev, envoyRingHash } from "./envoy-hashing.ts";
import { envoyLeastRequest, envoyRoundRobin } from "./envoy-scheduler.ts";
import { firstOfAnswer } from "./first-of-answer.ts";
import { haproxyHash, type HaproxyHashing } from "./haproxy-hash.ts";
import { haproxyFirst } from "./haproxy-first.ts";
import { haproxyRandom } from "./haproxy-random.ts";
import { haproxyRoundrobin } from "./haproxy-roundrobin.ts";
import { haproxyStaticRr } from "./haproxy-static-rr.ts";
import { ipvsLeastConnection, ipvsRoundRobin, ipvsSourceHash } from "./ipvs.ts";
import { leastConnections } from "./least-connections.ts";
import { nginxHash } from "./nginx-hash.ts";
import { nginxIpHash } from "./nginx-ip-hash.ts";
import { nginxKetama } from "./nginx-ketama.ts";
import { nginxLeastConn } from "./nginx-least-conn.ts";
import { nginxRandomTwo } from "./nginx-random-two.ts";
import { nginxRoundRobin } from "./nginx-round-robin.ts";
import { random } from "./random.ts";
import { rotation } from "./rotation.ts";
import { varnishHash, varnishShard } from "./varnish.ts";

export type { BalancingPolicy } from "./balancing-policy.ts";
export { givenSetColumns, policySetColumns, policyTargetColumns, type SetColumns, type TargetColumns } from "./target-columns.ts";

/** Those that hash with one setting each, by the names under which a document asks for them. */
const named = {
  "nginx-round-robin": nginxRoundRobin,
  "haproxy-roundrobin": haproxyRoundrobin,
  "least-connections": leastConnections,
  random,
  "haproxy-static-rr": haproxyStaticRr,
  "haproxy-first": haproxyFirst,
  "haproxy-random": haproxyRandom(2),
  "nginx-least-conn": nginxLeastConn,
  "nginx-random-two": nginxRandomTwo,
  "varnish-round-robin": rotation(0),
  "caddy-round-robin": rotation(1),
  "nginx-hash": nginxHash,
  "nginx-hash-consistent": nginxKetama,
  "nginx-ip-hash": nginxIpHash,
  "envoy-round-robin": envoyRoundRobin,
  "envoy-least-request": envoyLeastRequest,
  "envoy-ring-hash": envoyRingHash,
  "envoy-maglev": envoyMaglev,
  "ipvs-round-robin": ipvsRoundRobin,
  "ipvs-least-connection": ipvsLeastConnection,
  "ipvs-source-hash": ipvsSourceHash,
  "caddy-weighted-round-robin": caddyWeightedRoundRobin,
  "caddy-least-conn": caddyLeastConn,
  "caddy-random-choose": caddyRandomChoose(2),
  "caddy-hash": caddyHash,
  "apache-bybusyness": apacheByBusyness,
  "varnish-hash": varnishHash,
  "varnish-shard": varnishShard,
  "first-of-answer": firstOfAnswer,
} as const satisfies Record<string, BalancingPolicy>;

/** As many as a document may ask for. */
const haproxyDrawsMax = 8;

export function haproxyRandomName(draws: number): string {
  return draws === 2 ? "haproxy-random" : `haproxy-random ${draws}`;
}

const hashTypes = ["map-based", "consistent"] as const;
const hashFunctions = ["sdbm", "djb2", "wt6", "crc32"] as const;

/** HAProxy's hashes, one for each way of setting them: "haproxy-hash text consistent sdbm avalanche". */
export function haproxyHashName({ of, type, function: hash, avalanche }: HaproxyHashing): string {
  return `haproxy-hash ${of} ${type} ${hash}${avalanche ? " avalanche" : ""}`;
}

const haproxyHashes = (["source", "text"] as const).flatMap((of) =>
  hashTypes.flatMap((type) =>
    hashFunctions.flatMap((hash) =>
      [false, true].map((avalanche) => {
        const hashing = { of, type, function: hash, avalanche };
        return [haproxyHashName(hashing), haproxyHash(hashing)] as const;
      }),
    ),
  ),
);

/** HAProxy's random(n) draws so many; the two that it draws unless told otherwise have a name of their own. */
const haproxyDraws = Array.from(
  { length: haproxyDrawsMax },
  (_, index) => [haproxyRandomName(index + 1), haproxyRandom(index + 1)] as const,
);

/** All policies by name; the order is part of a run's state. */
export const policies: typeof named & Readonly<Record<string, BalancingPolicy>> = {
  ...named,
  ...Object.fromEntries([...haproxyHashes, ...haproxyDraws.filter(([name]) => !(name in named))]),
};
