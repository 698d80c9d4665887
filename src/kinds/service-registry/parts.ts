import { presence } from "../../engine/entities.ts";
import type { Run } from "../../engine/run.ts";
import type { PartStatus } from "../../engine/status.ts";
import type { Leases } from "./leases.ts";

/** An ended lease stays on the card this long, so that one sees it go. */
const shownUs = 30_000_000;

/** A registry's entries, as its directory shows them. */
export function leaseParts(run: Run, leases: Leases, registry: number): PartStatus[] {
  const { table, life, held } = leases;
  const isShown = (row: number) =>
    table.state[row] === held || (life.is(row, "expired") && run.kernel.nowUs - table.sinceUs[row]! < shownUs);
  return [...leases.rowsAt(registry)].filter(isShown).map((row) => leasePart(run, leases, row));
}

function leasePart(run: Run, leases: Leases, row: number): PartStatus {
  const { table, life, held } = leases;
  const { addresses, world, entities } = run;
  const address = table.address[row]!;
  const entity = table.entity[row]!;
  const isHeld = table.state[row] === held;
  // What a registry that is down has written is what it will know when it is back: nobody is passing meanwhile.
  const isOpen = entities.effective[table.registry[row]!] === presence.open;
  const overdue = isHeld && isOverdue(run, leases, row);
  return {
    key: `${world.linkIds[table.link[row]!]!}#${addresses.incarnation[address]!}`,
    node: world.nodeIds[entity]!,
    incarnation: addresses.incarnation[address]!,
    address: run.addressing.show(address),
    state: isHeld ? (!isOpen ? "kept" : overdue ? "overdue" : "passing") : life.name(row),
    tone: isHeld ? (!isOpen ? "idle" : overdue ? "doubtful" : "running") : "dead",
    pips: null,
    dueUs: isHeld && isOpen ? life.delays.dueUs(row) : null,
    facts: [
      { key: "service", value: leases.serviceOf(entity) },
      { key: "renewed", value: table.renewedUs[row]!, unit: "us" },
    ],
  };
}

/** Whether a heartbeat should have come by now; a fifth of its interval is granted for the way. */
function isOverdue(run: Run, leases: Leases, row: number): boolean {
  const { renewedUs, entity } = leases.table;
  const { heartbeatMs = 0 } = (run.world.nodes[entity[row]!]?.settings ?? {}) as { heartbeatMs?: number };
  return renewedUs[row]! > 0 && run.kernel.nowUs > renewedUs[row]! + heartbeatMs * 1200;
}
