import { time, type ConfiguredTarget } from "./configuration.ts";
import type { BalancerSettings } from "./behaviour.ts";

const methods: Readonly<Record<string, string>> = {
  "nginx-round-robin": "",
  "nginx-least-conn": "least_conn;",
  "nginx-random-two": "random two least_conn;",
  "nginx-hash": "hash ",
  "nginx-hash-consistent": "hash ",
  "nginx-ip-hash": "ip_hash;",
  "least-connections": "least_conn;",
  random: "random;",
};

/** `nginx.conf`, in the words of ngx_http_upstream_module and ngx_http_proxy_module. */
export function nginxConfiguration(settings: BalancerSettings, name: string, targets: readonly ConfiguredTarget[]): string {
  return [
    "events {}",
    "",
    "http {",
    ...(settings.checks === "none" ? [] : ["    # Active health checks are nginx Plus's; open-source nginx watches its requests alone."]),
    `    upstream ${name} {`,
    `        zone ${name} 64k;`,
    ...method(settings),
    ...targets.map((target) => server(settings, target)),
    "    }",
    "",
    "    server {",
    "        listen 8080;",
    "        location / {",
    `            proxy_pass http://${name};`,
    `            proxy_connect_timeout ${time(settings.connectTimeoutMs)};`,
    `            proxy_read_timeout ${settings.serverTimeoutMs === 0 ? longest : time(settings.serverTimeoutMs)};`,
    `            proxy_next_upstream ${next(settings)};`,
    `            proxy_next_upstream_tries ${settings.tries};`,
    `            proxy_next_upstream_timeout ${settings.triesTimeoutMs === 0 ? 0 : time(settings.triesTimeoutMs)};`,
    ...(settings.ignoreClientAbort ? ["            proxy_ignore_client_abort on;"] : []),
    "        }",
    "    }",
    "}",
    "",
  ].join("\n");
}

function method({ algorithm, hashOf }: BalancerSettings): string[] {
  const known = methods[algorithm];
  if (known === undefined) return [`        # nginx has no "${algorithm}"; its round robin stands in for it.`];
  if (known === "") return [];
  if (known !== "hash ") return [`        ${known}`];
  const variable = hashOf === "address" ? "$remote_addr" : "$request_uri";
  return [`        hash ${variable}${algorithm === "nginx-hash-consistent" ? " consistent" : ""};`];
}

/** `backup` cannot be used along with hash, ip_hash and random (ngx_http_upstream_module, server). */
function server(settings: BalancerSettings, target: ConfiguredTarget): string {
  const { address, weight, backup, maxFails = settings.maxFails, failTimeoutMs = settings.failTimeoutMs } = target;
  const takesBackups = !/^(?:hash|ip_hash|random)/u.test(methods[settings.algorithm] ?? "");
  const words = [
    `        server ${address}`,
    `weight=${weight}`,
    `max_fails=${maxFails}`,
    `fail_timeout=${Math.floor(failTimeoutMs / 1000)}s`,
    ...(settings.targetLimit > 0 ? [`max_conns=${settings.targetLimit}`] : []),
    ...(backup && takesBackups ? ["backup"] : []),
  ];
  return `${words.join(" ")};${backup && !takesBackups ? " # a backup, which this method cannot have" : ""}`;
}

/** nginx always has an end to it: this is 24 days. */
const longest = "2147483s";

/** Statuses that `proxy_next_upstream` knows. */
const statuses = new Set(["403", "404", "429", "500", "502", "503", "504"]);

function next({ nextOnError, nextOnTimeout, retryStatuses, resend }: BalancerSettings): string {
  const words = [
    ...(nextOnError ? ["error"] : []),
    ...(nextOnTimeout ? ["timeout"] : []),
    ...retryStatuses
      .split(" ")
      .filter((status) => statuses.has(status))
      .map((status) => `http_${status}`),
  ];
  return words.length === 0 ? "off" : [...words, ...(resend ? ["non_idempotent"] : [])].join(" ");
}
