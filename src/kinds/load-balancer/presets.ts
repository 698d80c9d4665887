import type { SettingValues } from "../../document/topology.ts";
import type { Preset } from "../../document/preset.ts";

/** What no preset says stays as the declaration has it; each says all that any other says, so that choosing one leaves nothing of the last. */
const neutral: SettingValues = {
  rules: "haproxy",
  algorithm: "haproxy-roundrobin",
  checks: "none",
  intervalMs: 2000,
  fall: 3,
  rise: 2,
  startState: "down",
  sticky: "none",
  retries: 0,
  redispatch: false,
  maxFails: 1,
  failTimeoutMs: 10_000,
  tries: 0,
  triesTimeoutMs: 0,
  tryDurationMs: 0,
  resend: true,
  connectTimeoutMs: 1000,
  serverTimeoutMs: 5000,
};

export const presets: readonly Preset[] = [
  {
    id: "haproxy",
    name: "HAProxy 2.6",
    source: "HAProxy 2.6 configuration.txt",
    settings: { ...neutral, checks: "tcp", startState: "up", retries: 3 },
  },
  {
    id: "nginx",
    name: "nginx 1.22",
    source: "nginx.org: ngx_http_upstream_module, ngx_http_proxy_module",
    settings: { ...neutral, rules: "nginx", algorithm: "nginx-round-robin", connectTimeoutMs: 60_000, serverTimeoutMs: 60_000 },
  },
  {
    id: "apache",
    name: "Apache 2.4 (mod_proxy_balancer)",
    source: "httpd.apache.org: mod_proxy, mod_proxy_balancer, lbmethod byrequests, retry=60",
    settings: {
      ...neutral,
      rules: "apache",
      algorithm: "nginx-round-robin",
      failTimeoutMs: 60_000,
      connectTimeoutMs: 60_000,
      serverTimeoutMs: 60_000,
    },
  },
  {
    id: "caddy",
    name: "Caddy 2",
    source: "caddyserver.com: reverse_proxy",
    settings: { ...neutral, rules: "caddy", algorithm: "random", maxFails: 0, connectTimeoutMs: 3000, serverTimeoutMs: 60_000 },
  },
  {
    id: "varnish",
    name: "Varnish 7 (directors.round_robin)",
    source: "varnish-cache.org: vmod_directors, varnishd parameters",
    settings: { ...neutral, algorithm: "varnish-round-robin", connectTimeoutMs: 3500, serverTimeoutMs: 60_000 },
  },
  {
    id: "kubernetes-iptables",
    name: "Kubernetes Service (iptables)",
    source: "kubernetes.io: Virtual IPs and Service Proxies",
    settings: { ...neutral, algorithm: "random", sticky: "connection" },
  },
  {
    id: "kubernetes-affinity",
    name: "Kubernetes Service (ClientIP)",
    source: "kubernetes.io: Service, sessionAffinity",
    settings: { ...neutral, algorithm: "random", sticky: "address" },
  },
  {
    id: "kubernetes-ipvs",
    name: "Kubernetes Service (IPVS rr)",
    source: "kubernetes.io: Virtual IPs and Service Proxies, IPVS proxy mode",
    settings: { ...neutral, algorithm: "ipvs-round-robin", sticky: "connection" },
  },
];
