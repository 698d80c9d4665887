import type { RegistrySettings } from "../declaration.ts";
import { consulCheck, consulTtl } from "./consul.ts";
import { etcd } from "./etcd.ts";
import { eureka } from "./eureka.ts";
import { dns, kubernetes } from "./kubernetes.ts";
import { nacosBeat, nacosGrpc, nacosPersistent } from "./nacos.ts";
import { sentinel } from "./sentinel.ts";
import { plain, type RegistrySystem } from "./system.ts";
import { zookeeper } from "./zookeeper.ts";

const systems: Readonly<Record<string, RegistrySystem>> = {
  lease: plain,
  "consul-ttl": consulTtl,
  "consul-check": consulCheck,
  etcd,
  zookeeper,
  eureka,
  "nacos-beat": nacosBeat,
  "nacos-grpc": nacosGrpc,
  "nacos-persistent": nacosPersistent,
  kubernetes,
  dns,
  sentinel,
};

/** The rules of a registry's system. */
export function systemOf({ system }: RegistrySettings): RegistrySystem {
  return systems[system]!;
}
