import type { KindDeclaration } from "../../document/kind-declaration.ts";
import { algorithms } from "../../document/link-settings.ts";
import { choice, defineSettings, flag, quantity } from "../../document/settings.ts";

const manual = { source: "HAProxy 2.6 configuration.txt" };
const nginxManual = { source: "nginx 1.22 ngx_http_upstream_module, ngx_http_proxy_module" };
const byHaproxy = { when: { setting: "rules", is: ["haproxy"] } } as const;
const byNginx = { when: { setting: "rules", is: ["nginx"] } } as const;
const checked = { when: { setting: "checks", is: ["tcp", "http"] } } as const;

export const settings = defineSettings({
  algorithm: choice(algorithms, "haproxy-roundrobin"),
  checks: choice(["none", "tcp", "http"], "http"),
  intervalMs: quantity("ms", [10, 3_600_000], 2000, { ...manual, ...checked }),
  /** While a target goes up or down; 0: as the interval. */
  fastIntervalMs: quantity("ms", [0, 3_600_000], 0, { ...manual, ...checked }),
  /** While a target is DOWN; 0: as the interval. */
  downIntervalMs: quantity("ms", [0, 3_600_000], 0, { ...manual, ...checked }),
  /** 0: as long as the interval. */
  checkTimeoutMs: quantity("ms", [0, 3_600_000], 0, { ...manual, ...checked }),
  fall: quantity("count", [1, 100], 3, { ...manual, ...checked }),
  rise: quantity("count", [1, 100], 2, { ...manual, ...checked }),
  connectTimeoutMs: quantity("ms", [1, 3_600_000], 1000),
  serverTimeoutMs: quantity("ms", [1, 3_600_000], 5000),
  /** Whose rules say what becomes of a request whose target fails. */
  rules: choice(["haproxy", "nginx"], "haproxy"),
  retries: quantity("count", [0, 100], 3, { ...manual, ...byHaproxy }),
  redispatch: flag(true, byHaproxy),
  /** HAProxy's `retry-on empty-response` and `response-timeout`; a failed connection is always tried again. */
  retryOnReset: flag(false, { ...manual, ...byHaproxy }),
  retryOnTimeout: flag(false, { ...manual, ...byHaproxy }),
  /** 0: a target is never passed over. */
  maxFails: quantity("count", [0, 1000], 1, { ...nginxManual, ...byNginx }),
  failTimeoutMs: quantity("ms", [1000, 3_600_000], 10_000, { ...nginxManual, ...byNginx }),
  /** Targets that a request is sent to at most; 0: each of them once. */
  tries: quantity("count", [0, 100], 0, { ...nginxManual, ...byNginx }),
  /** A request that had been sent already is sent to another target too. */
  resend: flag(true, byNginx),
  /** Requests that one target may hold at once; 0: no limit. */
  targetLimit: quantity("count", [0, 1_000_000], 0, manual),
  queueLimit: quantity("count", [0, 1_000_000], 1000),
  queueTimeoutMs: quantity("ms", [1, 3_600_000], 5000),
});

export const declaration = {
  id: "load-balancer",
  settings,
  calls: ["forward", "source"],
  accepts: ["request"],
  places: [],
  placedIn: ["canvas", "site"],
  acts: ["kill", "recreate"],
  size: { width: 168, height: 132 },
  palette: { group: "network", key: "l", order: 0 },
  stem: "front",
} as const satisfies KindDeclaration;
