import type { SettingValues } from "../../document/topology.ts";
import { NotUnderstood } from "../recorded-case.ts";

export type Failure = "down" | "hang" | "drop" | "slow" | "error";

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
  readonly redispatch: boolean;
  readonly algorithm: string;
  readonly retryOnReset: boolean;
  readonly retryOnTimeout: boolean;
}

const algorithms: Readonly<Record<string, string>> = {
  roundrobin: "haproxy-roundrobin",
  "static-rr": "haproxy-static-rr",
  leastconn: "least-connections",
  first: "haproxy-first",
  random: "haproxy-random",
};

/** Words that would change the outcome and that the engine does not know. */
const unknown = [
  /\bobserve\b/u,
  /\bagent-check\b/u,
  /\bslowstart\b/u,
  /\bbackup\b/u,
  /\bcookie\b/u,
  /option redispatch -?\d/u,
  /\bmaxconn\b/u,
  /\btimeout queue\b/u,
];

export function haproxyOptions(server: string, backend: string, balance: string | null = null): HaproxyOptions {
  const all = `${server}; ${backend}`;
  for (const word of unknown) if (word.test(all)) throw new NotUnderstood(`the engine does not know "${word.exec(all)![0]}" of HAProxy`);
  const named = balance ?? /\bbalance ([^\s;]+)/u.exec(backend)?.[1] ?? "roundrobin";
  const algorithm = algorithms[named];
  if (algorithm === undefined) throw new NotUnderstood(`a balancer of the engine does not "balance ${named}"`);
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
    redispatch: /(?<!no )option redispatch/u.test(backend),
    algorithm,
    ...retryOn(backend),
  };
}

/** `retry-on` and its words. */
function retryOn(backend: string): Pick<HaproxyOptions, "retryOnReset" | "retryOnTimeout"> {
  const words = (/retry-on ([^;]*)/u.exec(backend)?.[1] ?? "conn-failure").trim().split(/\s+/u);
  for (const word of words)
    if (word !== "conn-failure" && word !== "empty-response" && word !== "response-timeout")
      throw new NotUnderstood(`the engine does not know "retry-on ${word}" of HAProxy`);
  return { retryOnReset: words.includes("empty-response"), retryOnTimeout: words.includes("response-timeout") };
}

/** "1s", "200ms", "1m"; HAProxy's bare numbers are milliseconds. */
export function durationMs(text: string, name: string): number | null {
  const found = new RegExp(`(?<![\\w-])${name} (\\d+(?:\\.\\d+)?)(ms|s|m)?(?![\\w.])`, "u").exec(text);
  if (found === null) return null;
  return Number(found[1]) * (found[2] === "s" ? 1000 : found[2] === "m" ? 60_000 : 1);
}

/**
 * How long a failing check lasts. HAProxy 2.6.12 does not heed a `timeout check` shorter than the interval once it has
 * connected (SEMANTICS §1.3, a bug that was mended later); before that, `timeout connect` counts if there is a `timeout check`.
 */
export function checkTimeoutMs({ inter, timeoutCheck, timeoutConnect }: HaproxyOptions, failure: Failure): number {
  if (timeoutCheck === null) return inter;
  return failure === "drop" && timeoutConnect < inter ? timeoutConnect : Math.max(inter, timeoutCheck);
}

/** The same as the playground's balancer is set. */
export function balancerSettings(options: HaproxyOptions, failure: Failure): SettingValues {
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
    retries: options.retries,
    redispatch: options.redispatch,
    retryOnReset: options.retryOnReset,
    retryOnTimeout: options.retryOnTimeout,
  };
}
