import type { SettingValue } from "../../document/topology.ts";
import type { Step } from "../../engine/testing/playing.ts";
import { kinds } from "../../kinds/registry.ts";

/** A sketch in which one setting of `it` matters, another value for it, and what is done meanwhile. */
export type SettingCase = readonly [value: SettingValue, sketch: string, script?: readonly Step[], untilS?: number];
export type Cases = Readonly<Record<string, SettingCase>>;

/** Where a thing of this kind stands in the sketches: by itself, in a host `h`, or in an application server `t`. */
export function place(kind: string): string {
  const { placedIn } = kinds.get(kind)!;
  return placedIn.includes("canvas") ? "" : placedIn.includes("servlets") ? " in t" : " in h";
}

export const dies: readonly Step[] = [[2, "kill db"]];
export const comesBack: readonly Step[] = [
  [2, "kill db"],
  [3, "recreate db"],
];

export const balanced = (settings = "", target = "dependency") => `
  h: host
  ann: client ratePerSecond=50
  it: load-balancer ${settings}
  db: ${target}${place(target)} workMs=30
  db-2: ${target}${place(target)} workMs=30
  ann -> it: call
  it -> db: forward
  it -> db-2: forward`;

/** `it` and another are replicas of `db`, which a sentinel looks after. */
export const replicaOf = `
  h: host
  sentinel: service-registry system=sentinel quorum=1 downAfterMs=2000
  db: container in h
  it: container in h
  db-2: container in h
  db -> sentinel: register tags=master
  it -> sentinel: register
  db-2 -> sentinel: register replicaPriority=50`;

/** Two instances are registered at `it`. */
export const registered = (settings: string) => `
  h: host
  ann: client ratePerSecond=20
  it: service-registry ${settings}
  db: container in h
  db-2: container in h
  ann -> it: discover
  db -> it: register
  db-2 -> it: register`;

/** With seven instances, the loss of one is believed. */
export const sevenAt = (settings: string) =>
  `${registered(settings)}\n${["a", "b", "c", "d", "e"].map((id) => `${id}: container in h\n ${id} -> it: register`).join("\n")}`;
/** It is one of three members. */
export const several = (settings: string) => `${registered(settings)}
  two: service-registry ${settings}
  three: service-registry ${settings}
  it -> two: peer
  two -> three: peer
  three -> it: peer`;
export const parted: readonly Step[] = [
  [2, "cut it--two"],
  [2, "cut three--it"],
];
