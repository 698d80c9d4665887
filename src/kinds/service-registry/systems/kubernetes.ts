import { plain, syncUs, us, type RegistrySystem } from "./system.ts";

/** The kubelet's readiness probes decide; the control plane only writes down what it reports. */
export const kubernetes: RegistrySystem = {
  ...plain,
  entry: "status",
  // A pod that takes another's place takes its place in the EndpointSlice too.
  replaces: true,
  renewUs: () => syncUs,
  lapseUs: () => Infinity,
  lapseWindowUs: () => [Infinity, Infinity],
  begins: () => "critical",
  checks: ({ probePeriodMs, probeTimeoutMs, probeFailures, probeSuccesses }) => ({
    from: "machine",
    by: "http",
    firstUs: [0, us(probePeriodMs)],
    intervalUs: us(probePeriodMs),
    counts: "from-start",
    timeoutUs: us(probeTimeoutMs),
    failures: probeFailures,
    successes: probeSuccesses,
    firstCounts: false,
    // PLEG: the kubelet lists its containers every second.
    glanceUs: 1_000_000,
  }),
  // The node's lease is renewed every 10 s, and the node controller looks every 5 s.
  machine: ({ nodeGraceMs }) => ({ heardEveryUs: 10_000_000, silentUs: us(nodeGraceMs), tickUs: 5_000_000 }),
};

/** A zone's records: nobody looks after them. Who starts writes his own, who stops in good order takes it away. */
export const dns: RegistrySystem = {
  ...plain,
  replaces: true,
  renewUs: () => syncUs,
  lapseUs: () => Infinity,
  lapseWindowUs: () => [Infinity, Infinity],
  // Name servers of one zone: who takes an update notifies the others, which fetch it (RFC 1996).
  members: () => ({ by: "peers", batchUs: 0, patienceUs: 1_000_000 }),
  lookup: ({ recordTtlMs }) => ({ way: "dns", everyUs: us(recordTtlMs) }),
};
