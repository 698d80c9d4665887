import type { SettingValues } from "../../document/topology.ts";
import { NotUnderstood, type RecordedCase } from "../recorded-case.ts";
import { balancerSettings, haproxyOptions, type Failure } from "../rig/haproxy-options.ts";

interface Config {
  readonly backend: string;
  readonly server: string;
}

/** The balancer of a recording that is played request by request, as the playground's is set. */
export function balancerOf({ fields, meant }: RecordedCase, failure: Failure): SettingValues {
  const { backend, server } = fields["config"] as Config;
  if (typeof backend !== "string") throw new NotUnderstood("its configuration");
  const [system] = meant.split(" ");
  if (system === "haproxy") return balancerSettings(haproxyOptions(server, backend), failure);
  const named = others[system ?? ""]?.(backend);
  if (named === undefined) throw new NotUnderstood(`the balancer "${meant}"`);
  return { checks: "none", ...named };
}

const others: Readonly<Record<string, (words: string) => SettingValues>> = {
  nginx: (words) => ({
    ...{ rules: "nginx", algorithm: words.includes("least_conn") ? "nginx-least-conn" : "nginx-round-robin" },
    maxFails: numberIn(words, "max_fails") ?? 1,
    failTimeoutMs: timeMs(words, "fail_timeout") ?? 10_000,
    targetLimit: numberIn(words, "max_conns") ?? 0,
    connectTimeoutMs: timeMs(words, "proxy_connect_timeout") ?? 60_000,
    serverTimeoutMs: timeMs(words, "proxy_read_timeout") ?? 60_000,
  }),
  caddy: (words) => ({
    ...{ rules: "caddy", algorithm: words.includes("lb_policy first") ? "haproxy-first" : "caddy-round-robin" },
    targetLimit: numberIn(words, "unhealthy_request_count") ?? 0,
    ...(words.includes("fail_duration")
      ? { maxFails: numberIn(words, "max_fails") ?? 1, failTimeoutMs: timeMs(words, "fail_duration")! }
      : { maxFails: 0 }),
    tryDurationMs: timeMs(words, "lb_try_duration") ?? 0,
    tryIntervalMs: timeMs(words, "lb_try_interval") ?? 250,
    tryRetries: numberIn(words, "lb_retries") ?? 0,
    serverTimeoutMs: timeMs(words, "response_header_timeout") ?? 3_600_000,
    connectTimeoutMs: timeMs(words, "dial_timeout") ?? 3000,
  }),
  apache: (words) => ({
    rules: "apache",
    failTimeoutMs: timeMs(words, "retry") ?? 60_000,
    algorithm: words.includes("bybusyness") ? "apache-bybusyness" : "nginx-round-robin",
    connectTimeoutMs: timeMs(words, "connectiontimeout") ?? 60_000,
    serverTimeoutMs: timeMs(words, "timeout") ?? 60_000,
  }),
  varnish: (words) => ({
    ...{ rules: "varnish", algorithm: "varnish-round-robin" },
    connectTimeoutMs: timeMs(words, "connect_timeout") ?? 3500,
    serverTimeoutMs: timeMs(words, "first_byte_timeout") ?? 60_000,
    targetLimit: numberIn(words, "max_connections") ?? 0,
  }),
};

/** What the configuration says of each server: "lbfactor=3,1,2", "standby=b3". */
export function linksOf({ fields }: RecordedCase, servers: number): SettingValues[] {
  const { backend } = fields["config"] as Config;
  const weights = /lbfactor=([\d,]+)/u.exec(backend)?.[1]?.split(",").map(Number) ?? [];
  const standby = /standby=(b\d+)/u.exec(backend)?.[1];
  return Array.from({ length: servers }, (_, index) => ({ weight: weights[index] ?? 1, backup: standby === `b${index + 1}` }));
}

/** "max_fails 3", ".max_connections=1". */
function numberIn(words: string, name: string): number | undefined {
  const [, amount] = new RegExp(`(?<!\\w)${name}[ =](\\d+)(?!\\w)`, "u").exec(words) ?? [];
  return amount === undefined ? undefined : Number(amount);
}

/** "fail_duration 10s", "connectiontimeout=1040ms"; a bare number is in seconds. */
function timeMs(words: string, name: string): number | undefined {
  const [, amount, unit] = new RegExp(`(?<!\\w)${name}[ =](\\d+)(ms|s)?`, "u").exec(words) ?? [];
  return amount === undefined ? undefined : Number(amount) * (unit === "ms" ? 1 : 1000);
}
