import type { Topology } from "../document/topology.ts";
import type { Simulation } from "../engine/simulation.ts";
import type { Foreseen } from "../engine/vocabulary.ts";
import { nodeLabel } from "./target.ts";

/** What a run came to: the object that `--json` prints. Times in milliseconds of simulated time. */
export interface Summary {
  readonly file: string;
  readonly seed: number;
  readonly forMs: number;
  readonly events: number;
  readonly requests: { issued: number; served: number; failed: number; timedOut: number; inFlight: number };
  readonly latencyMs: { p50: number | null; p95: number | null; p99: number | null };
  readonly targets: readonly { name: string; balancer: string; served: number; failed: number; state: string }[];
  /** A row for each fault and observer; null where it was not detected, or is not back. */
  readonly detections: readonly {
    node: string;
    observer: string;
    faultAtMs: number;
    detectedAtMs: number | null;
    /** "in-time": within `predictedMs`, which is null else. */
    foreseen: Foreseen;
    predictedMs: readonly [number, number] | null;
    backAtMs: number | null;
  }[];
  /** Of exactly the bytes that `--trace` writes. */
  readonly traceSha256: string;
}

export function summarize(simulation: Simulation, file: string, traceSha256: string): Summary {
  const { document } = simulation;
  const { issued, served, failed, timedOut, inFlight, p50Us, p95Us, p99Us } = simulation.counters();
  return {
    file,
    seed: simulation.seed,
    forMs: simulation.nowUs / 1000,
    events: simulation.events,
    requests: { issued, served, failed, timedOut, inFlight },
    latencyMs: { p50: inMs(p50Us), p95: inMs(p95Us), p99: inMs(p99Us) },
    targets: simulation.targets(),
    detections: detectionsOf(simulation, document),
    traceSha256,
  };
}

const inMs = (us: number | null): number | null => (us === null ? null : us / 1000);

function detectionsOf(simulation: Simulation, document: Topology): Summary["detections"] {
  return simulation.detections().map(({ node, observer, faultAtMs, detectedAtMs, foreseen, predictedMs, backAtMs }) => ({
    node: nodeLabel(document, node),
    observer: nodeLabel(document, observer),
    faultAtMs,
    detectedAtMs,
    foreseen,
    predictedMs,
    backAtMs,
  }));
}
