import type { NodeId } from "../../document/topology.ts";
import type { PartStatus } from "../../runtime/protocol.ts";
import { run } from "./run-state.ts";

/** What a registry grants an instance: until when, unless it renews. */
export interface Lease {
  readonly renewedUs: number;
  readonly dueUs: number;
}

/**
 * The lease that runs down for this instance as it is now: that which ends first, if several registries know it. What is
 * dead renews no more; of anything else that is amiss its registry has to miss it first, since it may renew all the same.
 */
export function leaseOf(id: NodeId): Lease | null {
  const own = run.statuses.get(id);
  let first: Lease | null = null;
  for (const { parts } of run.statuses.values()) {
    for (const part of parts) {
      const isIts = part.node === id && part.incarnation === own?.incarnation;
      const lease = isIts && (own.tone === "dead" || part.tone !== "running") ? leaseIn(part) : null;
      if (lease !== null && (first === null || lease.dueUs < first.dueUs)) first = lease;
    }
  }
  return first;
}

/** Only what is registered is renewed; other parts that are due have other reasons. */
function leaseIn({ dueUs, facts }: PartStatus): Lease | null {
  const renewedUs = facts.find(({ key }) => key === "renewed")?.value;
  return dueUs === null || typeof renewedUs !== "number" ? null : { renewedUs, dueUs };
}
