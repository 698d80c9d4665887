import { afterAll, describe, expect, it } from "vitest";
import { batchMeans, type BatchMeans } from "./batch-means.ts";
import { waitEk1, waitMMc } from "./formulas.ts";
import { letIn, measureWaits } from "./testing/measure.ts";
import { Table } from "./testing/table.ts";

/**
 * Ten servers are not ten servers: behind one queue nobody waits while a server is idle; behind a balancer that deals
 * requests out in turn they do. A simulator that puts one formula behind "load balancer" gets one of the two wrong.
 */
const workMs = 10;
const servers = 10;
const batches = 40;
const batch = 9000;
const wide = "timeoutMs=3600000";
const callers = (load: number) => `callers: client arrivals=poisson ratePerSecond=${(servers * load * 1000) / workMs} ${wide}`;

const central = (load: number) => `
  ${callers(load)}
  service: dependency workMs=${workMs} concurrency=${servers} queueLimit=1000000
  callers -> service: call latencyMs=0 ${wide}
`;

const names = Array.from({ length: servers }, (_, index) => `service-${index}`);

const dealt = (load: number, algorithm: string) => `
  ${callers(load)}
  front: load-balancer algorithm=${algorithm} checks=none serverTimeoutMs=3600000
  callers -> front: call latencyMs=0 ${wide}
  ${names.map((name) => `${name}: dependency workMs=${workMs} concurrency=1 queueLimit=1000000`).join("\n  ")}
  ${names.map((name) => `front -> ${name}: forward latencyMs=0`).join("\n  ")}
`;

const waitOf = (text: string, services: readonly string[], seed: number): BatchMeans =>
  batchMeans(letIn(measureWaits(text, services, (batches + 2) * batch, seed).waitMs, 2 * batch), batches);

describe.each([
  [0.7, 41],
  [0.8, 42],
])("ten servers at ρ = %d (seed %i)", (load, seed) => {
  const table = new Table();
  afterAll(() => table.print());
  const measured = new Map<string, BatchMeans>();

  it("behind one queue are M/M/10", () => {
    measured.set("central", waitOf(central(load), ["service"], seed));
    table.agree(`one queue, M/M/10  ρ ${load}`, waitMMc(servers, load, workMs), measured.get("central")!, "ms");
  });

  it.each(["haproxy-roundrobin", "nginx-round-robin"])(
    "behind %s are ten E₁₀/M/1, for each gets every tenth of the stream",
    (algorithm) => {
      measured.set(algorithm, waitOf(dealt(load, algorithm), names, seed));
      table.agree(`${algorithm}, 10 × E₁₀/M/1  ρ ${load}`, waitEk1(servers, load, workMs), measured.get(algorithm)!, "ms");
    },
  );

  it("round robin over ten queues does not equal the central queue: its wait is a multiple", () => {
    const one = measured.get("central")!;
    const ten = measured.get("haproxy-roundrobin")!;
    expect(ten.mean - one.mean).toBeGreaterThan(10 * (one.standardError + ten.standardError));
    expect(ten.mean / one.mean).toBeGreaterThan(4);
  });

  it("least connections comes between the two", () => {
    const least = waitOf(dealt(load, "least-connections"), names, seed);
    table.enter(`least connections  ρ ${load}`, null, least, "ms");
    expect(least.mean).toBeGreaterThan(measured.get("central")!.mean + 3 * least.standardError);
    expect(least.mean).toBeLessThan(measured.get("haproxy-roundrobin")!.mean / 2);
  });
});
