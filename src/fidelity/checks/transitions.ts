import { breakServer, mendServer } from "../rig/faults.ts";
import { balancerSettings, checkTimeoutMs, type Failure, type HaproxyOptions } from "../rig/haproxy-options.ts";
import { Rig } from "../rig/rig.ts";

export interface CheckedFault {
  readonly options: HaproxyOptions;
  readonly failure: Failure;
  /** How much longer answers take, where the fault is slowness. */
  readonly delayMs: number;
}

/** From the fault to DOWN, null if it never is; the fault comes so long after the last good check began. */
export function downAfterMs(fault: CheckedFault, phaseMs: number): number | null {
  const { rig, faultMs } = broken(fault, phaseMs);
  rig.until(faultMs + patience(fault));
  const [down] = rig.rows("target-down");
  return down === undefined ? null : down.atUs / 1000 - faultMs;
}

/** From the recovery to UP, if the first check after it comes so much later. */
export function upAfterMs(fault: CheckedFault, firstCheckMs: number): number | null {
  const { rig, faultMs } = broken(fault, 0);
  rig.until(faultMs + patience(fault));
  if (rig.rows("target-down").length === 0) return null;
  const { simulation } = rig;
  const before = simulation.checkpoint();
  const goodMs = recovered(rig, faultMs + patience(fault), fault);
  simulation.restore(before);
  // The same once more, with the recovery moved to where the next good check is as far away as it was.
  const restoredMs = goodMs + 2 * cycle(fault) - firstCheckMs;
  mendServer(rig, restoredMs, "b1", fault.failure);
  rig.until(restoredMs + patience(fault));
  const [up] = rig.rows("target-up");
  return up === undefined ? null : up.atUs / 1000 - restoredMs;
}

function broken(fault: CheckedFault, phaseMs: number): { readonly rig: Rig; readonly faultMs: number } {
  const { options, failure, delayMs } = fault;
  const rig = new Rig({ servers: 1, balancer: balancerSettings(options, failure) });
  rig.until(3 * options.inter);
  const faultMs = rig.lastGoodCheckMs("b1") + options.inter + phaseMs;
  breakServer(rig, faultMs, "b1", failure, delayMs);
  return { rig, faultMs };
}

/** When the first good check after a recovery began. */
function recovered(rig: Rig, atMs: number, fault: CheckedFault): number {
  mendServer(rig, atMs, "b1", fault.failure);
  rig.until(atMs + patience(fault));
  return rig.rows("passed")[0]!.atUs / 1000;
}

/** The longest time between two failing checks of a server that is down. */
export function cycle({ options, failure }: CheckedFault): number {
  const isSilent = failure === "hang" || failure === "drop" || failure === "slow";
  return options.downinter + (isSilent ? checkTimeoutMs(options, failure) : 0);
}

/** By then whatever can happen has happened. */
function patience({ options, failure }: CheckedFault): number {
  const longest = Math.max(options.inter, options.fastinter, options.downinter) + checkTimeoutMs(options, failure);
  return (options.fall + options.rise + 2) * longest;
}
