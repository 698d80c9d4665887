import { time, type ConfiguredTarget } from "./configuration.ts";
import type { BalancerSettings } from "./behaviour.ts";

const balances: Readonly<Record<string, string>> = {
  "haproxy-roundrobin": "roundrobin",
  "haproxy-static-rr": "static-rr",
  "haproxy-first": "first",
  "haproxy-source": "source",
  "haproxy-uri": "uri whole",
  "least-connections": "leastconn",
  random: "random(1)",
};

/** `haproxy.cfg`, in the words of HAProxy 2.6's configuration.txt. */
export function haproxyConfiguration(settings: BalancerSettings, name: string, targets: readonly ConfiguredTarget[]): string {
  return [
    ...(settings.rules === "haproxy" ? [] : [`# Drawn by the rules of ${settings.rules}, which differ; this is as near as HAProxy comes.`]),
    "global",
    "    log stdout format raw local0",
    "",
    "defaults",
    "    mode http",
    `    timeout client ${time(settings.serverTimeoutMs)}`,
    `    timeout connect ${time(settings.connectTimeoutMs)}`,
    `    timeout server ${time(settings.serverTimeoutMs)}`,
    `    timeout queue ${time(settings.queueTimeoutMs)}`,
    ...checkTimeout(settings),
    ...retries(settings),
    ...(settings.abortOnClose ? ["    option abortonclose"] : []),
    "",
    `frontend ${name}`,
    "    bind :8080",
    `    default_backend ${name}-targets`,
    "",
    `backend ${name}-targets`,
    ...balance(settings),
    ...stickiness(settings),
    ...(settings.checks === "http" ? ["    option httpchk GET /health"] : []),
    ...targets.map((target) => server(settings, target)),
    "",
  ].join("\n");
}

function checkTimeout({ checks, checkTimeoutMs }: BalancerSettings): string[] {
  return checks === "none" || checkTimeoutMs === 0 ? [] : [`    timeout check ${time(checkTimeoutMs)}`];
}

function retries({ retries: count, redispatch, redispatchEvery, retryOnReset, retryOnTimeout, retryStatuses }: BalancerSettings): string[] {
  const known = retryStatuses.split(" ").filter((status) => retryable.has(status));
  const on = ["conn-failure", ...(retryOnReset ? ["empty-response"] : []), ...(retryOnTimeout ? ["response-timeout"] : []), ...known];
  return [
    `    retries ${count}`,
    redispatch ? `    option redispatch${redispatchEvery === -1 ? "" : ` ${redispatchEvery}`}` : "    no option redispatch",
    ...(on.length > 1 ? [`    retry-on ${on.join(" ")}`] : []),
  ];
}

/** Statuses that HAProxy's `retry-on` knows. */
const retryable = new Set(["401", "403", "404", "408", "425", "429", "500", "501", "502", "503", "504"]);

function balance({ algorithm, hashType, hashFunction, hashAvalanche, randomDraws }: BalancerSettings): string[] {
  if (algorithm === "haproxy-random") return [`    balance random(${randomDraws})`];
  const known = balances[algorithm];
  if (known === undefined) return [`    # HAProxy has no "${algorithm}"; roundrobin stands in for it.`, "    balance roundrobin"];
  if (algorithm !== "haproxy-source" && algorithm !== "haproxy-uri") return [`    balance ${known}`];
  const words = [hashType, hashFunction === "default" ? "" : hashFunction, hashAvalanche ? "avalanche" : ""];
  // The modifier is read after a function's name, which is sdbm unless another is given.
  if (hashAvalanche && words[1] === "") words[1] = "sdbm";
  return [`    balance ${known}`, `    hash-type ${words.filter((word) => word !== "").join(" ")}`];
}

function stickiness({ sticky, stickyMs }: BalancerSettings): string[] {
  switch (sticky) {
    case "cookie":
      return ["    cookie SERVERID insert indirect nocache"];
    case "address":
      return [`    stick-table type ip size 100k expire ${time(stickyMs)}`, "    stick on src"];
    case "connection":
      return [
        "    # One pick for each connection, as kube-proxy makes it: this is as near as HAProxy comes.",
        "    option prefer-last-server",
      ];
    default:
      return [];
  }
}

function server(settings: BalancerSettings, { name, address, weight, backup }: ConfiguredTarget): string {
  const words = [
    `    server ${name} ${address}`,
    `weight ${weight}`,
    ...checks(settings),
    ...(settings.slowStartMs > 0 ? [`slowstart ${time(settings.slowStartMs)}`] : []),
    ...(settings.targetLimit > 0 ? [`maxconn ${settings.targetLimit}`, `maxqueue ${settings.queueLimit}`] : []),
    ...(settings.sticky === "cookie" ? [`cookie ${name}`] : []),
    ...(backup ? ["backup"] : []),
  ];
  return words.join(" ");
}

function checks(settings: BalancerSettings): string[] {
  const agent = settings.agentCheck ? ["agent-check", "agent-port 9999", `agent-inter ${time(settings.agentIntervalMs)}`] : [];
  if (settings.checks === "none") return agent;
  const { intervalMs, fastIntervalMs, downIntervalMs, fall, rise, observe, errorLimit, onError } = settings;
  return [
    `check inter ${time(intervalMs)}`,
    ...(fastIntervalMs > 0 ? [`fastinter ${time(fastIntervalMs)}`] : []),
    ...(downIntervalMs > 0 ? [`downinter ${time(downIntervalMs)}`] : []),
    `fall ${fall} rise ${rise}`,
    ...(observe === "none" ? [] : [`observe ${observe} error-limit ${errorLimit} on-error ${onError}`]),
    ...agent,
  ];
}
