import { isOfAnswers, type Fault } from "../../../engine/kind.ts";
import { presence } from "../../../engine/entities.ts";
import { never, type Window } from "../../../engine/policies/detection.ts";
import { anyWire } from "../../../engine/predictions.ts";
import type { Run } from "../../../engine/run.ts";
import type { Leases } from "../leases.ts";
import type { Sentinels } from "./sentinels.ts";
import { askUs, busyInfoUs, longestTickUs, pingUs, tickUs } from "./timing.ts";

const shortestTickUs = tickUs(0.999);
/** From being found down to being replaced: agreed on, elected, chosen, ordered, believed, switched. */
const steps = 5;

/** When a sentinel will name another master, or (of a replica) name it no more; null: it does not know it, or nobody can say. */
export function failoverWindow(
  run: Run,
  sentinels: Sentinels,
  leases: Leases,
  sentinel: number,
  node: number,
  fault: Fault,
  wire: number,
): Window | null {
  const rules = sentinels.rulesOf(sentinel)!;
  const row = leases.listedAt(sentinel).find((one) => leases.table.entity[one] === node && leases.isWell(one));
  if (row === undefined || run.entities.effective[sentinel] !== presence.open || fault === "withdraws") return null;
  if (wire !== anyWire && leases.table.link[row] !== wire) return null;
  // To a PING it answers as ever.
  if (isOfAnswers(fault)) return never;
  const latencyUs = leases.wires.latencyUs(row);
  // A closed connection is noticed with the next tick; silence, with the first PING that has no answer.
  const isClosed = fault === "refuses";
  const from = Math.max(0, rules.downAfterUs - (fault === "cut-off" ? 2 : 1) * latencyUs);
  const to = rules.downAfterUs + (isClosed ? 0 : pingUs) + 2 * longestTickUs;
  if (!sentinels.isMaster(row)) return [from, to];
  // The others find it well, and do not agree.
  if (wire !== anyWire && rules.quorum > 1) return never;
  const replicas = sentinels.replicasOf(sentinels.groupOf(row)).filter((one) => leases.isWell(one));
  const able = sentinels.others(sentinel).filter((other) => isAble(run, sentinel, other)).length + 1;
  const all = sentinels.others(sentinel).length + 1;
  const canBeReplaced = replicas.some((one) => (leases.registrationOf(one)?.replicaPriority ?? 0) > 0);
  if (!canBeReplaced || able < Math.max(rules.quorum, Math.floor(all / 2) + 1)) return null;
  const reconfigures = (replicas.length - 1) * 2 * (busyInfoUs + longestTickUs);
  const silences = isClosed ? 0 : pingUs;
  return [from + steps * shortestTickUs, to + silences + askUs + busyInfoUs + steps * longestTickUs + 8 * latencyUs + reconfigures];
}

function isAble({ entities, predictions }: Run, sentinel: number, other: number): boolean {
  const isReached = entities.effective[other] === presence.open && entities.island[other] === entities.island[sentinel];
  return isReached && !predictions.sharesFault(other);
}

/** The same at the worst, for a master that is killed: down, agreed on, and replaced. */
export function failoverWithinUs(sentinels: Sentinels, sentinel: number): readonly number[] {
  const { downAfterUs } = sentinels.rulesOf(sentinel)!;
  return [downAfterUs, askUs, busyInfoUs];
}
