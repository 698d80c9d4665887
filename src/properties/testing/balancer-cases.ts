import { set, type Step } from "../../engine/testing/playing.ts";
import { balanced, dies, type Cases } from "./setting-sketches.ts";

const byNginx = "rules=nginx checks=none";
const byEnvoy = "rules=envoy checks=none panicPercent=0";
const errs: readonly Step[] = [[2, "err db"]];
/** Two hosts suffice, and one that fails everything lies half a deviation below their mean. */
const byRate = `${byEnvoy} outlierIntervalMs=500 ejectionMs=1000 successRateEnforcing=100 successRateHosts=2 successRateVolume=5 successRateStdev=500`;
const byPercentage = `${byEnvoy} outlierIntervalMs=500 ejectionMs=1000 failurePercentEnforcing=100 failurePercentHosts=2 failurePercentVolume=5`;

/** A pair that shares the address of `it`, which comes back. */
const pair = `${balanced("virtualRouter=edge routerPriority=200")}
  pair-2: load-balancer virtualRouter=edge
  pair-2 -> db: forward`;
const masterDies: readonly Step[] = [
  [2.55, "kill it"],
  [7, "recreate it"],
];

/** Its client closes the connection long before a target that hangs is given up. */
const impatient = (balancer: string) => balanced(balancer).replace("ann: client", "ann: client timeoutMs=200");

/** It is found by a name of its own. */
const found = `${balanced()}
  registry: service-registry ttlMs=4000
  bob: client ratePerSecond=20
  it -> registry: register
  bob -> registry: discover service=front`;

/** For each of a balancer's own settings. */
export const balancerCases: Cases = {
  algorithm: ["random", balanced()],
  hashType: ["consistent", balanced("algorithm=haproxy-uri")],
  hashFunction: ["djb2", balanced("algorithm=haproxy-uri")],
  hashAvalanche: [true, balanced("algorithm=haproxy-uri")],
  randomDraws: [1, balanced("algorithm=haproxy-random")],
  hashOf: ["address", balanced("algorithm=nginx-hash")],
  sticky: ["address", balanced().replace("ann: client", "ann: client visitors=2")],
  stickyMs: [1, balanced("sticky=address").replace("ann: client", "ann: client visitors=2")],
  counting: ["window", balanced("probeWindow=4"), dies, 12],
  probeWindow: [2, balanced("counting=window"), dies, 20],
  probeThreshold: [7, balanced("counting=window"), dies, 20],
  outlierErrors: [3, balanced(byEnvoy), errs],
  outlierIntervalMs: [200, balanced(`${byEnvoy} outlierErrors=3 ejectionMs=500`), errs],
  ejectionMs: [100, balanced(`${byEnvoy} outlierErrors=3 outlierIntervalMs=100`), errs],
  ejectionPercent: [
    100,
    balanced(`${byEnvoy} outlierErrors=3`),
    [
      [2, "err db"],
      [2, "err db-2"],
    ],
  ],
  successRateEnforcing: [0, balanced(byRate), errs],
  successRateHosts: [3, balanced(byRate), errs],
  successRateVolume: [100, balanced(byRate), errs],
  successRateStdev: [2000, balanced(byRate), errs],
  failurePercentEnforcing: [30, balanced(byPercentage), errs],
  failurePercent: [60, balanced(byPercentage), [[2, "err db 70"]]],
  failurePercentHosts: [3, balanced(byPercentage), errs],
  failurePercentVolume: [100, balanced(byPercentage), errs],
  panicPercent: [
    0,
    balanced("rules=envoy intervalMs=500"),
    [
      [2, "kill db"],
      [2, "kill db-2"],
    ],
    12,
  ],
  startState: ["up", `cold\n${balanced()}`],
  observe: ["layer7", balanced("errorLimit=2 onError=mark-down"), errs],
  errorLimit: [2, balanced("observe=layer7 onError=mark-down"), errs],
  onError: ["mark-down", balanced("observe=layer7 errorLimit=2"), errs],
  agentCheck: [true, balanced().replace("workMs=30", "workMs=30 agentSays=drain")],
  agentIntervalMs: [300, balanced("agentCheck=true"), [[2.1, set("db", { agentSays: "drain" })]]],
  slowStartMs: [
    10_000,
    balanced(),
    [
      [1, "kill db"],
      [14, "recreate db"],
    ],
    25,
  ],
  checks: ["none", balanced(), dies, 12],
  intervalMs: [500, balanced(), dies, 12],
  fastIntervalMs: [200, balanced(), dies, 12],
  downIntervalMs: [
    100,
    balanced(),
    [
      [1, "kill db"],
      [14, "recreate db"],
    ],
    25,
  ],
  checkTimeoutMs: [200, balanced(), [[2, "hang db"]], 20],
  fall: [1, balanced(), dies, 12],
  rise: [
    1,
    balanced(),
    [
      [1, "kill db"],
      [14, "recreate db"],
    ],
    25,
  ],
  connectTimeoutMs: [100, balanced(), [[2, "cut it--db"]]],
  serverTimeoutMs: [100, balanced(), [[2, "hang db"]]],
  retries: [0, balanced(), dies],
  redispatch: [false, balanced(), dies],
  redispatchEvery: [1, balanced("algorithm=haproxy-uri"), dies],
  retryStatuses: ["500", balanced(), errs],
  nextOnError: [false, balanced(byNginx), dies],
  nextOnTimeout: [false, balanced(`${byNginx} serverTimeoutMs=200`), [[2, "hang db"]]],
  retryOnReset: [true, balanced().replaceAll("workMs=30", "workMs=300"), dies],
  retryOnTimeout: [true, balanced("serverTimeoutMs=200"), [[2, "hang db"]]],
  rules: ["nginx", balanced(), dies],
  maxFails: [0, balanced(byNginx), dies],
  failTimeoutMs: [1000, balanced(byNginx), dies],
  tries: [1, balanced(byNginx), dies],
  triesTimeoutMs: [100, balanced(`${byNginx} serverTimeoutMs=200`), [[2, "hang db"]]],
  tryDurationMs: [2000, balanced("rules=caddy checks=none"), dies],
  tryRetries: [1, balanced("rules=caddy checks=none"), dies],
  tryIntervalMs: [50, balanced("rules=caddy checks=none tryDurationMs=2000"), dies],
  ignoreClientAbort: [true, impatient(byNginx), [[2, "hang db"]]],
  abortOnClose: [true, impatient("algorithm=least-connections"), [[2, "hang db"]]],
  resend: [false, balanced(`${byNginx} serverTimeoutMs=200`), [[2, "hang db"]]],
  virtualRouter: ["", pair, masterDies],
  routerPriority: [50, pair],
  preempt: [false, pair, masterDies, 12],
  advertMs: [100, pair.replaceAll("pair-2: load-balancer", "pair-2: load-balancer routerPriority=50"), masterDies],
  targetLimit: [1, balanced()],
  queueLimit: [0, balanced("targetLimit=1")],
  queueTimeoutMs: [20, balanced("targetLimit=1")],
  service: ["api", found],
  heartbeatMs: [1000, found, [], 12],
};
