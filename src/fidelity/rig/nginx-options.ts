import type { SettingValues } from "../../document/topology.ts";
import { NotUnderstood } from "../recorded-case.ts";
import { durationMs } from "./haproxy-options.ts";

export interface NginxOptions {
  /** As the playground's balancer is set. */
  readonly balancer: SettingValues;
  readonly weights: readonly number[];
}

const algorithms: Readonly<Record<string, string>> = {
  "": "nginx-round-robin",
  "round-robin": "nginx-round-robin",
  least_conn: "nginx-least-conn",
  random: "random",
  "random two": "nginx-random-two",
  "random two least_conn": "nginx-random-two",
};

/**
 * What the words of each `server` line, of the upstream and of the location mean, with nginx's defaults. One balancer
 * of the playground has one `max_fails` for all: the failing servers' own is taken, for the others never fail.
 */
export function nginxOptions(
  servers: readonly string[],
  failing: readonly number[],
  lb: string,
  location: string,
  method: string,
): NginxOptions {
  const algorithm = algorithms[lb.replace(/;$/u, "").trim()];
  if (algorithm === undefined) throw new NotUnderstood(`a balancer of the engine does not "${lb}"`);
  const next = /proxy_next_upstream ([^;]*);/u.exec(location)?.[1] ?? "error timeout";
  if (/http_\d|invalid_header|off/u.test(next)) throw new NotUnderstood(`the engine does not know "proxy_next_upstream ${next}"`);
  if (servers.some((line) => /backup|max_conns|slow_start/u.test(line)))
    throw new NotUnderstood("a server line says more than the engine knows");
  const of = (line: string) => ({
    maxFails: Number(/max_fails=(\d+)/u.exec(line)?.[1] ?? 1),
    failTimeoutMs: durationMs(line.replaceAll("=", " "), "fail_timeout") ?? 10_000,
  });
  const [first, ...rest] = failing.map((row) => of(servers[row]!));
  if (rest.some((other) => JSON.stringify(other) !== JSON.stringify(first)))
    throw new NotUnderstood("servers that fail by different rules");
  return {
    weights: servers.map((line) => Number(/weight=(\d+)/u.exec(line)?.[1] ?? 1)),
    balancer: {
      algorithm,
      checks: "none",
      rules: "nginx",
      ...(first ?? of("")),
      tries: Number(/proxy_next_upstream_tries (\d+)/u.exec(location)?.[1] ?? 0),
      resend: method === "GET" || next.includes("non_idempotent"),
      connectTimeoutMs: durationMs(location, "proxy_connect_timeout") ?? 60_000,
      serverTimeoutMs: durationMs(location, "proxy_read_timeout") ?? 60_000,
    },
  };
}
