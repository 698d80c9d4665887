import type { BalancingPolicy } from "./balancing-policy.ts";
import { Derived } from "./derived.ts";
import { isOpen } from "./nginx-hash.ts";
import { random } from "./random.ts";
import { stateless } from "./stateless.ts";
import { orAvoided, type TargetColumns } from "./target-columns.ts";
import { nameBytes, nameText } from "./target-names.ts";
import { lowerHalf, xxHash64 } from "./xxhash64.ts";

/** Caddy's least_conn ([S] selectionpolicies.go): the fewest requests under way; those that tie are drawn from. Caddy knows no weights here. */
export const caddyLeastConn: BalancingPolicy = {
  ...stateless,
  pick(targets, _sets, _set, members, count, avoid, draw) {
    const { connections } = targets;
    let least = -1;
    let tied = 0;
    for (let index = 0; index < count; index++) {
      const row = members[index]!;
      if (row === avoid || !isOpen(targets, row)) continue;
      if (least >= 0 && connections[row]! > connections[least]!) continue;
      tied = least >= 0 && connections[row] === connections[least] ? tied + 1 : 1;
      if (tied === 1 || draw() * tied < 1) least = row;
    }
    return orAvoided(targets, least, avoid);
  },
};

/**
 * Caddy's random_choose, as its newest source has it (a reservoir; up to 2.10 it could find nobody): so many by chance, all as likely; of these the
 * first that is idle, or one of those with the fewest requests under way.
 */
export function caddyRandomChoose(choose: number): BalancingPolicy {
  const drawn = new Int32Array(choose);
  return {
    ...stateless,
    pick(targets, _sets, _set, members, count, avoid, draw) {
      let open = 0;
      for (let index = 0; index < count; index++) {
        const row = members[index]!;
        if (row === avoid || !isOpen(targets, row)) continue;
        const place = open < choose ? open : Math.floor(draw() * (open + 1));
        open++;
        if (place < choose) drawn[place] = row;
      }
      return orAvoided(targets, leastOf(targets, drawn, Math.min(open, choose), draw), avoid);
    },
  };
}

function leastOf({ connections }: TargetColumns, rows: Int32Array, count: number, draw: () => number): number {
  let least = -1;
  let tied = 0;
  for (let index = 0; index < count; index++) {
    const row = rows[index]!;
    if (connections[row] === 0) return row;
    if (least >= 0 && connections[row]! > connections[least]!) continue;
    tied = least >= 0 && connections[row] === connections[least] ? tied + 1 : 1;
    if (tied === 1 || draw() * tied < 1) least = row;
  }
  return least;
}

/**
 * Caddy's weighted_round_robin: a counter that begins at 1 goes round the weights laid end to end. Whose place it is is counted among those
 * that can be had, so that while one is down the shares of those after it are others'.
 */
export const caddyWeightedRoundRobin: BalancingPolicy = {
  ...stateless,
  pick(targets, sets, set, members, count, avoid) {
    const { weight } = targets;
    let total = 0;
    let open = 0;
    for (let index = 0; index < count; index++) {
      const row = members[index]!;
      total += weight[row]!;
      if (row !== avoid && weight[row]! > 0 && isOpen(targets, row)) open++;
    }
    if (open === 0) return orAvoided(targets, -1, avoid);
    let left = (sets.policyPlace[set] = (sets.policyPlace[set]! + 1) % total);
    let place = -1;
    for (let index = 0; left >= 0; index++) {
      const row = members[index]!;
      if (weight[row]! > 0) place++;
      left -= weight[row]!;
    }
    return nthOpen(targets, members, place % open, avoid);
  },
};

function nthOpen(targets: TargetColumns, members: Int32Array, place: number, avoid: number): number {
  let left = place;
  for (let index = 0; ; index++) {
    const row = members[index]!;
    if (row === avoid || targets.weight[row] === 0 || !isOpen(targets, row)) continue;
    if (left-- === 0) return row;
  }
}

/** Whom a text belongs to while the same targets can be had: as many hashes as there are targets are not taken twice. */
const owners = new Derived(() => new WeakMap<Uint8Array, number>(), { ofUsable: true });

/**
 * Caddy's ip_hash, client_ip_hash, uri_hash and the like: whoever's address and the key together have the highest XXH64 (up to 2.6 it was
 * FNV-1a). One that goes down moves its own keys and no other.
 */
export const caddyHash: BalancingPolicy = {
  ...stateless,
  isByName: true,
  pick(targets, sets, set, members, count, avoid, draw, key) {
    if (key === undefined) return random.pick(targets, sets, set, members, count, avoid, draw);
    const known = owners.of(targets, sets, set, members, count);
    let owner = known.get(key.text);
    if (owner === undefined) known.set(key.text, (owner = highest(targets, members, count, key.text, (row) => targets.usable[row] === 1)));
    if (owner < 0 || (owner !== avoid && isOpen(targets, owner))) return owner;
    const other = highest(targets, members, count, key.text, (row) => row !== avoid && isOpen(targets, row));
    return orAvoided(targets, other, avoid);
  },
};

function highest(targets: TargetColumns, members: Int32Array, count: number, text: Uint8Array, mayHave: (row: number) => boolean): number {
  let best = -1;
  let upper = 0;
  let lower = 0;
  for (let index = 0; index < count; index++) {
    const row = members[index]!;
    if (!mayHave(row)) continue;
    const hash = xxHash64([...nameBytes(nameText(targets.name[row]!)), ...text]);
    if (best >= 0 && (hash < upper || (hash === upper && lowerHalf() <= lower))) continue;
    best = row;
    upper = hash;
    lower = lowerHalf();
  }
  return best;
}
