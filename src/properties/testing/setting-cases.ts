import type { RoleId } from "../../document/link-settings.ts";
import type { Step } from "../../engine/testing/playing.ts";
import { kinds } from "../../kinds/registry.ts";
import { balancerCases } from "./balancer-cases.ts";
import { crowded, crowdedGuest, deployedCases } from "./deployed-cases.ts";
import { balanced, comesBack, dies, parted, place, registered, replicaOf, sevenAt, several, type Cases } from "./setting-sketches.ts";

export type { SettingCase } from "./setting-sketches.ts";

const hangs: readonly Step[] = [[2, "hang db"]];

/** Whoever works on requests itself: its work, its places, its queue. */
export function servingCases(kind: string): Cases {
  const busy = (settings = "") => `
    h: host
    t: application-server in h
    ann: client arrivals=constant ratePerSecond=100
    it: ${kind}${place(kind)} ${settings}
    ann -> it: call`;
  return {
    workDistribution: ["constant", busy()],
    workMs: [40, busy()],
    workSpread: [1, busy("workDistribution=log-normal")],
    workSamplesMs: [[1, 2], busy("workDistribution=empirical")],
    concurrency: [1, busy()],
    queueLimit: [0, busy("concurrency=1")],
    agentSays: [
      "drain",
      `
    h: host
    t: application-server in h
    ann: client ratePerSecond=50
    front: load-balancer agentCheck=true agentIntervalMs=200
    it: ${kind}${place(kind)}
    db-2: ${kind}${place(kind)}
    ann -> front: call
    front -> it: forward
    front -> db-2: forward`,
    ],
  };
}

const container = (settings = "", more = "") => `
  h: host
  ann: client ratePerSecond=20
  front: load-balancer
  registry: service-registry
  it: container in h ${settings}
  ann -> front: call
  front -> registry: source
  it -> registry: register
  ${more}`;
/** Its command fails every half second, and Docker starts it again. */
const loop = (restart: string) => container(`restart=${restart} command=ends runMs=500 exitCode=1`);
/** Its healthcheck is run every second, and always fails. */
const sick = (more = "") => container(`healthcheck=broken healthIntervalMs=1000 ${more}`);
const pulled = (more = "") => `
  cold
  h: host bootMs=500
  images: image-registry
  h -> images: pull
  it: container in h
  ${more}`;

const built = () => `
  images: image-registry
  h: host
  h -> images: pull
  it: dockerfile in h`;

const eaten = (settings = "", script: readonly Step[] = []): readonly [string, readonly Step[]] => [
  container(`memoryMb=100 ${settings}`),
  script,
];
const wrecked = (act: string, after: string, settings = "", neighbour = ""): readonly [string, readonly Step[]] => [
  container(settings, `next: container in h ${neighbour}\n front -> it: forward`),
  [
    [1, `${act} it`],
    [2, after],
  ],
];
const machine = (kind: string, start = "") => `
  ${start}
  h: host bootMs=500
  it: ${kind}${place(kind)}
  web: container in it`;

/** `it` fetches an image of 60 MB. */
const pulledBy = (kind: string) => `
  h: host bootMs=500
  it: ${kind}${place(kind)} bootMs=500
  images: image-registry
  it -> images: pull
  cold
  web: container in it`;

/** It is one of three sentinels, which look after `db` and its replica. */
const watching = () => "system=sentinel downAfterMs=5000 failoverTimeoutMs=20000";
const asMaster = ["db -> it: register", "db -> it: register tags=master"] as const;
/** The replica hangs while it is to become master. */
const fails: readonly Step[] = [
  [2, "kill db"],
  [2.1, "hang db-2"],
  [20, "resume db-2"],
];
/** A client `it` whose requests go where their keys say. */
const hashing = (algorithm: string) => `
  it: client ratePerSecond=50
  front: load-balancer algorithm=${algorithm}
  db: dependency
  db-2: dependency
  it -> front: call
  front -> db: forward
  front -> db-2: forward`;

/** For each kind, each of its own settings. */
export const ownCases: Readonly<Record<string, Cases>> = {
  ...deployedCases,
  client: {
    arrivals: ["constant", "it: client\n db: dependency\n it -> db: call"],
    ratePerSecond: [40, "it: client\n db: dependency\n it -> db: call"],
    timeoutMs: [10, "it: client\n db: dependency\n it -> db: call"],
    visitors: [1, hashing("haproxy-source")],
    paths: [1, hashing("haproxy-uri")],
    firstAddress: ["10.0.0.1", hashing("nginx-ip-hash")],
    popularity: ["zipf", hashing("haproxy-source")],
    connectionRequests: [10, hashing("random sticky=connection")],
  },
  container: {
    service: ["api", container()],
    image: ["other/thing:2", pulled("twin: container in h")],
    imageMb: [10, pulled()],
    layers: [1, pulled()],
    writesMb: [0.5, container(), [[2, "recreate it"]]],
    volume: ["data", container("writesMb=0.5"), [[2, "recreate it"]]],
    pull: ["always", pulled(), [[8, "recreate it"]], 12],
    port: [9090, container()],
    memoryMb: [20_000, container()],
    computingPercent: [50, crowded()],
    cpuShares: [4096, crowded()],
    cpus: [0.5, crowded()],
    runtime: ["runc", container(), [[2, "recreate it"]]],
    usesMb: [200, ...eaten()],
    requestMb: [200, ...eaten()],
    leakMb: [20, ...eaten()],
    pidsLimit: [5, ...wrecked("fork-bomb", "recreate next")],
    diskLimitMb: [1000, ...wrecked("fill-disk", "recreate next")],
    writesToDisk: [true, ...wrecked("fill-disk", "recreate next")],
    startMs: [900, container(), [[2, "recreate it"]]],
    stopGraceMs: [50, container("workDistribution=constant workMs=900"), [[2, "stop it"]]],
    onTerm: ["ignores", container(), [[2, "stop it"]]],
    restart: ["always", container(), [[2, "crash it"]]],
    restartMax: [1, loop("on-failure"), [], 8],
    command: ["ends", container()],
    runMs: [300, loop("no")],
    exitCode: [0, loop("on-failure")],
    healthcheck: ["broken", container("healthIntervalMs=1000")],
    healthIntervalMs: [500, sick(), [[2, "recreate it"]], 12],
    healthTimeoutMs: [200, container("healthcheck=asks healthIntervalMs=1000"), [[2, "hang it"]], 40],
    healthStartPeriodMs: [4000, sick(), [[2, "recreate it"]], 12],
    healthStartIntervalMs: [300, sick("healthStartPeriodMs=4000"), [[2, "recreate it"]], 12],
    healthRetries: [1, sick(), [[2, "recreate it"]], 12],
    healthProbeMs: [500, sick(), [[2, "recreate it"]], 12],
    // A lease of 15 s runs out before the next heartbeat.
    heartbeatMs: [20_000, container(), [], 40],
  },
  dependency: {},
  dockerfile: {
    tag: ["other/app:2", `${built()}\n web: container in h image=shop/app:1.0`],
    text: ["FROM alpine:3.20\nRUN echo", built()],
  },
  host: {
    memoryMb: [64, machine("host")],
    cores: [
      1,
      crowded()
        .replace("h: host cores=1", "it: host")
        .replace("it: container in h", "web: container in it")
        .replace("other: container in h", "other: container in it")
        .replace("-> it:", "-> web:"),
    ],
    diskMb: [30, pulledBy("host")],
    bandwidthMbitPerSecond: [10, pulledBy("host")],
    bootMs: [4000, machine("host", "cold")],
    stopTimeoutMs: [200, `${machine("host")} onTerm=ignores`, [[1, "shut-down it"]], 15],
  },
  "image-package": { image: ["mysql:8.4", "images: image-registry\n it: image-package", [[1, "publish it"]]] },
  "image-registry": {
    bandwidthMbitPerSecond: [
      20,
      pulled().replace("images:", "it:").replace("-> images", "-> it").replace("it: container", "web: container"),
    ],
  },
  "load-balancer": balancerCases,
  "service-registry": {
    system: ["eureka", registered(""), dies, 25],
    ttlMs: [6000, registered(""), dies, 25],
    checkBy: ["tcp", registered("system=consul-check"), hangs, 40],
    checkIntervalMs: [2000, registered("system=consul-check"), dies, 25],
    checkTimeoutMs: [1000, registered("system=consul-check"), hangs, 40],
    failuresBeforeCritical: [3, registered("system=consul-check checkIntervalMs=2000"), dies, 25],
    successBeforePassing: [
      3,
      registered("system=consul-check checkIntervalMs=2000 checkTimeoutMs=1000"),
      [
        [2, "hang db"],
        [9, "resume db"],
      ],
      25,
    ],
    initialStatus: ["passing", registered("system=consul-ttl"), [[2, "recreate db"]]],
    deregisterMs: [60_000, registered("system=consul-ttl"), dies, 130],
    electionMs: [9000, registered("system=etcd ttlMs=3000"), dies, 25],
    sessionMs: [4000, registered("system=zookeeper"), dies, 25],
    tickMs: [3000, registered("system=zookeeper"), dies, 25],
    leaseMs: [10_000, sevenAt("system=eureka"), dies, 200],
    evictionMs: [5000, sevenAt("system=eureka leaseMs=20000"), dies, 100],
    selfPreservation: [false, registered("system=eureka leaseMs=20000"), dies, 120],
    renewalThreshold: [40, registered("system=eureka leaseMs=20000"), dies, 120],
    responseCacheMs: [0, registered("system=eureka"), [[2, "stop db"]], 70],
    fetchMs: [5000, registered("system=eureka"), [[2, "stop db"]], 70],
    unhealthyMs: [5000, registered("system=nacos-beat"), dies, 40],
    removeMs: [60_000, registered("system=nacos-beat"), dies, 60],
    silentMs: [5000, registered("system=nacos-grpc"), hangs, 40],
    protectThreshold: [60, registered("system=nacos-beat"), dies, 40],
    probePeriodMs: [2000, registered("system=kubernetes"), hangs, 45],
    probeTimeoutMs: [5000, registered("system=kubernetes"), hangs, 45],
    probeFailures: [1, registered("system=kubernetes"), hangs, 45],
    probeSuccesses: [3, registered("system=kubernetes"), [[2, "recreate db"]], 45],
    nodeGraceMs: [10_000, registered("system=kubernetes"), [[2, "unplug h"]], 60],
    downAfterMs: [8000, several(watching()).replace(...asMaster), dies, 30],
    quorum: [3, several(watching()).replace(...asMaster), [[1, "kill three"], ...dies], 30],
    failoverTimeoutMs: [2000, several(watching()).replace(...asMaster), fails, 60],
    raftMultiplier: [1, several("system=consul-ttl"), parted, 30],
    syncLimit: [2, several("system=zookeeper"), parted, 30],
    replicationMs: [0, several("system=eureka"), [[2, "recreate db"]], 60],
    staleReads: [true, several(""), parted, 10],
    consumers: ["poll", registered(""), [[2, "stop db"]]],
    pollMs: [500, registered("consumers=poll"), [[2, "stop db"]]],
    // A question of which the wire has lost the answer is asked again.
    waitMs: [
      2000,
      registered("consumers=long-poll"),
      [
        [1, "cut ann--it"],
        [2, "stop db"],
        [3, "mend ann--it"],
      ],
      20,
    ],
    recordTtlMs: [1000, registered("consumers=dns"), [[2, "stop db"]]],
    answerOrder: ["random", registered("consumers=dns recordTtlMs=500").replace("it: discover", "it: discover algorithm=first-of-answer")],
  },
  "virtual-machine": {
    memoryMb: [20_000, machine("virtual-machine")],
    guestOsMb: [4000, machine("virtual-machine")],
    vcpus: [1, crowdedGuest()],
    vcpusAre: ["reserved", crowdedGuest()],
    cpuShares: [4096, crowdedGuest()],
    diskMb: [30, pulledBy("virtual-machine")],
    bandwidthMbitPerSecond: [10, pulledBy("virtual-machine")],
    bootMs: [1000, machine("virtual-machine", "cold"), [], 40],
    stopTimeoutMs: [200, `${machine("virtual-machine")} onTerm=ignores`, [[1, "shut-down it"]], 15],
  },
  zone: {
    shares: [
      "network",
      "it: zone\n h: host in it\n db: container in h\n ann: client\n ann -> db: call",
      [
        [2, "lose it"],
        [3, "restore it"],
      ],
    ],
  },
};

/** A caller of this kind, itself called where it does nothing of its own accord, and what it calls. */
const calling = (kind: string, more: string) => `
  h: host
  t: application-server in h
  ${kinds.get(kind)!.accepts.includes("request") ? `ann: client ratePerSecond=50\n it: ${kind}${place(kind)} workMs=1\n ann -> it: call` : `it: ${kind} ratePerSecond=50`}
  db: container in h workMs=5
  db-2: container in h workMs=5
  ${more}`;

function callingCases(sketch: (settings?: string) => string): Cases {
  return {
    callsPerRequest: [3, sketch()],
    order: ["parallel", sketch("callsPerRequest=2")],
    waits: [false, sketch()],
    failureFails: [false, sketch(), dies],
    timeoutMs: [1, sketch()],
    retries: [2, sketch(), dies],
  };
}

/** Two instances: one of zone east, version 2, with a tag, the other without any. */
const lookedUp = (link: string) =>
  `registry: service-registry\n db -> registry: register tags=blue zone=east version=v2\n db-2 -> registry: register\n ${link}`;

function askingCases(sketch: string): Cases {
  return {
    reads: ["poll", sketch, [[2, "stop db"]]],
    tag: ["blue", sketch],
    version: ["v2", sketch],
    zone: ["east", sketch],
  };
}

/** For each role, each setting of its links; `it` is where the link starts, and `kind` what `it` is. */
export const linkCases: Readonly<Record<RoleId, (kind: string) => Cases>> = {
  call: (kind) => {
    const sketch = (settings = "") => calling(kind, `it -> db: call ${settings}`);
    return {
      latencyMs: [20, sketch()],
      finds: ["dns", sketch(), comesBack, 9],
      dnsTtlMs: [100, sketch("finds=dns"), comesBack],
      ...callingCases(sketch),
    };
  },
  discover: (kind) => {
    const sketch = (settings = "") => calling(kind, lookedUp(`it -> registry: discover ${settings}`));
    return {
      latencyMs: [20, sketch()],
      service: ["api", sketch()],
      ...askingCases(sketch()),
      algorithm: ["random", sketch()],
      ...callingCases(sketch),
    };
  },
  forward: () => {
    const sketch = (settings = "", own = "") => balanced(own, "container").replace("it -> db: forward", `it -> db: forward ${settings}`);
    const byNginx = "rules=nginx checks=none";
    return {
      latencyMs: [20, sketch()],
      finds: ["dns", sketch(), comesBack, 20],
      dnsTtlMs: [100, sketch("finds=dns"), comesBack, 20],
      weight: [5, sketch()],
      backup: [true, sketch()],
      maxFails: [0, sketch("", byNginx), [[2, "kill db"]]],
      failTimeoutMs: [1000, sketch("", byNginx), [[2, "kill db"]]],
    };
  },
  source: () => {
    const sketch = `h: host\n ann: client\n it: load-balancer\n db: container in h\n db-2: container in h\n ann -> it: call\n ${lookedUp("it -> registry: source")}`;
    return { latencyMs: [20, sketch], service: ["api", sketch], ...askingCases(sketch) };
  },
  register: () => {
    const consul = container().replace("service-registry", "service-registry system=consul-ttl");
    const twins = (wish: string) =>
      container("", "twin: container in h\n twin -> registry: register").replace(
        "front -> registry: source",
        `front -> registry: source ${wish}`,
      );
    return {
      latencyMs: [300, container(), [[2, "recreate it"]]],
      by: ["registrar", container(), [[2, "kill it"]]],
      identity: ["same", container(), [[2, "recreate it"]]],
      says: ["warning", consul, [], 20],
      tags: ["blue", twins("tag=blue")],
      version: ["v2", twins("version=v2")],
      zone: ["east", twins("zone=east")],
      weight: [5, twins("")],
      replicaPriority: [10, replicaOf, dies, 10],
      asksTtlMs: [8000, container(), [[2, "kill it"]], 20],
    };
  },
  peer: () => ({ latencyMs: [300, several(""), dies] }),
  pull: (kind) => {
    const inside = kind === "host" ? "h: host\n it: host bootMs=500" : `h: host bootMs=500\n it: ${kind}${place(kind)} bootMs=500`;
    return { latencyMs: [300, `cold\n ${inside}\n images: image-registry\n web: container in it\n it -> images: pull`] };
  },
};
