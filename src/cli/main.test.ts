import { spawnSync } from "node:child_process";
import { createHash } from "node:crypto";
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { projectRoot } from "../tidy/source.ts";
import type { Summary } from "./summary.ts";

/** The command as a person starts it, from the clone, building itself where it must. */
function breakwater(...argv: string[]) {
  const program = join(projectRoot, "src/tooling/breakwater.mjs");
  const { status, stdout, stderr } = spawnSync(process.execPath, [program, "--lang", "en", ...argv], {
    cwd: projectRoot,
    encoding: "utf8",
  });
  return { status, stdout, stderr };
}

const failover = "public/examples/failover.json";
const fault = ["--for", "60s", "--kill", "web-2@10s", "--recreate", "web-2@25s"];
const parsed = (text: string) => JSON.parse(text) as Summary & { assertions: { holds: boolean }[] };

let folder = "";
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), "breakwater-"));
});
afterAll(() => rmSync(folder, { recursive: true, force: true }));

describe("breakwater run", () => {
  it("plays a failover, accounts for every request, and sees the fault when it said it would", () => {
    const { status, stdout } = breakwater("run", failover, ...fault, "--json");
    expect(status).toBe(0);
    const { requests, targets, detections, latencyMs } = parsed(stdout);
    expect(requests.issued).toBeGreaterThan(0);
    expect(requests.served + requests.failed + requests.timedOut + requests.inFlight).toBe(requests.issued);
    expect(latencyMs.p50).toBeLessThanOrEqual(latencyMs.p99 ?? 0);
    expect(targets.map(({ name }) => name)).toEqual(expect.arrayContaining(["web-1", "web-2", "web-3"]));
    // One balancer stands before all three: whatever was served came through it, whichever incarnation served it.
    expect(targets.reduce((sum, { served }) => sum + served, 0)).toBeGreaterThanOrEqual(requests.served);
    const seen = detections.find(({ node, detectedAtMs }) => node === "web-2" && detectedAtMs !== null);
    expect(seen?.faultAtMs).toBe(10_000);
    const [earliest, latest] = seen?.predictedMs ?? [0, 0];
    const delay = (seen?.detectedAtMs ?? 0) - 10_000;
    expect(delay).toBeGreaterThanOrEqual(earliest);
    expect(delay).toBeLessThanOrEqual(latest);
    expect(seen?.backAtMs).toBeGreaterThan(25_000);
  });

  it("hashes exactly the bytes that --trace writes, one JSON event a line, with --trace or without", () => {
    const trace = join(folder, "trace.jsonl");
    const { traceSha256 } = parsed(breakwater("run", failover, ...fault, "--json", "--trace", trace).stdout);
    const bytes = readFileSync(trace);
    expect(createHash("sha256").update(bytes).digest("hex")).toBe(traceSha256);
    expect(parsed(breakwater("run", failover, ...fault, "--json").stdout).traceSha256).toBe(traceSha256);
    const lines = bytes.toString("utf8").split("\n");
    expect(lines.pop()).toBe("");
    for (const line of lines) expect(typeof JSON.parse(line)).toBe("object");
  });

  it("gives another run for another seed, and reads well to a person", () => {
    const { stdout } = breakwater("run", failover, "--for", "5s", "--seed", "77");
    expect(stdout).toMatch(/seed 77 · 5000 ms/);
    const one = parsed(breakwater("run", failover, "--for", "5s", "--json").stdout);
    const other = parsed(breakwater("run", failover, "--for", "5s", "--seed", "77", "--json").stdout);
    expect(other.traceSha256).not.toBe(one.traceSha256);
  });

  it("ends with 1 when an assertion does not hold, and with 0 when all do", () => {
    const broken = breakwater("run", failover, "--for", "5s", "--json", "--assert", "issued>0", "--assert", "p50<0.001ms");
    expect(broken.status).toBe(1);
    expect(parsed(broken.stdout).assertions.map(({ holds }) => holds)).toEqual([true, false]);
    expect(breakwater("run", failover, "--for", "5s", "--assert", "issued>0").status).toBe(0);
  });

  it.each([
    [["run", failover, "--kill", "web-9@10s"], "--kill web-9@10s", "unknown-node"],
    [["run", failover, "--lose", "web-2@10s"], "--lose web-2@10s", "not-for-it"],
    [["run", "nowhere.json"], "nowhere.json", "cannot-read"],
    [["run", failover, "--trace", "/nowhere/trace.jsonl"], "/nowhere/trace.jsonl", "cannot-write"],
    [["run", failover, "--for", "soon"], "--for soon", "not-a-duration"],
  ])("%j ends with 2, on %s: %s", (argv, place, code) => {
    const { status, stdout, stderr } = breakwater(...argv);
    expect(status).toBe(2);
    expect(stdout).toBe("");
    expect(stderr).toContain(place);
    expect(stderr).toContain(`[${code}]`);
  });
});

describe("breakwater validate", () => {
  it("passes an example", () => {
    const { status, stdout } = breakwater("validate", failover);
    expect(status).toBe(0);
    expect(stdout).toContain("is a valid document");
  });

  it("refuses a bad file with its place, in the language asked for", () => {
    const file = join(folder, "bad.json");
    writeFileSync(file, readFileSync(join(projectRoot, failover), "utf8").replace(/"seed":\s*\d+/, '"seed": "lucky"'));
    const english = breakwater("validate", file);
    expect(english.status).toBe(2);
    expect(english.stderr).toMatch(/bad\.json:\d+:\d+: \$\.seed: .+ \[.+\]/);
    const chinese = breakwater("--lang", "zh", "validate", file);
    expect(chinese.stderr).toMatch(/\p{Script=Han}/u);
  });
});
