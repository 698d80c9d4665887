import type { Step } from "../../engine/testing/playing.ts";
import type { SettingCase } from "./setting-sketches.ts";

/** Two containers that compute more than one core can do. */
export const crowded = (settings = "", more = "") => `
  h: host cores=1
  ann: client ratePerSecond=40
  it: container in h computingPercent=100 ${settings}
  other: container in h computingPercent=100
  ann -> it: call
  ann -> other: call
  ${more}`;
export const crowdedGuest = (settings = "") => `
  h: host cores=2
  ann: client ratePerSecond=60
  it: virtual-machine in h ${settings}
  web: container in it computingPercent=100
  other: container in h computingPercent=100
  ann -> web: call
  ann -> other: call`;

/** Two servers of one host, and what is deployed in them. */
const deployed = (server = "", app = "") => `
  h: host
  it: application-server in h startMs=500 ${server}
  other: application-server in h port=9090
  war: web-application in it deployMs=200 usesMb=100 ${app}
  ann: client ratePerSecond=20
  ann -> war: call`;
const application = (settings = "") => `
  h: host
  t: application-server in h startMs=500
  it: web-application in t deployMs=200 ${settings}
  twin: web-application in t path=twin
  ann: client ratePerSecond=20
  ann -> it: call
  ann -> twin: call`;
/** A lease of 15 s runs out before the next heartbeat. */
const registered = `
  h: host
  t: application-server in h
  it: web-application in t
  registry: service-registry
  ann: client ratePerSecond=20
  front: load-balancer
  ann -> front: call
  front -> registry: source
  it -> registry: register`;
const anew: readonly Step[] = [[2, "recreate it"]];

/** The traditional way: each of the settings of servers and of what is deployed in them. */
export const deployedCases: Readonly<Record<string, Readonly<Record<string, SettingCase>>>> = {
  "application-server": {
    port: [9090, deployed()],
    javaVersion: [6, deployed()],
    heapMb: [50, deployed()],
    runtimeMb: [20_000, deployed()],
    startMs: [100, deployed(), anew],
  },
  "web-application": {
    path: ["twin", application()],
    javaFrom: [21, application()],
    javaTo: [11, application()],
    computingPercent: [50, application().replace("h: host", "h: host cores=1")],
    usesMb: [600, application()],
    requestMb: [600, application()],
    leakMb: [50, application()],
    writesToDisk: [true, application(), [[1, "fill-disk twin"]]],
    service: ["api", registered],
    heartbeatMs: [20_000, registered, [], 40],
    deployMs: [900, application(), anew],
    unloadDelayMs: [100, application("workMs=1000"), [[2, "stop t"]]],
  },
};
