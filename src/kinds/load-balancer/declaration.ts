import type { KindDeclaration } from "../../document/kind-declaration.ts";
import { algorithms, balancerAlgorithms } from "../../document/link-settings.ts";
import { registering } from "../../document/registering-settings.ts";
import { choice, defineSettings, flag, quantity, text } from "../../document/settings.ts";

const manual = { source: "HAProxy 2.6 configuration.txt" };
const nginxManual = { source: "nginx 1.22 ngx_http_upstream_module, ngx_http_proxy_module" };
const byHaproxy = { when: { setting: "rules", is: ["haproxy"] } } as const;
const byNginx = { when: { setting: "rules", is: ["nginx"] } } as const;
const byHaproxyHash = { when: { setting: "algorithm", is: ["haproxy-source", "haproxy-uri"] } } as const;
const byUri = { when: { setting: "algorithm", is: ["haproxy-uri"] } } as const;
const hashing = [
  ...["nginx-hash", "nginx-hash-consistent", "envoy-ring-hash", "envoy-maglev"],
  ...["caddy-hash", "varnish-hash", "varnish-shard"],
];
const byKey = { when: { setting: "algorithm", is: hashing } } as const;
const observing = { when: { setting: "observe", is: ["layer4", "layer7"] } } as const;
const passive = { when: { setting: "rules", is: ["nginx", "apache", "caddy"] } } as const;
const counting = { when: { setting: "rules", is: ["nginx", "caddy"] } } as const;
const caddyManual = { source: "caddyserver.com, reverse_proxy" };
const passiveManual = {
  source: { by: "rules", are: { nginx: nginxManual.source, apache: "httpd.apache.org, mod_proxy: retry", caddy: caddyManual.source } },
} as const;
const byCaddy = { when: { setting: "rules", is: ["caddy"] } } as const;
const varnishManual = { source: "varnish-cache.org, vcl-probe" };
const byWindow = { when: { setting: "counting", is: ["window"] } } as const;
const inARow = { when: { setting: "counting", is: ["in-a-row"] } } as const;
const envoyManual = { source: "envoyproxy.io, outlier detection, panic threshold" };
const byEnvoy = { when: { setting: "rules", is: ["envoy"] } } as const;
const byRetrying = { when: { setting: "rules", is: ["haproxy", "envoy"] } } as const;
const byTryingAnswers = { when: { setting: "rules", is: ["haproxy", "nginx", "envoy"] } } as const;
const vrrp = { source: "RFC 5798, VRRP version 3" };
const checked = { when: { setting: "checks", is: ["tcp", "http"] } } as const;

export const settings = defineSettings({
  algorithm: choice([...algorithms, ...balancerAlgorithms], "haproxy-roundrobin"),
  /** `hash-type`; without a function named HAProxy takes sdbm, and avalanches it where the hash is consistent. */
  hashType: choice(["map-based", "consistent"], "map-based", { ...manual, ...byHaproxyHash }),
  hashFunction: choice(["default", "sdbm", "djb2", "wt6", "crc32"], "default", { ...manual, ...byUri }),
  hashAvalanche: flag(false, { ...manual, ...byHaproxyHash }),
  /** HAProxy's random(n): of so many draws whoever has fewest requests wins. */
  randomDraws: quantity("count", [1, 8], 2, { ...manual, when: { setting: "algorithm", is: ["haproxy-random"] } }),
  /** What nginx ($request_uri, $remote_addr), Envoy (a hash policy), Caddy (uri_hash, ip_hash) or Varnish takes the hash of. */
  hashOf: choice(["uri", "address"], "uri", byKey),
  /** Who has been served before goes where it was. */
  sticky: choice(["none", "cookie", "address", "connection"], "none", byHaproxy),
  stickyMs: quantity("ms", [1, 86_400_000], 10_800_000, {
    source: "kubernetes.io, Service, sessionAffinityConfig.clientIP.timeoutSeconds",
    when: { setting: "sticky", is: ["address"] },
  }),
  checks: choice(["none", "tcp", "http"], "http"),
  intervalMs: quantity("ms", [10, 3_600_000], 2000, { ...manual, ...checked }),
  /** While a target goes up or down; 0: as the interval. */
  fastIntervalMs: quantity("ms", [0, 3_600_000], 0, { ...manual, ...checked }),
  /** While a target is DOWN; 0: as the interval. */
  downIntervalMs: quantity("ms", [0, 3_600_000], 0, { ...manual, ...checked }),
  /** 0: as long as the interval. */
  checkTimeoutMs: quantity("ms", [0, 3_600_000], 0, { ...manual, ...checked }),
  fall: quantity("count", [1, 100], 3, { ...manual, ...inARow }),
  rise: quantity("count", [1, 100], 2, { ...manual, ...inARow }),
  /** Varnish looks how many of the last probes were good; others count those in a row. */
  counting: choice(["in-a-row", "window"], "in-a-row", { ...varnishManual, ...checked }),
  probeWindow: quantity("count", [1, 10], 8, { ...varnishManual, ...byWindow }),
  probeThreshold: quantity("count", [1, 10], 3, { ...varnishManual, ...byWindow }),
  /** HAProxy takes a configured server for UP until its first check has failed. */
  startState: choice(["down", "up"], "down", checked),
  /** Requests are watched too: so many failures in a row, and the target's health suffers. */
  observe: choice(["none", "layer4", "layer7"], "none", { ...manual, when: [byHaproxy.when, checked.when] }),
  errorLimit: quantity("count", [1, 10_000], 10, { ...manual, ...observing }),
  onError: choice(["fastinter", "fail-check", "sudden-death", "mark-down"], "fail-check", { ...manual, ...observing }),
  agentCheck: flag(false, { ...manual, ...byHaproxy }),
  agentIntervalMs: quantity("ms", [10, 3_600_000], 2000, { ...manual, when: { setting: "agentCheck", is: [true] } }),
  /** 0: a target that has come up gets all its weight at once. */
  slowStartMs: quantity("ms", [0, 3_600_000], 0, { ...manual, ...byHaproxy }),
  connectTimeoutMs: quantity("ms", [1, 3_600_000], 1000),
  /** 0: there is no end to it. */
  serverTimeoutMs: quantity("ms", [0, 3_600_000], 5000),
  /** Whose rules say what becomes of a request whose target fails. */
  rules: choice(["haproxy", "nginx", "apache", "caddy", "varnish", "envoy"], "haproxy"),
  retries: quantity("count", [0, 100], 3, { ...manual, ...byRetrying }),
  redispatch: flag(true, byHaproxy),
  /** n: every n-th retry goes elsewhere; −1: the last one. Where it does not matter who serves, each does. */
  redispatchEvery: quantity("count", [-100, 100], -1, { ...manual, when: { setting: "redispatch", is: [true] } }),
  /** HAProxy's `retry-on empty-response` and `response-timeout`; a failed connection is always tried again. */
  retryOnReset: flag(false, { ...manual, ...byRetrying }),
  retryOnTimeout: flag(false, { ...manual, ...byRetrying }),
  /** Answers that are tried again: HAProxy's `retry-on 503`, nginx's `proxy_next_upstream http_503`. */
  retryStatuses: text("", { maxLength: 40, pattern: "^(\\d{3}( \\d{3})*)?$", ...byTryingAnswers }),
  /** 0: a target is never passed over. */
  maxFails: quantity("count", [0, 1000], 1, { ...passiveManual, ...counting }),
  failTimeoutMs: quantity("ms", [1000, 3_600_000], 10_000, { ...passiveManual, ...passive }),
  /** Caddy: for how long a request whose connection failed is tried again, and how often; 0: not at all. */
  tryDurationMs: quantity("ms", [0, 3_600_000], 0, { ...caddyManual, ...byCaddy }),
  tryIntervalMs: quantity("ms", [1, 3_600_000], 250, { ...caddyManual, ...byCaddy }),
  /** `lb_retries`: so often at most, or with no such time given so often at once; 0: as often as the time allows. */
  tryRetries: quantity("count", [0, 1000], 0, { ...caddyManual, ...byCaddy }),
  /** Targets that a request is sent to at most; 0: each of them once. */
  tries: quantity("count", [0, 100], 0, { ...nginxManual, ...byNginx }),
  /** `proxy_next_upstream_timeout`: a request is not sent to another target once it has taken so long; 0: however long it takes. */
  triesTimeoutMs: quantity("ms", [0, 3_600_000], 0, { ...nginxManual, ...byNginx }),
  /** `proxy_next_upstream`: which failures are tried again elsewhere. */
  nextOnError: flag(true, { ...nginxManual, ...byNginx }),
  nextOnTimeout: flag(true, { ...nginxManual, ...byNginx }),
  /** Who closes the connection before the answer is there is forgotten, and what was asked of a target for it is dropped; else it goes on. */
  ignoreClientAbort: flag(false, { ...nginxManual, ...byNginx }),
  abortOnClose: flag(false, { ...manual, ...byHaproxy }),
  /** A request that had been sent already is sent to another target too. */
  resend: flag(true, counting),
  /** Errors in a row until a host is ejected for a time; 0: none is. */
  outlierErrors: quantity("count", [0, 10_000], 0, { ...envoyManual, ...byEnvoy }),
  outlierIntervalMs: quantity("ms", [10, 3_600_000], 10_000, { ...envoyManual, ...byEnvoy }),
  ejectionMs: quantity("ms", [10, 3_600_000], 30_000, { ...envoyManual, ...byEnvoy }),
  ejectionPercent: quantity("%", [0, 100], 10, { ...envoyManual, ...byEnvoy, integer: true }),
  /** Compared with the others at each look: of so many that are found so many per cent are ejected; 0: nobody is compared. */
  successRateEnforcing: quantity("%", [0, 100], 0, { ...envoyManual, ...byEnvoy, integer: true }),
  successRateHosts: quantity("count", [1, 10_000], 5, { ...envoyManual, ...byEnvoy }),
  successRateVolume: quantity("count", [0, 1_000_000], 100, { ...envoyManual, ...byEnvoy }),
  successRateStdev: quantity("count", [0, 100_000], 1900, { ...envoyManual, ...byEnvoy }),
  failurePercentEnforcing: quantity("%", [0, 100], 0, { ...envoyManual, ...byEnvoy, integer: true }),
  failurePercent: quantity("%", [0, 100], 85, { ...envoyManual, ...byEnvoy, integer: true }),
  failurePercentHosts: quantity("count", [1, 10_000], 5, { ...envoyManual, ...byEnvoy }),
  failurePercentVolume: quantity("count", [0, 1_000_000], 50, { ...envoyManual, ...byEnvoy }),
  /** With fewer healthy than so many per cent all hosts get requests, ill or not; 0: never. */
  panicPercent: quantity("%", [0, 100], 50, { ...envoyManual, ...byEnvoy, integer: true }),
  /** VRRP: balancers of one name share the address of the first of them; empty: none. */
  virtualRouter: text("", { maxLength: 60, ...vrrp }),
  routerPriority: quantity("count", [1, 254], 100, vrrp),
  preempt: flag(true, vrrp),
  advertMs: quantity("ms", [10, 60_000], 1000, vrrp),
  /** Requests that one target may hold at once; 0: no limit. */
  targetLimit: quantity("count", [0, 1_000_000], 0, {
    source: {
      by: "rules",
      are: { haproxy: manual.source, nginx: nginxManual.source, caddy: caddyManual.source, varnish: "varnish-cache.org, vcl-backend" },
    },
    when: { setting: "rules", is: ["haproxy", "nginx", "caddy", "varnish"] },
  }),
  queueLimit: quantity("count", [0, 1_000_000], 1000, byHaproxy),
  queueTimeoutMs: quantity("ms", [1, 3_600_000], 5000, byHaproxy),
  /** As what callers find it, where it is registered: not the name of what it passes requests on to, or it would find itself. */
  service: text("front", { maxLength: 60, pattern: "^\\S+$" }),
  heartbeatMs: registering.heartbeatMs,
});

export const declaration = {
  id: "load-balancer",
  settings,
  calls: ["forward", "source", "register"],
  accepts: ["request"],
  places: [],
  placedIn: ["canvas", "site"],
  acts: ["kill", "recreate"],
  size: { width: 168, height: 132 },
  palette: { group: "network", key: "l", order: 0 },
  stem: "front",
} as const satisfies KindDeclaration;
