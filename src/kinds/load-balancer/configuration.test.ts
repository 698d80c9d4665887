import { spawnSync } from "node:child_process";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, describe, expect, it, test } from "vitest";
import { algorithms, balancerAlgorithms } from "../../document/link-settings.ts";
import { settingsSchema } from "../../document/settings-schema.ts";
import type { SettingValues } from "../../document/topology.ts";
import type { BalancerSettings } from "./behaviour.ts";
import { configurationOf, type ConfiguredTarget } from "./configuration.ts";
import { settings } from "./declaration.ts";
import { presets } from "./presets.ts";

const targets: readonly ConfiguredTarget[] = [
  { name: "web-1", address: "127.0.0.1:9001", weight: 3, backup: false },
  { name: "二号 web", address: "127.0.0.1:9002", weight: 1, backup: false },
  { name: "spare", address: "127.0.0.1:9003", weight: 1, backup: true },
];
const written = (own: SettingValues) => configurationOf({ ...settings.defaults, ...own } as BalancerSettings, "front", targets);

const folder = mkdtempSync(join(tmpdir(), "configuration-"));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

/** What the real program says of a configuration; null where it is not installed (Debian: haproxy, nginx-light). */
function refusal({ file, text }: { readonly file: string; readonly text: string }): string | null {
  const path = join(folder, file);
  writeFileSync(path, text);
  const [program, ...argv] =
    file === "nginx.conf" ? ["nginx", "-t", "-q", "-c", path, "-g", `pid ${folder}/pid;`] : ["haproxy", "-c", "-q", "-f", path];
  const { status, stderr, error } = spawnSync(program!, argv, {
    encoding: "utf8",
    env: { ...process.env, PATH: `${process.env["PATH"]}:/usr/sbin` },
  });
  if (error !== undefined) return null;
  return status === 0 ? "" : stderr || `refused with ${status}`;
}

const haproxyIsHere = refusal(written({})) !== null;
const nginxIsHere = refusal(written({ rules: "nginx" })) !== null;

const variants: readonly SettingValues[] = [
  {},
  ...[...algorithms, ...balancerAlgorithms].map((algorithm) => ({ algorithm })),
  { algorithm: "haproxy-uri", hashType: "consistent" },
  { algorithm: "haproxy-uri", hashType: "consistent", hashFunction: "djb2" },
  { algorithm: "haproxy-source", hashAvalanche: true },
  { algorithm: "nginx-hash", hashOf: "address" },
  { sticky: "cookie" },
  { sticky: "address" },
  { sticky: "connection" },
  { checks: "none" },
  { checks: "tcp", intervalMs: 1500, fastIntervalMs: 200, downIntervalMs: 5000, checkTimeoutMs: 700, fall: 5, rise: 1 },
  ...["fastinter", "fail-check", "sudden-death", "mark-down"].map((onError) => ({ observe: "layer7", errorLimit: 5, onError })),
  { agentCheck: true, agentIntervalMs: 500 },
  { slowStartMs: 30_000 },
  { redispatch: false, retries: 0 },
  { redispatchEvery: 2, retryOnReset: true, retryOnTimeout: true, retryStatuses: "500 503" },
  { nextOnError: false, nextOnTimeout: false },
  { nextOnError: false, resend: false, tries: 2, maxFails: 0, failTimeoutMs: 3000, retryStatuses: "502" },
  { targetLimit: 10, queueLimit: 5, queueTimeoutMs: 250 },
  { abortOnClose: true, ignoreClientAbort: true },
];

/** A test that needs a real program is reported as skipped where that is not installed. */
const needsHaproxy = [!haproxyIsHere, "haproxy is not installed"] as const;
const needsNginx = [!nginxIsHere, "nginx is not installed"] as const;

describe("what is printed is accepted by the real program", () => {
  it.for(variants)("HAProxy: %o", (own, { skip }) => {
    skip(...needsHaproxy);
    expect(refusal(written(own))).toBe("");
  });

  it.for(variants)("nginx: %o", (own, { skip }) => {
    skip(...needsNginx);
    expect(refusal(written({ ...own, rules: "nginx" }))).toBe("");
  });

  it.for(presets)("the preset $name", ({ settings: own }, { skip }) => {
    const configuration = written(own);
    const [isMissing, why] = configuration.file === "nginx.conf" ? needsNginx : needsHaproxy;
    skip(isMissing, why);
    expect(refusal(configuration)).toBe("");
  });

  test("and the real program would refuse what is amiss", ({ skip }) => {
    skip(...needsHaproxy);
    const { file, text } = written({});
    expect(refusal({ file, text: text.replace("balance roundrobin", "balance sideways") })).not.toBe("");
  });
});

test("HAProxy's own words", () => {
  const own = { observe: "layer7", onError: "mark-down", sticky: "cookie", algorithm: "least-connections", slowStartMs: 10_000 };
  expect(written(own).text.split("\n").slice(11)).toEqual([
    "",
    "frontend front",
    "    bind :8080",
    "    default_backend front-targets",
    "",
    "backend front-targets",
    "    balance leastconn",
    "    cookie SERVERID insert indirect nocache",
    "    option httpchk GET /health",
    "    server web-1 127.0.0.1:9001 weight 3 check inter 2s fall 3 rise 2 observe layer7 error-limit 10 on-error mark-down slowstart 10s cookie web-1",
    "    server -web 127.0.0.1:9002 weight 1 check inter 2s fall 3 rise 2 observe layer7 error-limit 10 on-error mark-down slowstart 10s cookie -web",
    "    server spare 127.0.0.1:9003 weight 1 check inter 2s fall 3 rise 2 observe layer7 error-limit 10 on-error mark-down slowstart 10s cookie spare backup",
    "",
  ]);
});

test("nginx's own words", () => {
  const { file, text } = written({ rules: "nginx", algorithm: "nginx-least-conn", maxFails: 3, retryStatuses: "500" });
  expect(file).toBe("nginx.conf");
  expect(text).toContain("        least_conn;\n        server 127.0.0.1:9001 weight=3 max_fails=3 fail_timeout=10s;\n");
  expect(text).toContain("        server 127.0.0.1:9003 weight=1 max_fails=3 fail_timeout=10s backup;\n");
  expect(text).toContain("proxy_next_upstream error timeout http_500 non_idempotent;");
});

describe("a preset", () => {
  it.each(presets)("$name is valid, and says all that any other says", ({ settings: own }) => {
    expect(settingsSchema(settings).safeParse(own).success).toBe(true);
    expect(Object.keys(own).sort()).toEqual(Object.keys(presets[0]!.settings).sort());
  });
});
