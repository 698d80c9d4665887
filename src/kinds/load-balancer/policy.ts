import { haproxyHashName, haproxyRandomName } from "../../engine/policies/balancing.ts";
import type { HaproxyHashing } from "../../engine/policies/haproxy-hash.ts";
import type { BalancerSettings } from "./behaviour.ts";

/** The engine's policy that a balancer's settings stand for. */
export function policyOf(settings: BalancerSettings): string {
  const { algorithm } = settings;
  if (algorithm === "haproxy-source" || algorithm === "haproxy-uri")
    return haproxyHashName(hashingOf(settings, algorithm === "haproxy-source" ? "source" : "text"));
  return algorithm === "haproxy-random" ? haproxyRandomName(settings.randomDraws) : algorithm;
}

/** HAProxy avalanches a consistent hash by itself only where no function is named ([S] backend.c). */
function hashingOf({ hashType, hashFunction, hashAvalanche }: BalancerSettings, of: HaproxyHashing["of"]): HaproxyHashing {
  const isNamed = hashFunction !== "default";
  return {
    of,
    type: hashType as HaproxyHashing["type"],
    function: isNamed ? (hashFunction as HaproxyHashing["function"]) : "sdbm",
    avalanche: hashAvalanche || (hashType === "consistent" && !isNamed),
  };
}

/** Whether who gets a request depends on who sends it, or on what it asks for. */
export function isKeyed({ algorithm }: BalancerSettings): boolean {
  return keyed.has(algorithm);
}

const keyed: ReadonlySet<string> = new Set([
  ...["haproxy-source", "haproxy-uri", "nginx-hash", "nginx-hash-consistent", "nginx-ip-hash"],
  ...["envoy-ring-hash", "envoy-maglev", "ipvs-source-hash", "caddy-hash", "varnish-hash", "varnish-shard"],
]);

/** HAProxy goes elsewhere at once only where it does not matter who serves ([S] backend.c, BE_LB_KIND_RR). */
export function isHash({ algorithm }: BalancerSettings): boolean {
  return algorithm === "haproxy-source" || algorithm === "haproxy-uri";
}
