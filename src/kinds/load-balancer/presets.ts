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
  counting: "in-a-row",
  probeWindow: 8,
  probeThreshold: 3,
  outlierErrors: 0,
  outlierIntervalMs: 10_000,
  ejectionMs: 30_000,
  ejectionPercent: 10,
  panicPercent: 50,
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
    settings: { ...neutral, rules: "varnish", algorithm: "varnish-round-robin", connectTimeoutMs: 3500, serverTimeoutMs: 60_000 },
  },
  {
    id: "varnish-probe",
    name: "Varnish 7 with a probe",
    source: "varnish-cache.org: vcl-probe (.interval 5s, .window 8, .threshold 3)",
    settings: {
      ...neutral,
      ...{ rules: "varnish", algorithm: "varnish-round-robin", checks: "http", counting: "window", intervalMs: 5000 },
      ...{ connectTimeoutMs: 3500, serverTimeoutMs: 60_000 },
    },
  },
  {
    id: "envoy",
    name: "Envoy (ROUND_ROBIN)",
    source: "envoyproxy.io: load balancers, panic threshold, connect_timeout, route timeout",
    settings: { ...neutral, rules: "envoy", algorithm: "envoy-round-robin", connectTimeoutMs: 5000, serverTimeoutMs: 15_000 },
  },
  {
    id: "envoy-outliers",
    name: "Envoy with outlier detection",
    source: "envoyproxy.io: outlier detection (consecutive_5xx 5, base_ejection_time 30s)",
    settings: {
      ...neutral,
      ...{ rules: "envoy", algorithm: "envoy-round-robin", outlierErrors: 5, connectTimeoutMs: 5000, serverTimeoutMs: 15_000 },
    },
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
