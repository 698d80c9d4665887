import type { SettingValues } from "../../document/topology.ts";
import { NotUnderstood } from "../recorded-case.ts";

export type Failure = "cut-there" | "cut-back" | "down" | "hang" | "drop" | "slow" | "rst" | "s500app" | `s${number}`;

/** What the words of a `server` line and of its backend mean, with HAProxy 2.6's defaults; times in milliseconds. */
export interface HaproxyOptions {
  readonly checks: "none" | "tcp" | "http";
  readonly inter: number;
  readonly fastinter: number;
  readonly downinter: number;
  readonly fall: number;
  readonly rise: number;
  readonly timeoutCheck: number | null;
  readonly timeoutConnect: number;
  readonly timeoutServer: number;
  readonly retries: number;
  /** 0: off; n: every n-th retry; −1: the last. */
  readonly redispatch: number;
  readonly algorithm: string;
  /** Settings of the playground's balancer that stand for the rest of the words. */
  readonly further: SettingValues;
  /** Whether a connection that fails is tried again; what had been sent has words of its own. */
  readonly retryOnConnect: boolean;
  readonly retryOnReset: boolean;
  readonly retryOnTimeout: boolean;
  readonly retryStatuses: string;
}

const algorithms: Readonly<Record<string, string>> = {
  roundrobin: "haproxy-roundrobin",
  "static-rr": "haproxy-static-rr",
  leastconn: "least-connections",
  first: "haproxy-first",
  random: "haproxy-random",
  source: "haproxy-source",
  uri: "haproxy-uri",
  // A text that every request brings another of, as the recordings' paths are.
  url_param: "haproxy-uri",
  hdr: "haproxy-uri",
  hash: "haproxy-uri",
};

export function haproxyOptions(server: string, backend: string, balance: string | null = null): HaproxyOptions {
  const named = balance ?? /\bbalance ([^;]+)/u.exec(backend)?.[1]?.trim() ?? "roundrobin";
  const algorithm = algorithms[named.replace(/^balance /u, "").replace(/[( ;].*/u, "")];
  if (algorithm === undefined) throw new NotUnderstood(`a balancer of the engine does not "balance ${named}"`);
  const unknown = /\bon-marked-(?:down|up) \S+/u.exec(server)?.[0];
  if (unknown !== undefined) throw new NotUnderstood(`the engine does not know "${unknown}"`);
  const inter = durationMs(server, "inter") ?? 2000;
  return {
    checks: /\binter\b|\bcheck\b/u.test(server) ? (backend.includes("option httpchk") ? "http" : "tcp") : "none",
    inter,
    fastinter: durationMs(server, "fastinter") ?? inter,
    downinter: durationMs(server, "downinter") ?? inter,
    fall: Number(/\bfall (\d+)/u.exec(server)?.[1] ?? 3),
    rise: Number(/\brise (\d+)/u.exec(server)?.[1] ?? 2),
    timeoutCheck: durationMs(backend, "timeout check"),
    timeoutConnect: durationMs(backend, "timeout connect") ?? 1000,
    timeoutServer: durationMs(backend, "timeout server") ?? 30_000,
    retries: Number(/\bretries (\d+)/u.exec(backend)?.[1] ?? 3),
    redispatch: redispatchOf(backend),
    algorithm,
    ...retryOn(backend),
    further: { ...observing(server), ...drawing(named), ...hashing(`${backend}; ${named}`), ...limits(server, backend) },
  };
}

function redispatchOf(backend: string): number {
  const found = /(?<!no )option redispatch(?: (-?\d+))?/u.exec(backend);
  return found === null ? 0 : Number(found[1] ?? -1);
}

/** What `all-retryable-errors` is short for (configuration.txt, retry-on). */
const allRetryable = "conn-failure empty-response junk-response response-timeout 0rtt-rejected 500 502 503 504";

/** `retry-on` and its words. */
function retryOn(backend: string): Pick<HaproxyOptions, "retryOnConnect" | "retryOnReset" | "retryOnTimeout" | "retryStatuses"> {
  const named = (/retry-on ([^;]*)/u.exec(backend)?.[1] ?? "conn-failure").replace("all-retryable-errors", allRetryable);
  const words = named.trim().split(/\s+/u);
  const known = new Set(["none", ...allRetryable.split(" ")]);
  for (const word of words)
    if (!known.has(word) && !/^\d{3}$/u.test(word)) throw new NotUnderstood(`the engine does not know "retry-on ${word}" of HAProxy`);
  return {
    retryOnConnect: words.includes("conn-failure"),
    retryOnReset: words.includes("empty-response"),
    retryOnTimeout: words.includes("response-timeout"),
    retryStatuses: words.filter((word) => /^\d{3}$/u.test(word)).join(" "),
  };
}

/** `observe`, `error-limit`, `on-error`. */
function observing(server: string): SettingValues {
  const layer = /\bobserve (layer4|layer7)/u.exec(server)?.[1];
  if (layer === undefined) return {};
  return {
    observe: layer,
    errorLimit: Number(/error-limit (\d+)/u.exec(server)?.[1] ?? 10),
    onError: /on-error (\S+)/u.exec(server)?.[1]?.replace(/;$/u, "") ?? "fail-check",
  };
}

/** The n of `random(n)`. */
function drawing(named: string): SettingValues {
  const draws = /random\((\d+)\)/u.exec(named)?.[1];
  return draws === undefined ? {} : { randomDraws: Number(draws) };
}

/** `hash-type <method> [<function>] [<modifier>]`. */
function hashing(backend: string): SettingValues {
  const [, type, name, modifier] = /hash-type (\S+?)(?: (sdbm|djb2|wt6|crc32))?(?: (avalanche))?(?:;|$)/u.exec(backend) ?? [];
  if (type === undefined) return {};
  return { hashType: type, hashFunction: name ?? "default", hashAvalanche: modifier !== undefined };
}

/** `maxconn`, `timeout queue`, `slowstart`, `cookie … insert`, `agent-check`. */
function limits(server: string, backend: string): SettingValues {
  const maxconn = /\bmaxconn (\d+)/u.exec(server)?.[1];
  const queue = durationMs(backend, "timeout queue") ?? durationMs(backend, "timeout connect");
  const slowStart = durationMs(server, "slowstart");
  return {
    ...(maxconn === undefined ? {} : { targetLimit: Number(maxconn), ...(queue === null ? {} : { queueTimeoutMs: queue }) }),
    ...(slowStart === null ? {} : { slowStartMs: slowStart }),
    ...(/\bcookie\b/u.test(`${server}; ${backend}`) ? { sticky: "cookie" } : {}),
    ...(/(?<!no )option abortonclose/u.test(backend) ? { abortOnClose: true } : {}),
    ...(/\bagent-check\b/u.test(server) ? { agentCheck: true, agentIntervalMs: durationMs(server, "agent-inter") ?? 2000 } : {}),
  };
}

const unitsMs: Readonly<Record<string, number>> = { us: 0.001, ms: 1, s: 1000, m: 60_000, h: 3_600_000, d: 86_400_000 };

/** "1s", "200ms", "1m"; HAProxy's bare numbers are milliseconds. */
export function durationMs(text: string, name: string): number | null {
  const found = new RegExp(`(?<![\\w-])${name} (\\d+(?:\\.\\d+)?)(us|ms|[smhd])?(?![\\w.])`, "u").exec(text);
  if (found === null) return null;
  return Number(found[1]) * unitsMs[found[2] ?? "ms"]!;
}

/**
 * How long a failing check lasts. HAProxy 2.6.12 does not heed a `timeout check` shorter than the interval once it has
 * connected (SEMANTICS §1.3, a bug that was mended later). To connect it has the interval, and no longer than `timeout connect` if there is a
 * `timeout check` ([S] tcpcheck_eval_connect).
 */
export function checkTimeoutMs({ inter, timeoutCheck, timeoutConnect }: HaproxyOptions, failure: Failure): number {
  if (timeoutCheck === null) return inter;
  return failure === "drop" ? Math.min(inter, timeoutConnect) : Math.max(inter, timeoutCheck);
}

/** The same as the playground's balancer is set. */
export function balancerSettings(options: HaproxyOptions, failure: Failure): SettingValues {
  const failsToConnect = failure === "down" || failure === "drop";
  return {
    algorithm: options.algorithm,
    checks: options.checks,
    intervalMs: options.inter,
    fastIntervalMs: options.fastinter,
    downIntervalMs: options.downinter,
    checkTimeoutMs: checkTimeoutMs(options, failure),
    fall: options.fall,
    rise: options.rise,
    connectTimeoutMs: options.timeoutConnect,
    serverTimeoutMs: options.timeoutServer,
    retries: failsToConnect && !options.retryOnConnect ? 0 : options.retries,
    redispatch: options.redispatch !== 0,
    ...(options.redispatch === 0 ? {} : { redispatchEvery: options.redispatch }),
    retryOnReset: options.retryOnReset,
    retryOnTimeout: options.retryOnTimeout,
    retryStatuses: options.retryStatuses,
    ...options.further,
  };
}
