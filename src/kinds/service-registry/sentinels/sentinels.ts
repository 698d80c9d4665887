import type { NodeId } from "../../../document/topology.ts";
import { hashString, uniform } from "../../../base/random.ts";
import { presence } from "../../../engine/entities.ts";
import { priority } from "../../../engine/kernel/kernel.ts";
import { makeTable } from "../../../engine/kernel/table.ts";
import { code } from "../../../engine/protocol.ts";
import type { Run } from "../../../engine/run.ts";
import type { LinkConfig } from "../../../engine/world.ts";
import type { Leases } from "../leases.ts";
import { answerInstance, said, type Said } from "../members/answers.ts";
import { othersOf } from "../members/fellows.ts";
import type { Letters } from "../members/letters.ts";
import type { WatchRules } from "../systems/system.ts";
import { Ballots } from "./ballots.ts";
import { Failovers } from "./failovers.ts";
import { firstMaster } from "./first-master.ts";
import { Groups } from "./groups.ts";
import { Hellos } from "./hellos.ts";
import { Replication } from "./replication.ts";
import { Sights } from "./sights.ts";
import { busyInfoUs, grantedUs, helloUs, infoUs, tickUs } from "./timing.ts";

export interface SentinelsUsers {
  fellowsOf(sentinel: number): readonly number[];
  /** What a sentinel answers for a name may be another from now on. */
  answersChanged(sentinel: number, service: number): void;
}

/** Redis's sentinels: each looks at a master and its replicas by itself; together they decide that it is down, and who is master instead. */
export class Sentinels {
  readonly groups = new Groups();
  readonly replication: Replication;
  readonly sights: Sights;
  readonly failovers: Failovers;
  readonly ballots: Ballots;
  readonly hellos: Hellos;
  /** By sentinel: the latest epoch that it knows of; ticks so far. */
  private readonly table = makeTable({ epoch: "i32", ticks: "i32", generation: "i32" });
  private readonly run: Run;
  private readonly leases: Leases;
  private readonly users: SentinelsUsers;

  constructor(run: Run, leases: Leases, letters: Letters, users: SentinelsUsers) {
    this.run = run;
    this.leases = leases;
    this.users = users;
    for (const table of [this.table, this.groups]) run.keep(table);
    this.replication = new Replication(run, (sentinel, generation) => this.table.generation[sentinel] === generation);
    this.sights = new Sights(run, leases, this.replication, {
      informed: (row) => this.informed(row),
      ordered: (row, source) => this.ordered(row, source),
    });
    const epochs = {
      of: (sentinel: number) => this.epochOf(sentinel),
      raise: (sentinel: number, epoch: number) => this.raise(sentinel, epoch),
    };
    this.ballots = new Ballots(run, leases, this.groups, letters, {
      othersOf: (sentinel) => this.others(sentinel),
      epochs,
      isDown: (group) => leases.life.is(this.masterOf(group), "critical"),
      stands: (group) => this.failovers.isUnderWay(group),
    });
    const parts = { leases, groups: this.groups, sights: this.sights, ballots: this.ballots, replication: this.replication };
    this.failovers = new Failovers(run, parts, {
      rulesOf: (sentinel) => this.rulesOf(sentinel)!,
      nextEpoch: (sentinel) => ++this.table.epoch[sentinel]!,
      replicasOf: (group) => this.replicasOf(group),
      succeeded: (group) => this.hellos.publish(group),
      ended: (group, master) => this.switchTo(group, master, this.groups.table.configEpoch[group]!),
    });
    run.receive(code.sentinelTick, (sentinel, _, generation) => this.tick(sentinel, generation));
    this.hellos = new Hellos(run, leases, this.groups, letters, {
      othersOf: (sentinel) => this.others(sentinel),
      epochs,
      masterIn: (group) => this.masterIn(group),
      instancesOf: (group) => [this.masterOf(group), ...this.replicasOf(group)],
      heardOfMaster: (group, entry) => this.heardOfMaster(group, entry),
    });
  }

  rulesOf(sentinel: number): WatchRules | null {
    return this.leases.systemOf(sentinel).watches?.(this.leases.settingsOf(sentinel)) ?? null;
  }

  epochOf(sentinel: number): number {
    return this.table.epoch[sentinel]!;
  }

  /** The entry that a sentinel answers with; −1: none. A replica is answered as soon as it has said that it is master. */
  masterIn(group: number): number {
    const { table } = this.groups;
    return this.failovers.life.is(group, "reconfiguring") ? table.promoted[group]! - 1 : this.masterOf(group);
  }

  masterOf(group: number): number {
    return this.groups.table.master[group]! - 1;
  }

  groupOf(row: number): number {
    return this.groups.of(this.leases.table.registry[row]!, this.leases.table.service[row]!);
  }

  isMaster(row: number): boolean {
    const group = this.groupOf(row);
    return group >= 0 && this.masterOf(group) === row;
  }

  isUp(row: number): boolean {
    return this.leases.isWell(row);
  }

  nodeOf(row: number): NodeId {
    return this.run.world.nodeIds[this.leases.table.entity[row]!]!;
  }

  replicasOf(group: number): readonly number[] {
    const { sentinel, service } = this.groups.table;
    const isReplica = (row: number) => this.leases.table.service[row] === service[group] && row !== this.masterOf(group);
    return this.leases.listedAt(sentinel[group]!).filter(isReplica);
  }

  others(sentinel: number): readonly number[] {
    return othersOf(this.run.world, sentinel);
  }

  // Lives.

  has(sentinel: number): void {
    while (this.table.length <= sentinel) this.table.add();
  }

  /** It runs: its timer begins. `warm`: it had long heard of the others. */
  begin(sentinel: number, warm: boolean): void {
    const { table, run } = this;
    if (this.rulesOf(sentinel) === null) return;
    this.copyConfig(sentinel);
    const generation = ++table.generation[sentinel]!;
    const waitUs = Math.floor(this.draw(sentinel, "phase") * tickUs(this.draw(sentinel, "timer")));
    run.kernel.after(waitUs, priority.timer, code.sentinelTick, sentinel, 0, generation);
    this.replication.watch(sentinel, generation);
    for (const group of this.groups.at(sentinel))
      this.groups.table.helloUs[group] = run.kernel.nowUs - this.draw(sentinel, "hello") * helloUs;
    if (!warm) for (const row of this.leases.listedAt(sentinel)) this.lookAnew(row);
  }

  /** It is down. Epochs, votes and who is master are in its configuration file. */
  end(sentinel: number): void {
    this.table.generation[sentinel]!++;
    for (const group of this.groups.at(sentinel)) this.calm(group);
  }

  /** It goes by other rules, or is no more. */
  forget(sentinel: number): void {
    this.end(sentinel);
    this.groups.forget(sentinel);
    this.table.epoch[sentinel] = 0;
  }

  /** A new one is configured as its fellows are; the rest it finds by itself. */
  private copyConfig(sentinel: number): void {
    if ([...this.groups.at(sentinel)].length > 0) return;
    const fellow = this.others(sentinel).find((other) => [...this.groups.at(other)].length > 0);
    if (fellow === undefined) return;
    for (const known of [...this.groups.at(fellow)]) {
      const { link, address } = this.leases.table;
      const master = this.masterIn(known);
      const group = this.monitor(sentinel, this.groups.table.service[known]!, link[master]!, address[master]!);
      this.groups.table.configEpoch[group] = this.groups.table.configEpoch[known]!;
    }
    this.raise(sentinel, this.epochOf(fellow));
  }

  // Instances.

  /** In a warm run all have long been found. Without a master nobody is. */
  adopt(sentinels: readonly number[], link: LinkConfig, address: number): void {
    const marked = this.markedLink(link);
    if (marked === null) return;
    for (const sentinel of sentinels) {
      this.leases.adopt(sentinel, link, address);
      const row = this.leases.entryOf(sentinel, link.row, address);
      const found = this.groups.of(sentinel, this.leases.table.service[row]!);
      const group = found < 0 ? this.groups.add(sentinel, this.leases.table.service[row]!) : found;
      if (marked === link) this.groups.table.master[group] = row + 1;
    }
    this.settleRoles(sentinels[0]!, address, marked === link);
  }

  private settleRoles(sentinel: number, address: number, isMaster: boolean): void {
    if (isMaster) this.replication.lead(address);
    for (const group of this.groups.at(sentinel)) {
      if (this.masterOf(group) < 0) continue;
      const master = this.leases.table.address[this.masterOf(group)]!;
      for (const row of this.replicasOf(group)) this.replication.follow(this.leases.table.address[row]!, master);
    }
  }

  private markedLink(link: LinkConfig): LinkConfig | null {
    return firstMaster(this.run.world, this.users.fellowsOf(link.to), link, (entity) => this.leases.serviceOf(entity));
  }

  /** A new entry: it is looked at from now on. */
  entered(row: number, warm: boolean): void {
    if (this.rulesOf(this.leases.table.registry[row]!) !== null) this.sights.begin(row, warm, infoUs);
  }

  /** An instance that starts asks who is master, and follows him; the first that is marked as master is what all sentinels are told to monitor. */
  hear(sentinel: number, what: Said, linkRow: number, address: number): void {
    // It says nothing when it goes; and a connection that is closed is met when it is looked at.
    if (what !== said.renews) return;
    const link = this.run.world.links[linkRow]!;
    const service = hashString(this.leases.serviceOf(link.from));
    const group = this.groups.of(sentinel, service);
    if (group >= 0) this.join(group, address);
    else if (this.markedLink(link) === link) this.found(sentinel, service, linkRow, address);
    if (this.others(sentinel).length > 0) answerInstance(this.run, sentinel, linkRow, "done");
  }

  private found(sentinel: number, service: number, link: number, address: number): void {
    this.replication.lead(address);
    const { cause } = this.run.kernel;
    for (const one of this.users.fellowsOf(sentinel)) {
      this.run.kernel.cause = cause;
      if (this.groups.of(one, service) < 0) this.monitor(one, service, link, address);
    }
  }

  /** What `sentinel monitor` in its configuration says. */
  private monitor(sentinel: number, service: number, link: number, address: number): number {
    this.leases.agreed(sentinel, "ENTER", link, address);
    const group = this.groups.add(sentinel, service);
    this.groups.table.master[group] = this.leases.entryOf(sentinel, link, address) + 1;
    this.users.answersChanged(sentinel, service);
    return group;
  }

  /** It becomes a replica of the master, unless it is the master, or is a replica that has one. */
  private join(group: number, address: number): void {
    const { replication } = this;
    const master = this.leases.table.address[this.masterIn(group)]!;
    if (address === master) return replication.isTold(address) ? undefined : replication.lead(address);
    if (replication.isTold(address) && (replication.sourceOf(address) < 0 || replication.isLinked(address))) return;
    if (replication.isTold(address) && replication.sourceOf(address) === master) return;
    replication.follow(address, master);
    this.run.note("replicates", this.groups.table.sentinel[group]!, this.run.addresses.owner[address]!);
  }

  private ordered(row: number, source: number): void {
    const { registry, entity, address } = this.leases.table;
    if (source < 0) this.replication.lead(address[row]!);
    else this.replication.follow(address[row]!, source);
    this.run.note(source < 0 ? "promoted" : "replicates", registry[row]!, entity[row]!);
    const group = this.groupOf(row);
    if (source < 0 && group >= 0) this.groups.table.toldOf[group] = this.run.journal.length;
  }

  // What an instance's INFO leads to.

  private informed(row: number): void {
    const group = this.groupOf(row);
    if (group < 0) return;
    if (this.isMaster(row)) return this.findReplicas(group);
    const { table } = this.sights;
    const isRight = table.source[row] === this.leases.table.address[this.masterIn(group)]! + 1;
    if (table.source[row] === 0) this.failovers.succeed(group, row);
    if (isRight && table.isLinked[row] === 1 && table.reconfigured[row] === 1) table.reconfigured[row] = 2;
    if (!isRight && !this.failovers.isUnderWay(group)) this.correct(group, row);
  }

  /** The master lists its replicas: those that are new are looked at too. */
  private findReplicas(group: number): void {
    const { run, leases } = this;
    const sentinel = this.groups.table.sentinel[group]!;
    const fellows = this.users.fellowsOf(sentinel);
    for (const address of this.replication.replicasOf(leases.table.address[this.masterOf(group)]!)) {
      const owner = run.addresses.owner[address]!;
      const link = run.world.nodes[owner]?.links.find(({ role, to }) => role === "register" && fellows.includes(to));
      if (link !== undefined && leases.entryOf(sentinel, link.row, address) < 0) leases.agreed(sentinel, "ENTER", link.row, address);
    }
  }

  /** One that is master, or whose master is another, is put right: after a while, so that it may hear of it otherwise. */
  private correct(group: number, row: number): void {
    const { table } = this.sights;
    const { failoverTimeoutUs } = this.rulesOf(this.groups.table.sentinel[group]!)!;
    const master = this.masterOf(group);
    const waitUs = table.source[row] === 0 ? grantedUs : failoverTimeoutUs;
    const isSane = this.leases.isWell(master) && table.source[master] === 0 && this.leases.isWell(row);
    if (isSane && this.run.kernel.nowUs - table.sinceUs[row]! > waitUs) this.sights.order(row, this.leases.table.address[master]!);
  }

  // The timer.

  private draw(sentinel: number, purpose: string): number {
    return uniform(this.run.luckOf(sentinel, purpose), this.table.ticks[sentinel]!);
  }

  private tick(sentinel: number, generation: number): void {
    const { table, run } = this;
    const rules = table.generation[sentinel] === generation ? this.rulesOf(sentinel) : null;
    if (rules === null) return;
    table.ticks[sentinel]!++;
    run.kernel.cause = -1;
    run.kernel.after(tickUs(this.draw(sentinel, "timer")), priority.timer, code.sentinelTick, sentinel, 0, generation);
    if (run.entities.effective[sentinel] !== presence.open) return;
    for (const group of this.groups.at(sentinel)) this.watch(group, rules);
  }

  /** What sentinelHandleRedisInstance does, for the master and then for its replicas. */
  private watch(group: number, rules: WatchRules): void {
    const master = this.masterOf(group);
    if (master < 0) return;
    this.look(master, rules, infoUs);
    this.judge(group, rules);
    this.run.kernel.cause = this.run.network.lastWord(this.leases.table.address[master]!, -1) - 1;
    this.failovers.beginIfDue(group);
    this.failovers.step(group);
    if (this.leases.life.is(this.masterOf(group), "critical")) this.ballots.ask(group);
    this.run.kernel.cause = -1;
    const isBusy = this.groups.table.isDown[group] === 1 || this.failovers.isUnderWay(group);
    for (const row of this.replicasOf(group)) this.look(row, rules, isBusy || this.hasLostMaster(row) ? busyInfoUs : infoUs);
    this.hellos.publishIfDue(group);
  }

  private hasLostMaster(row: number): boolean {
    return this.sights.table.source[row]! > 0 && this.sights.table.isLinked[row] === 0;
  }

  private look(row: number, { downAfterUs }: WatchRules, infoEveryUs: number): void {
    this.sights.look(row, downAfterUs, infoEveryUs);
    const isDown = this.sights.isSilentFor(row, downAfterUs);
    // What is due to be down is shown.
    if (this.sights.isSilentFor(row, 2 * this.leases.wires.latencyUs(row))) this.run.touch(this.leases.table.registry[row]!);
    if (isDown === this.leases.life.is(row, "critical")) return;
    this.leases.befall(row, isDown ? "FAIL" : "PASS");
    this.run.kernel.cause = -1;
  }

  /** Down for this sentinel is down once as many as the quorum say so. */
  private judge(group: number, { quorum }: WatchRules): void {
    const { table } = this.groups;
    const count = this.ballots.downFor(group);
    const isDown = this.leases.life.is(this.masterOf(group), "critical") && count >= quorum;
    if (isDown === (table.isDown[group] === 1)) return;
    table.isDown[group] = isDown ? 1 : 0;
    const { address, entity } = this.leases.table;
    this.run.kernel.cause = this.run.network.lastWord(address[this.masterOf(group)]!, -1) - 1;
    if (isDown) this.run.note("objectively-down", table.sentinel[group]!, entity[this.masterOf(group)]!, count, quorum);
    this.run.touch(table.sentinel[group]!);
  }

  // What sentinels tell each other.

  private raise(sentinel: number, epoch: number): void {
    this.table.epoch[sentinel] = Math.max(this.table.epoch[sentinel]!, epoch);
  }

  /** Another is master, as another sentinel has it, which knows of a later epoch. */
  private heardOfMaster(group: number, { link, address }: { readonly link: number; readonly address: number }): void {
    const sentinel = this.groups.table.sentinel[group]!;
    if (this.leases.entryOf(sentinel, link, address) < 0) this.leases.agreed(sentinel, "ENTER", link, address);
    this.failovers.drop(group);
    this.switchTo(group, this.leases.entryOf(sentinel, link, address), this.groups.table.configEpoch[group]!);
  }

  /** +switch-master: the name stands for another, and all connections are made anew; whoever was down has to be found down again. */
  private switchTo(group: number, master: number, epoch: number): void {
    const { table } = this.groups;
    const { entity } = this.leases.table;
    const [sentinel, before] = [table.sentinel[group]!, this.masterOf(group)];
    table.master[group] = master + 1;
    // The next failover may begin at once (sentinelResetMaster).
    table.startUs[group] = 0;
    this.calm(group);
    for (const row of [master, ...this.replicasOf(group)]) this.lookAnew(row);
    const { cause } = this.run.kernel;
    this.run.note("demoted", sentinel, entity[before]!);
    this.run.kernel.cause = cause;
    this.run.note("switched-master", sentinel, entity[master]!, epoch);
    this.users.answersChanged(sentinel, table.service[group]!);
  }

  /** Nothing is decided, and nothing under way. */
  private calm(group: number): void {
    this.groups.table.isDown[group] = 0;
    this.ballots.forget(group);
    this.failovers.drop(group);
  }

  private lookAnew(row: number): void {
    this.sights.begin(row, false, infoUs);
    if (this.leases.life.is(row, "critical")) this.leases.life.place(row, "passing");
  }
}
