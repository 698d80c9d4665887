import { put } from "../base/put.ts";
import { uniform } from "../base/random.ts";
import { formatAddress, type Addresses, type Entities } from "./entities.ts";
import { whatNumber, type Journal } from "./journal.ts";
import type { Kernel } from "./kernel/kernel.ts";
import type { Checkpointed } from "./kernel/table.ts";
import { policies, policySetColumns, type BalancingPolicy } from "./policies/balancing.ts";
import type { RequestKey } from "./policies/balancing-policy.ts";
import { nameNumber } from "./policies/target-names.ts";
import { countServed, ratePerSecond } from "./target-rates.ts";
import { TargetRows } from "./target-rows.ts";
import { makeSets } from "./upstream-tables.ts";
import { whoTakesRequests } from "./who-takes-requests.ts";

const policyNames = Object.keys(policies) as (keyof typeof policies)[];
const policyList: readonly BalancingPolicy[] = policyNames.map((name) => policies[name]);

/** The most that an agent's share may come to (HAProxy). */
const heaviest = 256;

/** What to do when a target joins an upstream: its owner decides how it begins (checked, unchecked, down). */
export interface UpstreamOwner {
  joined(target: number): void;
  left(target: number): void;
  /** A target has begun to take requests again. */
  opened(target: number): void;
  /** A target that was not fit for requests has passed a check. */
  passed?(target: number): void;
}

/**
 * The sets of targets that balancers and callers choose from. A set is filled by links or by a registry's
 * answers; who gets the next request is the policy's decision alone.
 */
export class Upstreams implements Checkpointed {
  readonly rows = new TargetRows();
  readonly table = this.rows.table;
  readonly sets = makeSets();
  private readonly kernel: Kernel;
  private readonly entities: Entities;
  private readonly addresses: Addresses;
  private readonly journal: Journal;
  /** Members of each set in order, derived from the chains. */
  private members: (Int32Array | undefined)[] = [];
  private readonly owners: (UpstreamOwner | undefined)[] = [];
  /** Changes whenever a route appears or goes. */
  version = 0;

  constructor(kernel: Kernel, entities: Entities, addresses: Addresses, journal: Journal) {
    this.kernel = kernel;
    this.entities = entities;
    this.addresses = addresses;
    this.journal = journal;
  }

  addSet(owner: number, algorithm: string, luck: number): number {
    const set = this.sets.add();
    this.sets.owner[set] = owner;
    this.sets.luck[set] = luck;
    this.sets.algorithm[set] = policyNames.indexOf(algorithm);
    return set;
  }

  ownerOf(target: number): number {
    return this.sets.owner[this.table.upstream[target]!]!;
  }

  own(owner: number, by: UpstreamOwner): void {
    put(this.owners, owner, by);
  }

  /** Switches the algorithm under load: every target is introduced to it anew, in order. */
  switchTo(set: number, algorithm: string): void {
    const now = policyNames.indexOf(algorithm);
    if (this.sets.algorithm[set] === now) return;
    this.sets.algorithm[set] = now;
    this.rebuild(set);
  }

  private rebuild(set: number): void {
    const policy = this.policy(set);
    const members = this.membersOf(set);
    for (const name of Object.keys(policySetColumns) as (keyof typeof policySetColumns)[]) this.sets[name][set] = 0;
    for (const target of members) this.nameIfAsked(set, target);
    members.forEach((target, index) => policy.added(this.table, this.sets, set, members.subarray(0, index + 1), index + 1, target));
    for (const target of members)
      if (this.table.usable[target] === 0) policy.wentDown(this.table, this.sets, set, members, members.length, target);
  }

  private policy(set: number): BalancingPolicy {
    return policyList[this.sets.algorithm[set]!]!;
  }

  membersOf(set: number): Int32Array {
    let members = this.members[set];
    if (members === undefined) {
      const rows: number[] = [];
      for (let target = this.sets.first[set]! - 1; target >= 0; target = this.table.next[target]! - 1) rows.push(target);
      members = Int32Array.from(rows);
      this.members[set] = members;
    }
    return members;
  }

  /** A target that is there and has this address; −1: none. */
  find(set: number, address: number): number {
    for (const target of this.membersOf(set)) if (this.table.address[target] === address) return target;
    return -1;
  }

  /** `isDrawn`: the link leads to the target itself, not to a registry. */
  add(set: number, address: number, link: number, latencyUs: number, weight: number, isDrawn: boolean, isBackup = false): number {
    const { table, sets } = this;
    const target = this.rows.add();
    table.upstream[target] = set;
    table.next[target] = 0;
    table.entity[target] = this.addresses.owner[address]!;
    table.incarnation[target] = this.addresses.incarnation[address]!;
    table.address[target] = address;
    table.link[target] = link;
    table.drawn[target] = isDrawn ? link + 1 : 0;
    table.latencyUs[target] = latencyUs;
    table.weight[target] = weight;
    table.configuredWeight[target] = weight;
    table.usable[target] = 1;
    table.fit[target] = 1;
    table.backup[target] = isBackup ? 1 : 0;
    if (isBackup) sets.special[set] = 1;
    table.limit[target] = this.limits[set] ?? 0;
    table.sinceUs[target] = this.kernel.nowUs;
    table.lastGoodUs[target] = -1;
    const last = sets.last[set]!;
    if (last === 0) sets.first[set] = target + 1;
    else table.next[last - 1] = target + 1;
    sets.last[set] = target + 1;
    this.members[set] = undefined;
    this.version++;
    const members = this.membersOf(set);
    this.nameIfAsked(set, target);
    this.policy(set).added(table, sets, set, members, members.length, target);
    this.owners[sets.owner[set]!]?.joined(target);
    if (sets.special[set] === 1) this.settle(set);
    this.entities.changed[sets.owner[set]!] = 3;
    return target;
  }

  /** Some hashes place a target by its host and port. */
  private nameIfAsked(set: number, target: number): void {
    if (this.policy(set).isByName !== true) return;
    const { range, serial, port } = this.addresses;
    const address = this.table.address[target]!;
    this.table.name[target] = nameNumber(formatAddress(range[address]!, serial[address]!, port[address]!));
  }

  remove(target: number): void {
    const { table, sets } = this;
    const set = table.upstream[target]!;
    const members = this.membersOf(set);
    this.policy(set).removed(table, sets, set, members, members.length, target);
    let previous = 0;
    for (let other = sets.first[set]!; other !== target + 1; other = table.next[other - 1]!) previous = other;
    if (previous === 0) sets.first[set] = table.next[target]!;
    else table.next[previous - 1] = table.next[target]!;
    if (sets.last[set] === target + 1) sets.last[set] = previous;
    table.usable[target] = 0;
    table.generation[target]!++;
    this.rows.leave(target);
    this.members[set] = undefined;
    this.version++;
    this.owners[sets.owner[set]!]?.left(target);
    if (sets.special[set] === 1) this.settle(set);
    this.entities.changed[sets.owner[set]!] = 3;
  }

  /** Requests that a target may hold at once; 0: no limit. */
  limit(set: number, most: number): void {
    this.limits[set] = most;
    for (const target of this.membersOf(set)) this.table.limit[target] = most;
  }

  private readonly limits: number[] = [];

  /** Its link gives it another weight. */
  configureWeight(target: number, weight: number): void {
    if (this.table.configuredWeight[target] === weight) return;
    this.table.configuredWeight[target] = weight;
    this.weigh(target);
  }

  /** Its agent asks for a share of its weight; null: it asks for none any more. */
  askWeight(target: number, percent: number | null): void {
    const asked = percent === null ? 0 : percent + 1;
    if (this.table.agentPercent[target] === asked) return;
    this.table.agentPercent[target] = asked;
    this.weigh(target);
  }

  private weigh(target: number): void {
    const { configuredWeight, agentPercent } = this.table;
    const weight = configuredWeight[target]!;
    const percent = agentPercent[target]! - 1;
    this.reweigh(target, percent < 0 ? weight : Math.min(heaviest, Math.floor((weight * percent) / 100)));
  }

  private reweigh(target: number, weight: number): void {
    if (this.table.weight[target] === weight) return;
    const set = this.table.upstream[target]!;
    // Without weight it is out of the rotation; its policy never sees that.
    const was = this.table.weight[target];
    if (weight === 0 || was === 0) this.sets.special[set] = 1;
    if (weight === 0) this.rotate(target, false);
    this.table.weight[target] = weight;
    if (weight > 0) this.policy(set).reweighted?.(this.table, this.sets, set, target);
    if (was === 0) this.settle(set);
    this.entities.changed[this.sets.owner[set]!] = 3;
  }

  /** Slow start: it lacks so many sixteenths of its weight as yet. */
  lower(target: number, sixteenths: number): void {
    if (this.table.lowered[target] === sixteenths) return;
    this.table.lowered[target] = sixteenths;
    const set = this.table.upstream[target]!;
    this.policy(set).reweighted?.(this.table, this.sets, set, target);
  }

  /** Makes a set hold exactly these addresses for a link: what is new joins, what is gone leaves. */
  fill(
    set: number,
    link: number,
    addresses: readonly number[],
    latencyUs: number,
    weights: number | readonly number[],
    isDrawn = false,
    isBackup = false,
  ): void {
    const owner = this.sets.owner[set]!;
    const cause = this.kernel.cause;
    for (const target of this.membersOf(set)) {
      if (this.table.link[target] !== link || addresses.includes(this.table.address[target]!)) continue;
      this.remove(target);
      this.kernel.cause = cause;
      this.journal.write(whatNumber["target-removed"], owner, this.table.entity[target]!, -1, this.table.incarnation[target]!, 0, 0);
    }
    addresses.forEach((address, index) => {
      const weight = typeof weights === "number" ? weights : weights[index]!;
      const known = this.find(set, address);
      // What a registry says of the weight of its own targets may change.
      if (known >= 0 && typeof weights !== "number" && this.table.link[known] === link) this.configureWeight(known, weight);
      if (known >= 0) return;
      this.kernel.cause = cause;
      this.journal.write(whatNumber["target-added"], owner, this.addresses.owner[address]!, -1, this.addresses.incarnation[address]!, 0, 0);
      this.add(set, address, link, latencyUs, weight, isDrawn, isBackup);
    });
    this.kernel.cause = cause;
  }

  /** The policy's choice; −1 if no target can take a request. `avoid` is not chosen while there is another. */
  pick(set: number, avoid: number, key?: RequestKey): number {
    if (set < 0) return -1;
    const members = this.membersOf(set);
    if (members.length === 0) return -1;
    this.drawing = set;
    return this.policy(set).pick(this.table, this.sets, set, members, members.length, avoid, this.draw, key);
  }

  private drawing = 0;
  private readonly draw = (): number => {
    const { sets } = this;
    return uniform(sets.luck[this.drawing]!, sets.draws[this.drawing]!++);
  };

  /** An answer begins with this address: who takes the first one of an answer takes that. */
  lead(set: number, address: number): void {
    this.sets.lead[set] = this.find(set, address) + 1;
  }

  usableCount(set: number): number {
    let count = 0;
    for (const target of this.membersOf(set)) count += this.table.usable[target]!;
    return count;
  }

  taken(target: number): void {
    this.table.connections[target]!++;
    const set = this.table.upstream[target]!;
    this.policy(set).taken?.(this.table, this.sets, set, target);
  }

  released(target: number, good: boolean): void {
    const { table, kernel } = this;
    if (good) countServed(table, target, kernel.nowUs);
    else table.failed[target]!++;
    this.dropped(target);
  }

  /** Whoever wanted its answer has gone: that says nothing of the target. */
  dropped(target: number): void {
    const { table } = this;
    table.connections[target]!--;
    const set = table.upstream[target]!;
    this.policy(set).released?.(table, this.sets, set, target);
    this.rows.released(target);
  }

  /** A request has failed on it, as a balancer with passive checks counts. */
  failed(target: number, maxFails: number): void {
    this.policy(this.table.upstream[target]!).failed?.(this.table, target, maxFails);
  }

  ratePerSecond(target: number): number {
    return ratePerSecond(this.table, target, this.kernel.nowUs);
  }

  /** One that was not fit for requests has passed a check. */
  passedCheck(target: number): void {
    this.owners[this.sets.owner[this.table.upstream[target]!]!]?.passed?.(target);
  }

  /** Its checks (or its failures) find that a target may take requests, or may not. */
  use(target: number, fit: boolean): void {
    const { table, sets } = this;
    if ((table.fit[target] === 1) === fit || table.removed[target] === 1) return;
    table.fit[target] = fit ? 1 : 0;
    const set = table.upstream[target]!;
    if (sets.special[set] === 1) this.settle(set);
    else this.rotate(target, fit);
  }

  /** Somebody takes a target out of the rotation, or puts it back. */
  administer(target: number, how: number): void {
    if (this.table.admin[target] === how) return;
    this.table.admin[target] = how;
    const set = this.table.upstream[target]!;
    this.sets.special[set] = 1;
    this.settle(set);
    this.entities.changed[this.sets.owner[set]!] = 3;
  }

  /** A target is a backup, or is none any more; whether all backups help out together is its set's affair. */
  backUp(target: number, isBackup: boolean): void {
    const { table, sets } = this;
    if ((table.backup[target] === 1) === isBackup) return;
    table.backup[target] = isBackup ? 1 : 0;
    sets.special[table.upstream[target]!] = 1;
    this.settle(table.upstream[target]!);
  }

  helpTogether(set: number, all: boolean): void {
    if ((this.sets.allBackups[set] === 1) === all) return;
    this.sets.allBackups[set] = all ? 1 : 0;
    if (this.sets.special[set] === 1) this.settle(set);
  }

  /** Envoy's panic threshold: with fewer fit than so many per cent, it is as if all were. */
  panicBelow(set: number, percent: number): void {
    const { sets } = this;
    if (sets.panic[set] === percent) return;
    sets.panic[set] = percent;
    sets.special[set] = 1;
    this.settle(set);
  }

  private settle(set: number): void {
    const members = this.membersOf(set);
    const wanted = whoTakesRequests(this.table, this.sets, set, members);
    // Whoever comes in does so before others leave: there is always somebody where there can be.
    members.forEach((target, index) => wanted[index] && this.rotate(target, true));
    members.forEach((target, index) => !wanted[index] && this.rotate(target, false));
  }

  private rotate(target: number, usable: boolean): void {
    const { table, sets } = this;
    if ((table.usable[target] === 1) === usable) return;
    table.usable[target] = usable ? 1 : 0;
    const set = table.upstream[target]!;
    const members = this.membersOf(set);
    if (usable) {
      this.policy(set).cameUp(table, sets, set, members, members.length, target);
      this.owners[sets.owner[set]!]?.opened(target);
    } else this.policy(set).wentDown(table, sets, set, members, members.length, target);
  }

  save(): unknown {
    return { rows: this.rows.save(), sets: this.sets.save() };
  }

  load(saved: unknown): void {
    const from = saved as { rows: unknown; sets: unknown };
    this.rows.load(from.rows);
    this.sets.load(from.sets);
    this.members = [];
    this.version++;
  }
}
