import { effectiveWeight, type SetColumns, type TargetColumns } from "./target-columns.ts";

interface Kept<T> {
  readonly signature: Int32Array;
  readonly value: T;
}

/** What a policy reads from a set of targets: who they are, in order, and what they weigh. */
export type Make<T> = (targets: TargetColumns, members: Int32Array, count: number) => T;

const perMember = 4;

/**
 * What a policy works out from a set's targets (a map, a ring) and keeps until they are others. It is no state: every
 * pick compares, so that a checkpoint that is restored needs nothing.
 */
export class Derived<T> {
  private readonly make: Make<T>;
  /** Whether it is worked out anew when a target goes down or comes up. */
  private readonly ofUsable: boolean;
  private readonly kept = new WeakMap<SetColumns, (Kept<T> | undefined)[]>();

  constructor(make: Make<T>, { ofUsable }: { ofUsable: boolean }) {
    this.make = make;
    this.ofUsable = ofUsable;
  }

  of(targets: TargetColumns, sets: SetColumns, set: number, members: Int32Array, count: number): T {
    let all = this.kept.get(sets);
    if (all === undefined) this.kept.set(sets, (all = []));
    const kept = all[set];
    if (kept !== undefined && this.stillHolds(kept.signature, targets, members, count)) return kept.value;
    const value = this.make(targets, members, count);
    all[set] = { signature: this.signatureOf(targets, members, count), value };
    return value;
  }

  private stillHolds(signature: Int32Array, targets: TargetColumns, members: Int32Array, count: number): boolean {
    const { usable, identity, name } = targets;
    if (signature.length !== count * perMember) return false;
    for (let index = 0, at = 0; index < count; index++, at += perMember) {
      const row = members[index]!;
      const weighed = this.ofUsable && usable[row] === 0 ? 0 : effectiveWeight(targets, row);
      if (signature[at] !== row || signature[at + 1] !== weighed || signature[at + 2] !== identity[row] || signature[at + 3] !== name[row])
        return false;
    }
    return true;
  }

  private signatureOf(targets: TargetColumns, members: Int32Array, count: number): Int32Array {
    const { usable, identity, name } = targets;
    const signature = new Int32Array(count * perMember);
    for (let index = 0, at = 0; index < count; index++, at += perMember) {
      const row = members[index]!;
      const weighed = this.ofUsable && usable[row] === 0 ? 0 : effectiveWeight(targets, row);
      signature.set([row, weighed, identity[row]!, name[row]!], at);
    }
    return signature;
  }
}
