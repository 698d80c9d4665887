import type { SettingValues } from "../../document/topology.ts";
import { NotUnderstood } from "../recorded-case.ts";

export interface NginxOptions {
  /** As the playground's balancer is set. */
  readonly balancer: SettingValues;
  readonly connectTimeoutMs: number;
  readonly readTimeoutMs: number;
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
  const named = methodOf(lb);
  const isHash = /^hash /u.test(named);
  const algorithm = isHash ? (/consistent/u.test(named) ? "nginx-hash-consistent" : "nginx-hash") : algorithms[named];
  if (algorithm === undefined) throw new NotUnderstood(`a balancer of the engine does not "${lb}"`);
  const next = /proxy_next_upstream ([^;]*);/u.exec(location)?.[1] ?? "error timeout";
  const words = next.trim().split(/\s+/u);
  if (servers.some((line) => /slow_start/u.test(line))) throw new NotUnderstood("slow_start is nginx Plus's");
  const connectTimeoutMs = durationMs(location, "proxy_connect_timeout") ?? 60_000;
  const readTimeoutMs = durationMs(location, "proxy_read_timeout") ?? 60_000;
  return {
    ...{ connectTimeoutMs, readTimeoutMs },
    links: servers.map((line) => ({
      backup: /\bbackup\b/u.test(line),
      maxFails: Number(/max_fails=(\d+)/u.exec(line)?.[1] ?? 1),
      // A link's 0 is "as the balancer says"; nginx counts whole seconds, of which less than one is none.
      failTimeoutMs: Math.max(1, durationMs(line, "fail_timeout") ?? 10_000),
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
      ignoreClientAbort: /\bproxy_ignore_client_abort on;/u.test(location),
      resend: !["POST", "LOCK", "PATCH"].includes(method) || next.includes("non_idempotent"),
      connectTimeoutMs,
      serverTimeoutMs: readTimeoutMs,
    },
  };
}

/** What an upstream's statements say that it picks by: what is kept open to the peers, or shared among workers, changes no pick. */
function methodOf(lb: string): string {
  const statements = lb.split(";").map((statement) => statement.trim().replace(/\s+/gu, " "));
  return statements.find((statement) => statement !== "" && !/^(?:keepalive|zone)/u.test(statement)) ?? "";
}

const unitsMs: Readonly<Record<string, number>> = { ms: 1, s: 1000, m: 60_000, h: 3_600_000, d: 86_400_000 };

/** "10s", "500ms", "1m30s"; a bare number is in seconds ([S] ngx_parse_time). */
function durationMs(text: string, name: string): number | null {
  const found = new RegExp(`(?<![\\w-])${name}[ =]((?:\\d+(?:ms|[smhd])?)+)(?![\\w.])`, "u").exec(text);
  if (found === null) return null;
  return Array.from(found[1]!.matchAll(/(\d+)(ms|[smhd])?/gu), ([, count, unit]) => Number(count) * unitsMs[unit ?? "s"]!).reduce(
    (a, b) => a + b,
  );
}
