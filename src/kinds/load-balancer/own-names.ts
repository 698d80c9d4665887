/** What each system calls a setting itself, by whose rules the balancer goes; the same in every language. */
export const ownNames = {
  intervalMs: { haproxy: "inter", caddy: "health_interval", varnish: ".interval", envoy: "interval" },
  fastIntervalMs: { haproxy: "fastinter", envoy: "unhealthy_edge_interval" },
  downIntervalMs: { haproxy: "downinter", envoy: "unhealthy_interval" },
  checkTimeoutMs: { haproxy: "timeout check", caddy: "health_timeout", varnish: ".timeout", envoy: "timeout" },
  fall: { haproxy: "fall", caddy: "health_fails", envoy: "unhealthy_threshold" },
  rise: { haproxy: "rise", caddy: "health_passes", envoy: "healthy_threshold" },
  connectTimeoutMs: {
    ...{ haproxy: "timeout connect", nginx: "proxy_connect_timeout", apache: "connectiontimeout" },
    ...{ caddy: "dial_timeout", varnish: ".connect_timeout", envoy: "connect_timeout" },
  },
  serverTimeoutMs: {
    ...{ haproxy: "timeout server", nginx: "proxy_read_timeout", apache: "ProxyTimeout" },
    ...{ caddy: "response_header_timeout", varnish: ".first_byte_timeout", envoy: "route timeout" },
  },
  retries: { haproxy: "retries", envoy: "num_retries" },
  retryOnReset: { haproxy: "retry-on empty-response", envoy: "retry_on reset" },
  retryOnTimeout: { haproxy: "retry-on response-timeout", envoy: "retry_on per-try timeout" },
  retryStatuses: { haproxy: "retry-on", nginx: "next_upstream http_…", envoy: "retriable_status_codes" },
  resend: { nginx: "non_idempotent", caddy: "lb_retry_match" },
  failTimeoutMs: { nginx: "fail_timeout", apache: "retry", caddy: "fail_duration" },
  targetLimit: { haproxy: "maxconn", nginx: "max_conns", caddy: "unhealthy_request_count", varnish: ".max_connections" },
  queueTimeoutMs: { haproxy: "timeout queue" },
  slowStartMs: { haproxy: "slowstart" },
} as const satisfies Readonly<Record<string, Readonly<Record<string, string>>>>;

/** For the words of a setting. */
export const namedBy = (setting: keyof typeof ownNames) => ({ by: "rules", are: ownNames[setting] }) as const;
