import { hashString } from "../../../base/random.ts";
import type { LinkConfig } from "../../../engine/world.ts";
import type { Wanted } from "../metadata.ts";
import type { Sentinels } from "./sentinels.ts";

/** The tags by which a consumer asks for replicas (SENTINEL REPLICAS, and its older name); without one it asks for the master. */
const replicaTags: readonly string[] = ["replica", "slave"];

export function asksForReplicas({ settings }: LinkConfig): boolean {
  return replicaTags.includes((settings as unknown as Wanted).tag);
}

/** SENTINEL GET-MASTER-ADDR-BY-NAME: the one master, well or not; for replicas, those that are not down. */
export function answerOf(sentinels: Sentinels, sentinel: number, { service, tag }: Wanted): readonly number[] {
  const group = sentinels.groups.of(sentinel, hashString(service));
  if (group < 0 || sentinels.masterOf(group) < 0) return [];
  if (replicaTags.includes(tag)) return sentinels.replicasOf(group).filter((row) => sentinels.isUp(row));
  return tag === "" || tag === "master" ? [sentinels.masterIn(group)] : [];
}
