import type { Run } from "./run.ts";

/** What one balancer (or caller that balances) has had of one thing, over all its incarnations. */
export interface TargetRow {
  readonly name: string;
  readonly balancer: string;
  readonly served: number;
  readonly failed: number;
  /** As the balancer sees it now; "removed" where it is no longer in its list. */
  readonly state: string;
}

/** Every balancer's targets, those that are gone included: nothing that was served is lost from the table. */
export function targetTable(run: Run): TargetRow[] {
  const { upstreams, world } = run;
  const { table, sets } = upstreams;
  const found = new Map<string, TargetRow>();
  for (let target = 0; target < table.length; target++) {
    const owner = sets.owner[table.upstream[target]!]!;
    if (world.nodes[owner] === undefined) continue;
    const node = table.entity[target]!;
    const key = `${owner} ${node}`;
    const before = found.get(key);
    const gone = table.removed[target] === 1;
    found.set(key, {
      name: nameOf(run, node),
      balancer: nameOf(run, owner),
      served: (before?.served ?? 0) + table.served[target]!,
      failed: (before?.failed ?? 0) + table.failed[target]!,
      state: gone ? (before?.state ?? "removed") : stateOf(run, owner, target),
    });
  }
  const place = (key: string) => Number(key.split(" ")[0]);
  return [...found].sort(([a], [b]) => world.order.indexOf(place(a)) - world.order.indexOf(place(b))).map(([, row]) => row);
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
