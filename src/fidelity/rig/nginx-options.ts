import type { SettingValues } from "../../document/topology.ts";
import { NotUnderstood } from "../recorded-case.ts";
import { durationMs } from "./haproxy-options.ts";

export interface NginxOptions {
  /** As the playground's balancer is set. */
  readonly balancer: SettingValues;
  readonly weights: readonly number[];
  readonly links: readonly SettingValues[];
  /** Servers (from 0) that their lines mark as `down`. */
  readonly out: readonly number[];
}

const algorithms: Readonly<Record<string, string>> = {
  "": "nginx-round-robin",
  "round-robin": "nginx-round-robin",
  least_conn: "nginx-least-conn",
  random: "random",
  "random two": "nginx-random-two",
  "random two least_conn": "nginx-random-two",
  round_robin: "nginx-round-robin",
  default: "nginx-round-robin",
  ip_hash: "nginx-ip-hash",
};

/** What the words of each `server` line, of the upstream and of the location mean, with nginx's defaults. */
export function nginxOptions(servers: readonly string[], lb: string, location: string, method: string): NginxOptions {
  const named = lb.replace(/;$/u, "").trim().replace(/\s+/gu, " ");
  const isHash = /^hash /u.test(named);
  const algorithm = isHash ? (/consistent/u.test(named) ? "nginx-hash-consistent" : "nginx-hash") : algorithms[named];
  if (algorithm === undefined) throw new NotUnderstood(`a balancer of the engine does not "${lb}"`);
  const next = /proxy_next_upstream ([^;]*);/u.exec(location)?.[1] ?? "error timeout";
  const words = next.trim().split(/\s+/u);
  if (servers.some((line) => /slow_start/u.test(line))) throw new NotUnderstood("slow_start is nginx Plus's");
  return {
    links: servers.map((line) => ({
      backup: /\bbackup\b/u.test(line),
      maxFails: Number(/max_fails=(\d+)/u.exec(line)?.[1] ?? 1),
      failTimeoutMs: durationMs(line.replaceAll("=", " "), "fail_timeout") ?? 10_000,
    })),
    out: servers.flatMap((line, row) => (/\bdown\b/u.test(line) ? [row] : [])),
    weights: servers.map((line) => Number(/weight=(\d+)/u.exec(line)?.[1] ?? 1)),
    balancer: {
      algorithm,
      checks: "none",
      rules: "nginx",
      tries: Number(/proxy_next_upstream_tries (\d+)/u.exec(location)?.[1] ?? 0),
      triesTimeoutMs: durationMs(location, "proxy_next_upstream_timeout") ?? 0,
      ...(isHash ? { hashOf: named.includes("$remote_addr") ? "address" : "uri" } : {}),
      nextOnError: words.includes("error"),
      nextOnTimeout: words.includes("timeout"),
      retryStatuses: words.flatMap((word) => /^http_(\d{3})$/u.exec(word)?.[1] ?? []).join(" "),
      targetLimit: Number(/max_conns=(\d+)/u.exec(servers[0] ?? "")?.[1] ?? 0),
      resend: !["POST", "LOCK", "PATCH"].includes(method) || next.includes("non_idempotent"),
      connectTimeoutMs: durationMs(location, "proxy_connect_timeout") ?? 60_000,
      serverTimeoutMs: durationMs(location, "proxy_read_timeout") ?? 60_000,
    },
  };
}
