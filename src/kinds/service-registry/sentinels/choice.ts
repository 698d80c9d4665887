import type { Leases } from "../leases.ts";
import type { Replication } from "./replication.ts";
import type { Sights } from "./sights.ts";
import { choosableUs } from "./timing.ts";

/** The replica that is to be master (sentinelSelectSlave): of those that answer, the one with the least priority, the most of the stream, the first run id; −1: none. */
export function chooseReplica(
  replicas: readonly number[],
  { leases, sights, replication, nowUs }: { leases: Leases; sights: Sights; replication: Replication; nowUs: number },
): number {
  const { pongUs, infoUs, offset } = sights.table;
  const { address } = leases.table;
  const priorityOf = (row: number) => leases.registrationOf(row)?.replicaPriority ?? 0;
  const isFresh = (row: number) => nowUs - pongUs[row]! <= choosableUs && nowUs - infoUs[row]! <= choosableUs;
  const fit = replicas.filter((row) => leases.isWell(row) && sights.isConnected(row) && isFresh(row) && priorityOf(row) > 0);
  const runIdOf = (row: number) => replication.runIdOf(address[row]!);
  return fit.sort((a, b) => priorityOf(a) - priorityOf(b) || offset[b]! - offset[a]! || runIdOf(a) - runIdOf(b))[0] ?? -1;
}
