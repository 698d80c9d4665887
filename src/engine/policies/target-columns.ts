/**
 * What a policy reads and keeps of each target, as columns of the store, so that a checkpoint copies it and no pick
 * makes an object. A fresh row is zero in every column.
 */
export const policyTargetColumns = {
  // The engine's; policies only read them.
  weight: "i32",
  /** HAProxy, slow start: sixteenths of its weight that it lacks as yet. */
  lowered: "i32",
  usable: "i32",
  connections: "i32",
  /** Requests that it may hold at once (HAProxy's maxconn); 0: no limit. A full target is passed over. */
  limit: "i32",
  /** The number of "10.1.0.3:8080" (`nameNumber`), where the policy places targets by their names; else 0. */
  name: "i32",
  // The policies' own.
  /** HAProxy: its number among the servers, by which consistent hashing places it. */
  identity: "i32",
  /** nginx: current_weight, which the picks move up and down. */
  policyCurrent: "i32",
  /** nginx: by how much failures have lowered its effective weight; each pick gives one back. */
  policyLost: "i32",
  /** HAProxy: the weight in the scale of 16 that the target was ranked with (`eweight`). */
  policyWeight: "i32",
  /** Which ranked list it stands in (0: none), after and before whom (row + 1), and by which key. */
  policyList: "i32",
  policyBefore: "i32",
  policyAfter: "i32",
  policyKey: "f64",
  /** HAProxy roundrobin: the one passed over before it in the pick under way (row + 1). */
  policyAside: "i32",
  /** HAProxy roundrobin: the last and the next position in the window, and the remainder carried along. */
  policyLastPosition: "i32",
  policyPosition: "i32",
  policyRemainder: "i32",
} as const;

/** What a policy keeps of a whole set of targets. Lists are kept as row + 1 of their ends. */
export const policySetColumns = {
  policyHead1: "i32",
  policyTail1: "i32",
  policyHead2: "i32",
  policyTail2: "i32",
  policyHead3: "i32",
  policyTail3: "i32",
  /** HAProxy roundrobin: the weight of the window under way, the place in it, and the weight of the next one. */
  policyWindow: "i32",
  policyPlace: "i32",
  policyNextWindow: "i32",
  /** 1 while lists 2 and 3 have changed their parts. */
  policyFlipped: "i32",
} as const;

/** What the engine knows of a set; policies only read it. */
export const givenSetColumns = {
  /** The target that the last answer of a registry, or a name server, began with (row + 1). */
  lead: "i32",
} as const;

interface ArrayOf {
  readonly i32: Int32Array;
  readonly f64: Float64Array;
}
type Columns<S extends Record<string, keyof ArrayOf>> = { readonly [K in keyof S]: ArrayOf[S[K]] };

export type TargetColumns = Columns<typeof policyTargetColumns>;
export type SetColumns = Columns<typeof policySetColumns & typeof givenSetColumns>;

/** HAProxy's weight in the scale of 16 (`eweight`), by which slow start moves in steps. */
export function effectiveWeight({ weight, lowered }: TargetColumns, row: number): number {
  return weight[row]! * (weightScale - lowered[row]!);
}

export const weightScale = 16;

export function isFull(targets: TargetColumns, row: number): boolean {
  const limit = targets.limit[row]!;
  return limit > 0 && targets.connections[row]! >= limit;
}

/** One that was just tried in vain is chosen only where there is no other. */
export function orAvoided(targets: TargetColumns, row: number, avoid: number): number {
  return row < 0 && avoid >= 0 && targets.usable[avoid] === 1 && !isFull(targets, avoid) ? avoid : row;
}

/** Makes a row's policy columns as if it had never been seen: whatever another policy left in them is void. */
export function clearTarget(targets: TargetColumns, row: number): void {
  targets.identity[row] = 0;
  targets.policyCurrent[row] = 0;
  targets.policyLost[row] = 0;
  targets.policyWeight[row] = 0;
  targets.policyList[row] = 0;
  targets.policyBefore[row] = 0;
  targets.policyAfter[row] = 0;
  targets.policyKey[row] = 0;
  targets.policyLastPosition[row] = 0;
  targets.policyPosition[row] = 0;
  targets.policyRemainder[row] = 0;
}
