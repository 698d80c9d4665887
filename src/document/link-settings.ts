import { choice, defineSettings, flag, quantity, text, type Settings } from "./settings.ts";
import type { Capability } from "./kind-declaration.ts";

/** Every link is a wire, with a one-way latency. */
const wire = { latencyMs: quantity("ms", [0, 60_000], 0.5) };

/** By fixed address: captured when the link is made or confirmed. By DNS: resolved, cached for the answer's TTL. */
const addressing = {
  finds: choice(["address", "dns"], "address"),
  dnsTtlMs: quantity("ms", [0, 86_400_000], 5000, { when: { setting: "finds", is: ["dns"] } }),
};

/** What a caller does with this link for each request that it handles. */
const calling = {
  callsPerRequest: quantity("count", [0, 100], 1),
  order: choice(["sequence", "parallel"], "sequence"),
  waits: flag(true),
  failureFails: flag(true, { when: { setting: "waits", is: [true] } }),
  timeoutMs: quantity("ms", [1, 3_600_000], 5000),
  retries: quantity("count", [0, 10], 0),
};

/** What a consumer asks a registry for, and how. An empty wish is no wish. */
const asking = {
  reads: choice(["registry", "watch", "poll", "long-poll", "dns"], "registry"),
  tag: text("", { maxLength: 60 }),
  version: text("", { maxLength: 60 }),
  /** Those of this zone, while there are any. */
  zone: text("", { maxLength: 60 }),
};

/** Their names: a consumer whose wishes change asks anew. */
export const askingNames: readonly string[] = Object.keys(asking);

/** Who registers an instance, under which id, and what is said of it. */
const registering = {
  by: choice(["self", "registrar"], "self"),
  identity: choice(["new", "same"], "new"),
  says: choice(["passing", "warning"], "passing", { source: "Consul: agent/check/warn" }),
  tags: text("", { maxLength: 200 }),
  version: text("", { maxLength: 60 }),
  zone: text("", { maxLength: 60 }),
  weight: quantity("count", [1, 256], 1),
  /** The time to live (or session) that this instance asks for; 0: as the registry has it. */
  asksTtlMs: quantity("ms", [0, 3_600_000], 0),
  /** Redis: of two replicas the one with less becomes master; 0: never. */
  replicaPriority: quantity("count", [0, 1000], 100, { source: "redis.conf 7.0: replica-priority" }),
};

const service = { service: text("web", { maxLength: 60, pattern: "^\\S+$" }) };

export const algorithms = [
  "nginx-round-robin",
  "haproxy-roundrobin",
  "least-connections",
  "random",
  "haproxy-static-rr",
  "haproxy-first",
  "haproxy-random",
  "nginx-least-conn",
  "nginx-random-two",
  "varnish-round-robin",
  "caddy-round-robin",
] as const;

/** Those of callers alone: who only knows an answer takes its first address. */
export const callerAlgorithms = [...algorithms, "first-of-answer"] as const;
export type Algorithm = (typeof callerAlgorithms)[number];

/** Those of balancers alone: proxies' and the kernel's, and those that look at who sends a request or what it asks for. */
export const balancerAlgorithms = [
  "haproxy-source",
  "haproxy-uri",
  "nginx-hash",
  "nginx-hash-consistent",
  "nginx-ip-hash",
  "envoy-round-robin",
  "envoy-least-request",
  "envoy-ring-hash",
  "envoy-maglev",
  "ipvs-round-robin",
  "ipvs-least-connection",
  "ipvs-source-hash",
  "caddy-weighted-round-robin",
  "caddy-least-conn",
  "caddy-random-choose",
  "caddy-hash",
  "apache-bybusyness",
  "varnish-hash",
  "varnish-shard",
] as const;

export interface LinkRole {
  /** What the far end must accept. */
  readonly asks: Capability;
  readonly settings: Settings;
}

/** All but these heed weights, as the real ones do. */
const unweighted: readonly string[] = [
  ...["haproxy-first", "varnish-round-robin", "ipvs-round-robin", "ipvs-least-connection"],
  ...["caddy-round-robin", "caddy-least-conn", "caddy-random-choose", "caddy-hash"],
];
const weighing = [...algorithms, ...balancerAlgorithms].filter((algorithm) => !unweighted.includes(algorithm));

/** Of a link that starts at a balancer by these rules. */
const fromOne = (...rules: readonly string[]) => ({ when: { of: "from", setting: "rules", is: rules } }) as const;

/** The roles a link can have. A kind says which of them may start at it. */
export const linkRoles = {
  /** A caller sends requests to one thing. */
  call: { asks: "request", settings: defineSettings({ ...wire, ...addressing, ...calling }) },
  /** A caller finds the instances of a service in a registry and balances over them itself. */
  discover: {
    asks: "lookup",
    settings: defineSettings({
      ...wire,
      ...service,
      ...asking,
      reads: choice(["registry", "watch", "poll", "long-poll", "dns", "request"], "registry"),
      algorithm: choice(callerAlgorithms, "nginx-round-robin"),
      ...calling,
    }),
  },
  /** A balancer passes requests on to one target. */
  forward: {
    asks: "request",
    settings: defineSettings({
      ...wire,
      ...addressing,
      weight: quantity("count", [1, 256], 1, { when: { of: "from", setting: "algorithm", is: weighing } }),
      backup: flag(false),
      /** nginx's are each server's own, as is an Apache member's `retry`. −1, and 0: as the balancer has it. */
      maxFails: quantity("count", [-1, 1000], -1, { source: "nginx 1.22 ngx_http_upstream_module, server", ...fromOne("nginx") }),
      failTimeoutMs: quantity("ms", [0, 3_600_000], 0, {
        source: "nginx 1.22 ngx_http_upstream_module, server; httpd.apache.org, mod_proxy: retry",
        ...fromOne("nginx", "apache"),
      }),
    }),
  },
  /** A balancer reads its targets from a registry. */
  source: { asks: "lookup", settings: defineSettings({ ...wire, ...service, ...asking }) },
  /** An instance registers itself and renews its lease. */
  register: { asks: "registration", settings: defineSettings({ ...wire, ...registering }) },
  /** Registries that are members of one, and speak to each other. */
  peer: { asks: "membership", settings: defineSettings(wire) },
  /** A machine pulls images. */
  pull: { asks: "pull", settings: defineSettings(wire) },
} as const satisfies Record<string, LinkRole>;

export type RoleId = keyof typeof linkRoles;

/**
 * What a person or a schedule may do to a link: cut it, or one direction of it, let it flap (cut and whole by turns, `amount`
 * seconds each time round), mend it, take its target out of the rotation or put it back. To confirm it is to take its target's address as it is now.
 */
export const linkActs: readonly string[] = ["cut", "cut-there", "cut-back", "flap", "mend", "confirm", "drain", "ready"];

/** Those that change something: only a fixed address can be out of date. */
export function linkActsOf({
  role,
  settings,
}: {
  readonly role: string;
  readonly settings: Readonly<Record<string, unknown>>;
}): readonly string[] {
  const finds = "finds" in (linkRoles[role as RoleId]?.settings.defaults ?? {}) ? (settings["finds"] ?? "address") : null;
  const isForward = role === "forward";
  return linkActs.filter((act) => (act === "confirm" ? finds === "address" : isForward || (act !== "drain" && act !== "ready")));
}
