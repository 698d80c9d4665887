import type { Hosting } from "../../../engine/hosting.ts";
import { sentinelFailover } from "../../../engine/machines/sentinel-failover.ts";
import type { Run } from "../../../engine/run.ts";
import type { Leases } from "../leases.ts";
import type { WatchRules } from "../systems/system.ts";
import type { Ballots } from "./ballots.ts";
import { chooseReplica } from "./choice.ts";
import type { Groups } from "./groups.ts";
import type { Replication } from "./replication.ts";
import type { Sights } from "./sights.ts";
import { electionUs, reconfiguresUs } from "./timing.ts";

/** Why a failover is given up. */
const given = { notElected: 1, noReplica: 2, tooLate: 3 } as const;

export interface FailoversUsers {
  rulesOf(sentinel: number): WatchRules;
  /** The next epoch, which is now this sentinel's. */
  nextEpoch(sentinel: number): number;
  replicasOf(group: number): readonly number[];
  /** The replica is master: all are to hear of it at once. */
  succeeded(group: number): void;
  /** And the others follow it: so it is what the name stands for. */
  ended(group: number, master: number): void;
}

export interface FailoverParts {
  readonly leases: Leases;
  readonly groups: Groups;
  readonly sights: Sights;
  readonly ballots: Ballots;
  readonly replication: Replication;
}

/** A failover, step by step, as the sentinel runs it that is elected for it (sentinelFailoverStateMachine). */
export class Failovers {
  readonly life: Hosting;
  private readonly run: Run;
  private readonly parts: FailoverParts;
  private readonly users: FailoversUsers;

  constructor(run: Run, parts: FailoverParts, users: FailoversUsers) {
    this.run = run;
    this.parts = parts;
    this.users = users;
    const { table } = parts.groups;
    this.life = run.host(sentinelFailover, {
      column: table,
      delayUs: () => Infinity,
      effects: { began: (group) => this.began(group), won: (group) => this.won(group), ended: (group) => this.ended(group) },
      onChange: (group) => {
        table.stateUs[group] = run.kernel.nowUs;
        run.touch(table.sentinel[group]!);
      },
    });
  }

  isUnderWay(group: number): boolean {
    return !this.life.is(group, "watching");
  }

  /** It stands for election, unless it stood, or voted for another, within twice the failover's timeout. */
  beginIfDue(group: number): void {
    const { table } = this.parts.groups;
    const { failoverTimeoutUs } = this.users.rulesOf(table.sentinel[group]!);
    const isTooSoon = table.startUs[group] !== 0 && this.run.kernel.nowUs - table.startUs[group]! < 2 * failoverTimeoutUs;
    if (table.isDown[group] === 1 && !this.isUnderWay(group) && !isTooSoon) this.send(group, "BEGIN");
  }

  /** With each tick, one step. */
  step(group: number): void {
    switch (this.life.name(group)) {
      case "electing":
        return this.elect(group);
      case "choosing":
        return this.choose(group);
      case "ordering":
        return this.order(group);
      case "promoting":
        return this.lasts(group) > this.rulesOf(group).failoverTimeoutUs ? this.giveUp(group, given.tooLate) : undefined;
      case "reconfiguring":
        return this.reconfigure(group);
    }
  }

  /** The chosen one says that it is master. */
  succeed(group: number, row: number): void {
    const { table } = this.parts.groups;
    if (!this.life.is(group, "promoting") || table.promoted[group] !== row + 1) return;
    table.configEpoch[group] = table.failoverEpoch[group]!;
    this.send(group, "SUCCEED");
    this.run.kernel.cause = table.toldOf[group]! - 1;
    this.users.succeeded(group);
    this.run.kernel.cause = -1;
  }

  /** Whatever it was about, it is not about that any more. */
  drop(group: number): void {
    this.parts.groups.table.promoted[group] = 0;
    this.send(group, "ABORT");
  }

  private send(group: number, event: "BEGIN" | "WIN" | "CHOOSE" | "ORDER" | "SUCCEED" | "END" | "ABORT"): void {
    this.life.send(group, this.life.machine.eventOf(event));
  }

  private rulesOf(group: number): WatchRules {
    return this.users.rulesOf(this.parts.groups.table.sentinel[group]!);
  }

  private lasts(group: number): number {
    return this.run.kernel.nowUs - this.parts.groups.table.stateUs[group]!;
  }

  private began(group: number): void {
    const { table } = this.parts.groups;
    const sentinel = table.sentinel[group]!;
    const epoch = this.users.nextEpoch(sentinel);
    table.failoverEpoch[group] = epoch;
    table.startUs[group] = this.run.kernel.nowUs + this.parts.ballots.desync(sentinel, epoch);
    this.run.note("failover-began", sentinel, this.masterOf(group), epoch);
    this.parts.ballots.ask(group, true);
  }

  private masterOf(group: number): number {
    return this.parts.leases.table.entity[this.parts.groups.table.master[group]! - 1]!;
  }

  private elect(group: number): void {
    const { table } = this.parts.groups;
    const { quorum, failoverTimeoutUs } = this.rulesOf(group);
    const result = this.parts.ballots.elected(group, table.failoverEpoch[group]!, quorum);
    if (result?.leader === table.sentinel[group]) {
      this.run.note("failover-elected", result.leader, -1, table.failoverEpoch[group]!, result.votes);
      this.send(group, "WIN");
    } else if (this.run.kernel.nowUs - table.startUs[group]! > Math.min(electionUs, failoverTimeoutUs))
      this.giveUp(group, given.notElected);
  }

  private won(group: number): void {
    this.parts.groups.table.promoted[group] = 0;
  }

  private choose(group: number): void {
    const { leases, sights, replication, groups } = this.parts;
    const { nowUs } = this.run.kernel;
    const chosen = chooseReplica(this.users.replicasOf(group), { leases, sights, replication, nowUs });
    if (chosen < 0) return this.giveUp(group, given.noReplica);
    groups.table.promoted[group] = chosen + 1;
    this.send(group, "CHOOSE");
  }

  private order(group: number): void {
    const promoted = this.parts.groups.table.promoted[group]! - 1;
    if (this.parts.sights.isConnected(promoted)) {
      this.parts.sights.order(promoted, -1);
      this.send(group, "ORDER");
    } else if (this.lasts(group) > this.rulesOf(group).failoverTimeoutUs) this.giveUp(group, given.tooLate);
  }

  /** One after the other (parallel-syncs 1), each told by an order and believed by its INFO; who is down is not waited for. */
  private reconfigure(group: number): void {
    const { leases, sights, groups } = this.parts;
    const { reconfigured, toldUs } = sights.table;
    const { nowUs } = this.run.kernel;
    const promoted = groups.table.promoted[group]! - 1;
    const left = this.users.replicasOf(group).filter((row) => row !== promoted && reconfigured[row] !== 2 && leases.isWell(row));
    for (const row of left) if (reconfigured[row] === 1 && nowUs - toldUs[row]! > reconfiguresUs) reconfigured[row] = 2;
    if (left.length === 0 || this.lasts(group) > this.rulesOf(group).failoverTimeoutUs) return this.send(group, "END");
    const next = left.find((row) => reconfigured[row] === 0 && sights.isConnected(row));
    if (next === undefined || left.some((row) => reconfigured[row] === 1)) return;
    reconfigured[next] = 1;
    toldUs[next] = nowUs;
    sights.order(next, leases.table.address[promoted]!);
  }

  private ended(group: number): void {
    this.users.ended(group, this.parts.groups.table.promoted[group]! - 1);
  }

  private giveUp(group: number, why: number): void {
    this.run.note("failover-aborted", this.parts.groups.table.sentinel[group]!, this.masterOf(group), why);
    this.drop(group);
  }
}
