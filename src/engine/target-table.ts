import type { PastTargets } from "./past-targets.ts";
import type { Run } from "./run.ts";
import type { Targets } from "./upstream-tables.ts";

/** What one balancer (or caller that balances) has had of one thing, over all its incarnations. */
export interface TargetRow {
  readonly name: string;
  readonly balancer: string;
  readonly served: number;
  readonly failed: number;
  /** As the balancer sees it now; "removed" where it is no longer in its list. */
  readonly state: string;
}

/** Every balancer's targets in the document's order, those that are gone included: nothing that was served is lost from the table. */
export function targetTable(run: Run): TargetRow[] {
  const { upstreams, world } = run;
  const found = new Map<string, Counted>();
  count(run, found, upstreams.rows.past.table);
  count(run, found, upstreams.table);
  const states = statesOf(run);
  const placeOf = new Map(world.order.map((row, place) => [row, place]));
  const place = (row: number) => placeOf.get(row) ?? -1;
  return [...found]
    .sort(([, a], [, b]) => place(a.owner) - place(b.owner) || place(a.node) - place(b.node))
    .map(([key, { owner, node, served, failed }]) => ({
      ...{ name: nameOf(run, node), balancer: nameOf(run, owner), served, failed },
      state: states.get(key) ?? "removed",
    }));
}

interface Counted {
  readonly owner: number;
  readonly node: number;
  served: number;
  failed: number;
}

const keyOf = (owner: number, node: number): string => `${owner} ${node}`;

function count({ upstreams, world }: Run, found: Map<string, Counted>, table: PastTargets["table"] | Targets): void {
  for (let row = 0; row < table.length; row++) {
    const owner = upstreams.sets.owner[table.upstream[row]!]!;
    if (world.nodes[owner] === undefined) continue;
    const node = table.entity[row]!;
    const counted = found.get(keyOf(owner, node)) ?? { owner, node, served: 0, failed: 0 };
    counted.served += table.served[row]!;
    counted.failed += table.failed[row]!;
    found.set(keyOf(owner, node), counted);
  }
}

/** Of each thing the state of its last incarnation that a balancer knows. */
function statesOf(run: Run): Map<string, string> {
  const { upstreams, world } = run;
  const states = new Map<string, string>();
  for (let set = 0; set < upstreams.sets.length; set++) {
    const owner = upstreams.sets.owner[set]!;
    if (world.nodes[owner] === undefined) continue;
    for (const target of upstreams.membersOf(set)) states.set(keyOf(owner, upstreams.table.entity[target]!), stateOf(run, owner, target));
  }
  return states;
}

function nameOf(run: Run, row: number): string {
  return run.world.nodes[row]?.record.name ?? run.world.nodeIds[row]!;
}

function stateOf(run: Run, owner: number, target: number): string {
  const { table } = run.upstreams;
  const address = run.addressing.show(table.address[target]!);
  const part = run
    .of(owner)
    .status(owner)
    .parts.find((one) => one.address === address);
  return part?.state ?? (table.usable[target] === 1 ? "up" : "down");
}
