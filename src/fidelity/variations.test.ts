import { expect, it } from "vitest";
import { join } from "node:path";
import { projectRoot } from "../tidy/source.ts";
import { casesIn } from "./case-files.ts";
import { play } from "./play.ts";
import type { RecordedCase } from "./recorded-case.ts";

const all = casesIn(join(projectRoot, "src/fidelity/cases"));
/** A recorded case whose fields are others: nobody has recorded how it ends, but it is a case that could have been. */
const varied = (name: string, fields: Record<string, unknown>): RecordedCase => {
  const found = all.find((one) => one.name === name)!;
  return { ...found, name: String(fields["case"] ?? name), fields: { ...found.fields, ...fields } };
};
const configured = (name: string, config: object) => ({
  config: { ...(all.find((one) => one.name === name)!.fields["config"] as object), ...config },
});

/** Other weights, keys, options and timings of the same groups are understood, whatever comes out. */
it.each<[string, Record<string, unknown>]>([
  ["rr_w511", { weights: [7, 3, 0, 2] }],
  ["srr_w321", { alg: "balance static-rr", weights: [5, 4, 3, 2, 1] }],
  ["uricons_eq3", { alg: "balance url_param k hash-type consistent wt6 avalanche", keys: ["a", "b", "/c?d=1"], picks: "123" }],
  ["uricons_eq3", { alg: "balance hdr(Host) hash-type map-based crc32", keys: "/img0../img2", picks: "123" }],
  ["srcmap_eq3", { alg: "balance source hash-type consistent", sources: ["10.0.0.1", "192.168.7.9"], picks: "12" }],
  ["rand1_eq3", { alg: "random(4) no concurrent load", n: 300, counts: { b1: 100, b2: 100, b3: 100 } }],
  ["rr_eq3_maint_after_30_picks", { picks: "b1 b2 |b2 weight 5| b2 b3 |b1 weight 2| b1" }],
  ["uricons_eq3", { alg: "balance uri depth 2 len 20 hash-type consistent", keys: ["/a/b/c", "/a/b/d?e=1"], picks: "11" }],
  ["rrdown_eq3", { weights: [3, 1, 1, 1], extra: "b1 down, b4 backup" }],
  ["first3", { alg: "first", maxconn: 1, arrive_every_ms: 10, durations_ms: [25, 25, 5], picks: "123" }],
  ["s500_default", { fail: { servers: ["b1"], mode: "s404", at_ms: 0 } }],
  ["refused_post", configured("refused_post", { servers: ["fail_timeout=5 max_fails=2", "fail_timeout=1m30s", "fail_timeout=0"] })],
  ["hang_post", configured("hang_post", { location: "proxy_read_timeout 1;", lb: "least_conn; keepalive 16;" })],
  ["refused_default", configured("refused_default", { backend: "retries 3; retry-on none" })],
  ["A_tcp_refused", { server_opts: "inter 900 fastinter 150 downinter 1m fall 2 rise 2" }],
  ["agent_words_agent_inter500ms", { rows: [["50%", "UP", "0", "112112"]] }],
  ["agent_check_inter500ms", { case: "slowstart_4s", slow: "slowstart 4s, 3 servers, 60 rps", per_second: [1, 6, 11, 16, 20] }],
  ["rr_eq3_maint_after_30_picks", { weights: [3, 2, 1], picks: "b1 b2 |b1 maint| b2 b3 |b1 ready| b1" }],
  ["hash_eq3", { weights: [3, 2, 1], down: ["b2"], keys: "key0..key9", picks: "1111111111" }],
  ["iph_eq3", { weights: [1, 2, 5] }],
  ["A_tcp_refused", { server_opts: "inter 700ms fall 5 rise 3 fastinter 100ms downinter 3s" }],
  ["B_http_refused", { failure: "s503", server_opts: "inter 1s fall 1 rise 1" }],
  ["B_http_refused", { failure: "drop", backend_opts: "option httpchk; timeout connect 300ms; timeout check 200ms" }],
  ["D_http_hang_notimeoutcheck", { failure: "hang", backend_opts: "" }],
  ["bh_to300", { case: "bh_to1500_conn200_inter3000" }],
  ["flap_2fail_1ok", { note: "checks 200 ms: ok fail repeated, rise 2: comes UP?" }],
  ["flap_2fail_1ok", { note: "checks 200 ms: fail fail fail ok repeated, fall 4: goes DOWN?" }],
  ["initial_spread_10x_inter2s", { case: "initial_spread_4x_inter3s", first_check_ms: [100, 850, 1600, 2350] }],
  ["refused_default", configured("refused_default", { balance: "source", backend: "retries 2; option redispatch -1" })],
  ["refused_default", configured("refused_default", { balance: "uri whole; hash-type consistent djb2 avalanche" })],
  ["refused_default", configured("refused_default", { balance: "random(3)", backend: "retries 1; option redispatch 2" })],
  ["refused_default", configured("refused_default", { balance: "static-rr" })],
  [
    "observe_l7_markdown",
    configured("observe_l7_markdown", { server: "check inter 10s observe layer7 error-limit 4 on-error fastinter fastinter 1s" }),
  ],
  ["rst_retryon_all", { load: "GET 20 rps, new connection each; b3 fails at t=1.5 s: hang" }],
  ["refused_post", configured("refused_post", { servers: ["weight=3", "max_fails=2 fail_timeout=4s", "weight=2 max_fails=0", "backup"] })],
  ["refused_post", configured("refused_post", { servers: ["", "", "down"], location: "proxy_next_upstream off;" })],
  [
    "refused_post",
    configured("refused_post", { lb: "random two;", location: "proxy_next_upstream error http_502; proxy_next_upstream_timeout 2s;" }),
  ],
  ["hang_post", configured("hang_post", { lb: "ip_hash;", location: "proxy_read_timeout 500ms; proxy_next_upstream_tries 2;" })],
  ["all_fail_refused", configured("all_fail_refused", { servers: ["max_fails=2 fail_timeout=2s", "max_fails=5"] })],
  ["hash_refused", configured("hash_refused", { lb: "hash $request_uri;" })],
  ["intermittent_every_2nd_rst", { case: "intermittent_every_3rd_rst", config: "max_fails=2 fail_timeout=5s x4" }],
  ["maxconn2_x2_timeout_queue300", { case: "maxconn1_x3_timeout_queue1s" }],
  ["maxconn2_x2_timeout_queue300", { case: "maxconn3_x2" }],
  ["cookie_persistence_dead_server_redispatch", { config: "cookie insert; check inter 1s fall 2; retries 2; timeout connect 500ms" }],
  ["agent_check_inter500ms", { case: "agent_check_inter200ms" }],
  ["backup_server", { steps: { all_up: "1 2 1 2", b2_down: "1 1 1", all_down: [503, 1], b3_back: "3 3", all_back: "1 2 1 2" } }],
  ["ha_redisp", configured("ha_redisp", { backend: "retries 1; no option redispatch; balance first" })],
  ["ha_hang", { load: "50 rps open loop, new connection per request, GET", fail: "b3 rst at 5 s, back at 15 s" }],
  [
    "ng_default",
    {
      config: { server: "max_fails=2 fail_timeout=3s weight=2", lb: "ip_hash;", loc: "proxy_read_timeout 2s;" },
      fail: "b1 hang at 5 s, back at 15 s",
    },
  ],
  ["apache_pd", { config: "retry=2", fail: "b2 refused 0..4000 ms, GET every 50 ms" }],
  ["caddy_try_duration2s", { case: "caddy_fail_duration5s_try_duration3s", load: "GET every 100 ms; b2 refused for 4 s" }],
  ["caddy_active_1s", { case: "caddy_active_500ms" }],
  ["kubeproxy_iptables_3_endpoints", { n: 100, counts: { b1: 50, b2: 50 } }],
  ["pen_rr", { picks: "312312" }],
])("%s, %j", { timeout: 60_000 }, (name, fields) => {
  const { verdict, tolerance } = play(varied(name, fields));
  expect(verdict, tolerance).not.toBe("not understood");
});

/** What is told besides is not needed, nor is the order in which it is told. */
it.each([
  "rr_w321",
  "urimap_w321",
  "lc_w321",
  "rand2_w321",
  "A_tcp_refused",
  "refused_default",
  "mf0_refused",
  "maxconn2_x2_timeout_queue300",
])("%s, told in another order and without remarks", { timeout: 60_000 }, (name) => {
  const found = all.find((one) => one.name === name)!;
  const fields = Object.fromEntries(
    Object.entries(found.fields)
      .filter(([key]) => !besides.has(key))
      .reverse(),
  );
  expect(play({ ...found, fields }).verdict).toBe("match");
});
const besides = new Set(
  ["workers", "note", "max_start_skew_ms", "repeats", "stat_DOWN", "stat_UP", "reason", "non200", "non200_count", "retried"].concat([
    "bad_latency_ms",
    "bad_first_last_ms_after_fail",
    "ok_but_slow",
    "slow_latency_ms",
    "steady_check_gaps_ms",
    "picks_around_restore",
  ]),
);

/** A case that makes no sense at all is one that is not understood, and the others are played all the same. */
it.each<[string, Record<string, unknown>]>([
  ["refused_default", { config: null }],
  ["refused_default", { haproxy_counters: 3 }],
  ["mf0_refused", { failing_server_attempts: "many" }],
  ["ha_redisp", { runs: [{}, null] }],
  ["lc_w321", { durations_ms: ["long"] }],
  ["maxconn2_x2_timeout_queue300", { order: [1, 2] }],
])("not understood: %s, %j", { timeout: 60_000 }, (name, fields) => {
  expect(play(varied(name, fields)).verdict).toBe("not understood");
});

/** And they are not taken for whatever was recorded. */
it.each<[string, Record<string, unknown>]>([
  ["initial_spread_10x_inter2s", { first_check_ms: [1028, 1133, 1242, 1390, 1449, 1554, 1658, 1764, 1878, 2085] }],
  ["initial_spread_10x_inter2s", { first_check_ms: [100, 101, 102, 103, 104, 105, 106, 107, 108, 109] }],
  ["initial_check_spread", { first_check_ms: [null, null, 55, 62, 71, 79, 85, 93, 600, 650] }],
  ["error_log_messages", { messages: { "upstream prematurely closed its mind": 3 } }],
  ["error_log_messages", { messages: { "upstream server temporarily disabled while connecting to": 3 } }],
  ["A_tcp_refused", { server_opts: "inter 1s fall 5 rise 2" }],
  ["B_http_refused", { failure: "hang" }],
  ["urimap_w321", { weights: [3, 1, 2] }],
  ["own_slowstart_5s_w111", { case: "slowstart_20s", config: "slowstart 20s; 3 servers" }],
  ["own_s404_mf2", { fail: { servers: ["b2"], mode: "s502", at_ms: 0 } }],
  ["own_leastconn_w7_3_2_1_weights", { weights: [7, 3, 2, 5], alg: "roundrobin" }],
  ["own_agent_words_agent_inter300ms", { rows: [["50%", "UP", "0", "121212121212"]] }],
  ["refused_default", configured("refused_default", { backend: "retries 2" })],
  ["mf0_refused", configured("mf0_refused", { servers: ["", "max_fails=1", ""] })],
  ["mf3_ft3_w5_refused", configured("mf3_ft3_w5_refused", { servers: ["weight=5", "weight=5 max_fails=3 fail_timeout=5s", "weight=5"] })],
  ["ha_noredisp", configured("ha_noredisp", { backend: "retries 3; option redispatch" })],
])("a miss: %s, %j", { timeout: 60_000 }, (name, fields) => {
  expect(play(varied(name, fields)).verdict).toBe("miss");
});
