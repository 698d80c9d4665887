import type { Topology } from "../../document/topology.ts";
import { sketch } from "../../engine/testing/sketch.ts";

/** A document in which every kind has something to do, under traffic. */
export function town(more = ""): Topology {
  return sketch(`
    ann: client ratePerSecond=60 timeoutMs=2000
    bob: client arrivals=constant ratePerSecond=40 timeoutMs=2000
    z: zone
    other-z: zone shares=network
    h: host in z bootMs=800
    g: host bootMs=800
    v: virtual-machine in g bootMs=500
    images: image-registry
    registry: service-registry ttlMs=2000
    front: load-balancer intervalMs=300 connectTimeoutMs=200 serverTimeoutMs=800
    app: dockerfile in h
    base: image-package
    shop: container in h image=shop/app:1.0 workMs=15
    web-1: container in h workMs=15 heartbeatMs=500
    web-2: container in v workMs=15 heartbeatMs=500
    web-3: container in g workMs=15
    tomcat: application-server in g startMs=600
    shop-war: web-application in tomcat path=shop workMs=10 deployMs=300
    db: dependency in z workMs=5
    ann -> front: call timeoutMs=1000
    bob -> registry: discover timeoutMs=700 retries=1
    front -> registry: source
    front -> web-3: forward finds=dns dnsTtlMs=500
    web-1 -> registry: register
    web-2 -> registry: register
    web-1 -> db: call timeoutMs=400
    web-2 -> web-3: call timeoutMs=400 failureFails=false
    bob -> shop-war: call timeoutMs=400 waits=false
    shop-war -> db: call timeoutMs=400
    web-3 -> db: call waits=false timeoutMs=400
    h -> images: pull
    v -> images: pull
    ${more}`);
}
