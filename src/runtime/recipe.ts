import type { Topology } from "../document/topology.ts";
import type { Input } from "../engine/status.ts";

/** Everything a run is made from: the same recipe gives the same run, byte for byte (DESIGN §2). */
export interface Recipe {
  readonly document: Topology;
  readonly seed: number;
  readonly cold: boolean;
  /** In order of time; those beyond the time displayed are played when it comes to them. */
  readonly inputs: readonly Input[];
}

/** The same run, but with nothing done to it after `atUs`. */
export function upTo(recipe: Recipe, atUs: number): Recipe {
  return { ...recipe, inputs: recipe.inputs.filter((input) => input.atUs <= atUs) };
}

/** Whether two recipes begin as the same run, whatever is done to it later. */
export function beginAlike(one: Recipe, other: Recipe): boolean {
  return one.document === other.document && one.seed === other.seed && one.cold === other.cold;
}

/** Until when (inclusive) two runs are one and the same. */
export function sameUntilUs(one: Recipe, other: Recipe): number {
  if (!beginAlike(one, other)) return -1;
  const differs = (index: number) => one.inputs[index] !== other.inputs[index];
  const length = Math.max(one.inputs.length, other.inputs.length);
  for (let index = 0; index < length; index++) {
    if (!differs(index)) continue;
    const first = Math.min(one.inputs[index]?.atUs ?? Infinity, other.inputs[index]?.atUs ?? Infinity);
    return first - 1;
  }
  return Infinity;
}
