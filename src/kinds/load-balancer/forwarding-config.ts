import { endless } from "../../engine/network.ts";
import type { BalancerSettings } from "./behaviour.ts";
import { heedsClosing } from "./client-closed.ts";
import type { Rules } from "./next-upstream.ts";
import type { ObservingConfig } from "./observing.ts";
import type { Memory } from "./passive.ts";
import type { Stickiness } from "./persistence.ts";
import { isHash, isKeyed } from "./policy.ts";

/** What a balancer's settings come to, by its rules. */
export function forwardingConfig(settings: BalancerSettings) {
  const { queueLimit, retries, redispatch, redispatchEvery, rules, maxFails, failTimeoutMs } = settings;
  const us = (milliseconds: number) => Math.round(milliseconds * 1000);
  // A setting that these rules do not know may be left from others.
  const isRetrying = rules === "haproxy" || rules === "envoy";
  return {
    rules: rules as Rules,
    /** It keeps an eye on failures of requests, and picks among those that it does not pass over. */
    passesOn: rules === "nginx" || rules === "apache" || rules === "caddy",
    /** What is answered where a target's answer breaks off, or does not come: Varnish's "backend fetch failed", Envoy's UC and UT. */
    resetStatus: rules === "varnish" || rules === "envoy" ? 503 : 502,
    timeoutStatus: rules === "varnish" ? 503 : 504,
    outlierErrors: settings.outlierErrors,
    outlierIntervalUs: us(settings.outlierIntervalMs),
    ejectionUs: us(settings.ejectionMs),
    ejectionPercent: settings.ejectionPercent,
    ...ratesOf(settings),
    isNginx: rules === "nginx" || rules === "apache",
    memory: memories[rules as Rules],
    tryDurationUs: us(settings.tryDurationMs),
    tryRetries: settings.tryRetries,
    tryIntervalUs: us(settings.tryIntervalMs),
    isKeyed: isKeyed(settings),
    isHash: isHash(settings),
    isByAddress: settings.hashOf === "address",
    sticky: (rules === "haproxy" ? settings.sticky : "none") as Stickiness,
    stickyUs: us(settings.stickyMs),
    observe: (settings.checks === "none" || settings.rules !== "haproxy" ? "none" : settings.observe) as ObservingConfig["observe"],
    errorLimit: settings.errorLimit,
    onError: settings.onError as ObservingConfig["onError"],
    // One failure puts Apache's members into their error state.
    maxFails: rules === "apache" ? 1 : maxFails,
    failTimeoutS: rules === "nginx" ? Math.floor(failTimeoutMs / 1000) : failTimeoutMs / 1000,
    tries: settings.tries,
    triesTimeoutUs: us(settings.triesTimeoutMs),
    nextOnError: settings.nextOnError,
    nextOnTimeout: settings.nextOnTimeout,
    heedsClosing: heedsClosing(rules as Rules, settings.ignoreClientAbort, settings.abortOnClose),
    resend: settings.resend && rules !== "apache",
    retryOnReset: settings.retryOnReset && isRetrying,
    retryOnTimeout: settings.retryOnTimeout && isRetrying,
    retryStatuses: isRetrying || rules === "nginx" ? settings.retryStatuses.split(" ").map(Number) : [],
    connectTimeoutUs: us(settings.connectTimeoutMs),
    serverTimeoutUs: settings.serverTimeoutMs === 0 ? endless : us(settings.serverTimeoutMs),
    queueTimeoutUs: us(settings.queueTimeoutMs),
    // Varnish's `.max_connections` ("backend busy"): it has chosen already, and nobody waits (recorded: own_varnish_max_connections).
    busyAt: rules === "varnish" && settings.targetLimit > 0 ? settings.targetLimit : Infinity,
    // HAProxy alone lets requests wait.
    queueLimit: rules === "haproxy" ? queueLimit : 0,
    // Varnish tries nothing again that it has not been told to in VCL.
    retries: rules === "varnish" ? 0 : retries,
    redispatch: redispatch ? redispatchEvery : 0,
  };
}

function ratesOf(settings: BalancerSettings) {
  const { successRateHosts, successRateVolume, successRateStdev, failurePercentHosts, failurePercentVolume, failurePercent } = settings;
  return {
    successRateEnforcing: settings.successRateEnforcing,
    successRate: { hosts: successRateHosts, volume: successRateVolume, stdevThousandths: successRateStdev },
    failurePercentageEnforcing: settings.failurePercentEnforcing,
    failurePercentage: { hosts: failurePercentHosts, volume: failurePercentVolume, percent: failurePercent },
  };
}

const memories: Readonly<Record<Rules, Memory>> = {
  haproxy: "by-second",
  nginx: "by-second",
  apache: "last",
  caddy: "each",
  varnish: "by-second",
  envoy: "by-second",
};
