import type { BalancingPolicy, RequestKey } from "./balancing-policy.ts";
import { givenSetColumns, policySetColumns, policyTargetColumns, type SetColumns, type TargetColumns } from "./target-columns.ts";
import { nameNumber } from "./target-names.ts";

const arrays = { i32: Int32Array, f64: Float64Array } as const;

/** A set of targets that stands alone, for whoever wants a policy without a simulation: its tests, and the bench. */
export class TargetSet {
  readonly targets = columnsOf(policyTargetColumns, 1024) as unknown as TargetColumns;
  readonly sets = columnsOf({ ...policySetColumns, ...givenSetColumns }, 1) as unknown as SetColumns;
  private readonly policy: BalancingPolicy;
  private readonly draw: () => number;
  private members = new Int32Array(0);

  constructor(policy: BalancingPolicy, weights: readonly number[], draw: () => number = () => 0) {
    this.policy = policy;
    this.draw = draw;
    weights.forEach((weight, row) => this.add(row, weight));
  }

  pick(avoid = -1, key?: RequestKey): number {
    return this.policy.pick(this.targets, this.sets, 0, this.members, this.members.length, avoid, this.draw, key);
  }

  add(row: number, weight: number): void {
    this.targets.weight[row] = weight;
    this.targets.usable[row] = 1;
    this.members = Int32Array.of(...this.members, row);
    this.policy.added(this.targets, this.sets, 0, this.members, this.members.length, row);
  }

  /** Its host and port, "10.1.0.3:8080". */
  name(row: number, name: string): void {
    this.targets.name[row] = nameNumber(name);
  }

  remove(row: number): void {
    this.policy.removed(this.targets, this.sets, 0, this.members, this.members.length, row);
    this.targets.usable[row] = 0;
    this.members = this.members.filter((member) => member !== row);
  }

  use(row: number, usable: boolean): void {
    if ((this.targets.usable[row] === 1) === usable) return;
    this.targets.usable[row] = usable ? 1 : 0;
    this.policy[usable ? "cameUp" : "wentDown"](this.targets, this.sets, 0, this.members, this.members.length, row);
  }

  reweigh(row: number, weight: number): void {
    this.targets.weight[row] = weight;
    this.policy.reweighted?.(this.targets, this.sets, 0, row);
  }

  take(row: number): void {
    this.targets.connections[row]!++;
    this.policy.taken?.(this.targets, this.sets, 0, row);
  }

  release(row: number): void {
    this.targets.connections[row]!--;
    this.policy.released?.(this.targets, this.sets, 0, row);
  }
}

function columnsOf(
  spec: Readonly<Record<string, keyof typeof arrays>>,
  rows: number,
): Record<string, Uint8Array | Int32Array | Float64Array> {
  return Object.fromEntries(Object.entries(spec).map(([name, type]) => [name, new arrays[type](rows)]));
}
