import { policies, type BalancingPolicy } from "../../engine/policies/balancing.ts";
import { haproxyFirst } from "../../engine/policies/haproxy-first.ts";
import { haproxyHash, type HaproxyHashing } from "../../engine/policies/haproxy-hash.ts";
import { haproxyRandom } from "../../engine/policies/haproxy-random.ts";
import { haproxyStaticRr } from "../../engine/policies/haproxy-static-rr.ts";
import { nginxHash } from "../../engine/policies/nginx-hash.ts";
import { nginxIpHash } from "../../engine/policies/nginx-ip-hash.ts";
import { nginxKetama } from "../../engine/policies/nginx-ketama.ts";
import { nginxLeastConn } from "../../engine/policies/nginx-least-conn.ts";
import { nginxRandomTwo } from "../../engine/policies/nginx-random-two.ts";
import { rotation } from "../../engine/policies/rotation.ts";
import { NotUnderstood, type RecordedCase } from "../recorded-case.ts";

/** What words may mean, the likeliest first. */
type Meant = BalancingPolicy | readonly BalancingPolicy[];
type Reading = readonly [says: RegExp, policy: (found: RegExpExecArray) => Meant];

/** How each system names what it picks by; the first that fits is meant. */
const haproxy: readonly Reading[] = [
  [/^(?:balance )?static-rr/u, () => haproxyStaticRr],
  [/^(?:balance )?roundrobin/u, () => policies["haproxy-roundrobin"]],
  [/^(?:balance )?leastconn/u, () => policies["least-connections"]],
  [/^(?:balance )?first/u, () => haproxyFirst],
  [/^(?:balance )?random(?:\((\d+)\))?/u, ([, draws]) => haproxyRandom(Number(draws ?? 2))],
  [/^(?:balance )?(source|uri|url_param|hdr|hash)\b(.*)$/u, ([, of, rest]) => hashingsOf(of!, rest!).map(haproxyHash)],
];

const nginx: readonly Reading[] = [
  [/^hash .*consistent/u, () => nginxKetama],
  [/^hash /u, () => nginxHash],
  [/^ip_hash/u, () => nginxIpHash],
  [/^least_conn/u, () => nginxLeastConn],
  [/^random two/u, () => nginxRandomTwo],
  [/^random/u, () => policies.random],
  [/round[-_ ]robin/u, () => policies["nginx-round-robin"]],
];

/** Apache's byrequests is nginx's smooth round robin; who begins a plain rotation was measured (SEMANTICS §3). */
const systems: readonly (readonly [says: RegExp, readings: readonly Reading[]])[] = [
  [/^haproxy/u, haproxy],
  [/^nginx/u, nginx],
  [/^apache/u, [[/byrequests/u, () => policies["nginx-round-robin"]]]],
  [
    /^caddy/u,
    [
      [/^round_robin/u, () => rotation(1)],
      [/^first/u, () => haproxyFirst],
      [/^random/u, () => policies.random],
    ],
  ],
  [
    /^varnish/u,
    [
      [/round_robin/u, () => rotation(0)],
      [/fallback/u, () => haproxyFirst],
      [/random/u, () => policies.random],
    ],
  ],
  [/^pen/u, [[/round robin/u, () => rotation(2)]]],
  [/iptables.*statistic random/u, [[/^/u, () => policies.random]]],
  [/nftables numgen inc/u, [[/^/u, () => rotation(0)]]],
  [/nftables numgen random/u, [[/^/u, () => policies.random]]],
];

/** The policy that a case's system and algorithm most likely stand for. Throws `NotUnderstood` for one that the engine does not have. */
export function policyOf(recorded: RecordedCase): BalancingPolicy {
  return policiesOf(recorded)[0]!;
}

/** All that they may stand for. */
export function policiesOf({ meant, fields }: RecordedCase): readonly BalancingPolicy[] {
  const algorithm = typeof fields["alg"] === "string" ? fields["alg"] : "";
  for (const [system, readings] of systems) {
    if (!system.test(meant)) continue;
    for (const [says, policy] of readings) {
      const found = says.exec(algorithm);
      if (found !== null) return [policy(found)].flat();
    }
  }
  throw new NotUnderstood(`no policy for "${algorithm}" of ${meant}`);
}

/**
 * "whole hash-type consistent sdbm avalanche" and the like. A consistent sdbm is HAProxy's default, which avalanches; the
 * recordings name the function even where none was configured, so that a consistent sdbm that was configured as such, and does not, reads the same.
 */
function hashingsOf(of: string, rest: string): HaproxyHashing[] {
  const [, type = "map-based", name = "sdbm", modifier] = /hash-type (\S+)(?: (sdbm|djb2|wt6|crc32))?(?: (\S+))?/u.exec(rest) ?? [];
  if (type !== "consistent" && type !== "map-based") throw new NotUnderstood(`hash-type ${type}`);
  if (modifier !== undefined && modifier !== "avalanche") throw new NotUnderstood(`hash function or modifier ${modifier}`);
  const hashing = { of: of === "source" ? "source" : "text", type, function: name, avalanche: modifier !== undefined } as HaproxyHashing;
  const isByDefault = type === "consistent" && name === "sdbm" && modifier === undefined;
  return isByDefault ? [{ ...hashing, avalanche: true }, hashing] : [hashing];
}
