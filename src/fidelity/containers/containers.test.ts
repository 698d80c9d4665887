import { expect, test } from "vitest";
import { play } from "../play.ts";

const docker = "docker 20.10.24+dfsg1 / containerd 1.6.20 / runc 1.1.5 (Debian 12)";
const verdictOf = (name: string, fields: Readonly<Record<string, unknown>>, system = docker, group = "container") =>
  play({ file: "x.json", group, system, meant: system, name, fields: { group, system, case: name, ...fields } }).verdict;

test.each([
  ["match", "restart_always_exit1", { ms_die_to_start_gaps: [560, 560, 590, 1010, 1870, 3460, 6610, 13_500, 25_800] }],
  ["miss", "restart_always_exit1", { ms_die_to_start_gaps: [560, 560, 560, 560, 560] }],
  // What runs for 10 s waits no longer than the first time.
  ["match", "restart_always_exit1_runs_11s", { ms_die_to_start_gaps: [340, 340, 340] }],
  ["match", "restart_on-failure_3_exit1", { state_after_10s: "3 exited 1", restarts: 3 }],
  ["match", "restart_on-failure_5_exit1", { restarts: 5 }],
  ["miss", "restart_on-failure_3_exit1", { restarts: 4 }],
  ["match", "restart_on-failure_3_exit0", { state_after_3s: "0 exited 0" }],
  ["miss", "restart_always_exit0", { state_after_3s: "0 exited 0" }],
  ["match", "restart_unless-stopped_docker_stop", { state_after_3s: "2 exited 137" }],
  ["match", "unhealthy_is_not_restarted_interval1s_retries2", { state_after_10s: "0 running unhealthy" }],
  ["match", "healthcheck_failing_interval1s_retries3", { ms_fail_to_unhealthy: [2300, 3150, 2800] }],
  ["miss", "healthcheck_failing_interval1s_retries3", { ms_fail_to_unhealthy: [4100] }],
  ["match", "healthcheck_failing_interval2s_retries2", { ms_start_to_unhealthy: [4150] }],
  ["miss", "healthcheck_failing_interval2s_retries2", { ms_start_to_unhealthy: [2150] }],
  ["match", "healthcheck_ok", { config: "--health-interval=3s --health-retries=2", ms_start_to_healthy: [3080] }],
  ["match", "docker_stop", { pid1_drains_15s: { ms: 10_150, exit: "137", kill_events_gap_ms: 10_010 } }],
  ["match", "docker_stop", { pid1_no_handler_t1: { ms: 1130, exit: "137", kill_events_gap_ms: 1010 } }],
  ["miss", "docker_stop", { pid1_traps_TERM: { ms: 10_130, exit: "137", kill_events_gap_ms: 10_010 } }],
  ["not understood", "docker_stop", { pid1_sings: { ms: 1, exit: "0", kill_events_gap_ms: null } }],
])("%s: %s %o", (verdict, name, fields) => {
  expect(verdictOf(name, fields)).toBe(verdict);
});

/** The recorded images, and another one that differs from a:1 in its lowest layer alone. */
const layers = { "a:1": ["os", "dep", "one"], "a:2": ["os", "dep", "two"], "d:1": ["os2", "dep", "one"] };
const sizes = { os: 2_000_000, os2: 3_000_000, dep: 20_000_000, one: 1_000_000, two: 1_000_000 };
const pushed = (uploads: number, mounts: number) => ({ blob_gets: 0, blob_bytes: 0, manifest_gets: 0, uploads, mounts });
const pulled = (blobs: number, bytes: number) => ({
  blob_gets: blobs,
  blob_bytes: bytes,
  manifest_gets: blobs > 0 ? 1 : 0,
  uploads: 0,
  mounts: 0,
});
const steps = {
  "push a:1": pushed(4, 0),
  "push a:2": pushed(2, 0),
  "push d:1": pushed(2, 2),
  "pull a:1": pulled(4, 23_001_500),
  "pull a:2": pulled(2, 1_001_500),
  "pull d:1": pulled(4, 24_001_500),
};

test.each([
  ["match", steps],
  // By layers, and not by chains, only the new one would have come.
  ["miss", { ...steps, "pull d:1": pulled(2, 3_001_500) }],
  ["miss", { ...steps, "push a:2": pushed(4, 0) }],
  ["not understood", { "tag a:1": pushed(0, 0) }],
])("%s: layers that images share", (verdict, all) => {
  expect(verdictOf("layer_sharing", { layers_diffids: layers, sizes, steps: all }, docker, "registry_images")).toBe(verdict);
});
