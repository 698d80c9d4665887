import { uniform } from "../base/random.ts";
import { presence } from "./entities.ts";
import { hop } from "./feed.ts";
import { priority } from "./kernel/kernel.ts";
import { code } from "./protocol.ts";
import { isByRegistrar, renewalIntervalUs } from "./renewals.ts";
import type { Run } from "./run.ts";
import type { LinkConfig } from "./world.ts";

/** A registry of several members that has not answered by then is not waited for: another member is asked. */
const patienceUs = 1_000_000;

/** An instance registers with each registry that it is linked to, and renews its leases while it is awake. */
export class Heartbeats {
  private readonly run: Run;
  private readonly isAlive: (row: number) => boolean;

  constructor(run: Run, isAlive: (row: number) => boolean) {
    this.run = run;
    this.isAlive = isAlive;
    run.receive(code.heartbeat, (row, link, generation) => this.due(row, link, generation));
    run.receive(code.acknowledged, (row, link, done) => this.acknowledged(row, link, done === 1));
    run.receive(code.ackTimeout, (row, link, said) => this.unanswered(row, link, said));
    run.receive(code.sayAgain, (row, link, said) => this.sayAgain(row, link, said));
  }

  /** Registers over every link. */
  begin(row: number): void {
    const { kernel } = this.run;
    const cause = kernel.cause;
    for (const link of this.registrations(row)) {
      kernel.cause = cause;
      this.beat(row, link);
    }
    kernel.cause = cause;
  }

  /** Its leases are there from the beginning; its heartbeats fall anywhere in their interval. */
  beginWarm(row: number): void {
    const { run } = this;
    if (run.entities.effective[row] !== presence.open) return;
    for (const link of this.registrations(row)) {
      run.of(link.to).adopt?.(link.to, link, run.entities.address[row]! - 1);
      this.later(row, link, Math.floor(uniform(run.luckOf(row, "heartbeat"), 0) * renewalIntervalUs(run, link)));
    }
  }

  /** Registers over links that have come to it, and over those whose heartbeat is overdue. */
  beginNew(row: number): void {
    const { entities, links } = this.run;
    if (entities.effective[row] !== presence.open) return;
    for (const link of this.registrations(row)) if (links.beating[link.row] !== entities.incarnation[row]) this.beat(row, link);
  }

  withdraw(row: number): void {
    for (const link of this.registrations(row)) {
      this.send(row, link, code.withdraw);
      // What it said before is not said again.
      this.run.links.isUnanswered[link.row] = 0;
      this.run.links.said[link.row]!++;
    }
  }

  /** Its process is gone, on a machine that is not: a registrar beside it says so, and connections are closed. */
  cutOff(row: number): void {
    for (const link of this.registrations(row)) {
      if (isByRegistrar(link)) this.send(row, link, code.withdraw);
      else if (this.run.of(link.to).renewal?.(link.to, link).hearsClosing === true) this.send(row, link, code.closed);
    }
  }

  /** What it says of itself has changed: it says it at once. */
  reregister(row: number, before: readonly LinkConfig[]): void {
    if (this.run.entities.effective[row] !== presence.open) return;
    for (const link of this.registrations(row)) {
      const old = before.find(({ row: other }) => other === link.row);
      if (old !== undefined && old.record !== link.record) this.send(row, link, code.renew);
    }
  }

  private registrations(row: number): readonly LinkConfig[] {
    return this.run.world.nodes[row]?.links.filter((link) => link.role === "register") ?? [];
  }

  private beat(row: number, link: LinkConfig): void {
    this.send(row, link, code.renew);
    this.later(row, link, renewalIntervalUs(this.run, link));
  }

  private later(row: number, link: LinkConfig, waitUs: number): void {
    const { links, entities, kernel } = this.run;
    links.beating[link.row] = entities.incarnation[row]!;
    kernel.after(waitUs, priority.timer, code.heartbeat, row, link.row, ++links.generation[link.row]!);
  }

  private due(row: number, linkRow: number, generation: number): void {
    const { world, links, kernel, entities } = this.run;
    const link = world.links[linkRow];
    if (link === undefined || links.generation[linkRow] !== generation || !this.isAlive(row)) return;
    kernel.cause = entities.lastLife[row]! - 1;
    if (entities.effective[row] === presence.open || this.isVouchedFor(row, link)) this.beat(row, link);
    // What hangs sends no heartbeat: a timer that ran out meanwhile fires when it is awake again.
    else if (entities.presence[row] === presence.hung) links.beating[linkRow] = 0;
  }

  /** A registrar sees that the container runs, and no more than that. */
  private isVouchedFor(row: number, link: LinkConfig): boolean {
    return isByRegistrar(link) && this.run.entities.effective[row] === presence.hung;
  }

  private send(row: number, link: LinkConfig, message: number): void {
    const { kernel, entities, feed, members } = this.run;
    const registry = members.at(link);
    kernel.after(link.latencyUs, priority.arrival, message, registry, link.row, entities.address[row]! - 1);
    if (feed.on) feed.hop(kernel.nowUs, kernel.nowUs + link.latencyUs, row, registry, members.wire(link), hop.register, -1, -1);
    if (message === code.renew && members.areSeveral(link)) this.await(row, link);
  }

  // With several members it waits to be told that it was heard, and goes on to the next one if it was not.

  private await(row: number, link: LinkConfig): void {
    const { kernel, links } = this.run;
    const said = ++links.said[link.row]!;
    links.isUnanswered[link.row] = 1;
    kernel.after(patienceUs + 2 * link.latencyUs, priority.timeout, code.ackTimeout, row, link.row, said);
  }

  private acknowledged(row: number, linkRow: number, done: boolean): void {
    const { world, links, kernel, members, entities } = this.run;
    const link = world.links[linkRow];
    if (link === undefined || links.isUnanswered[linkRow] === 0 || entities.effective[row] !== presence.open) return;
    if (!members.connects(link)) return;
    links.isUnanswered[linkRow] = 0;
    if (done) return;
    members.turn(link);
    kernel.after(members.pauseUs(link), priority.timer, code.sayAgain, row, linkRow, links.said[linkRow]!);
  }

  private unanswered(row: number, linkRow: number, said: number): void {
    const { world, links, members } = this.run;
    const link = world.links[linkRow];
    if (link === undefined || links.said[linkRow] !== said || links.isUnanswered[linkRow] === 0) return;
    members.turn(link);
    this.sayAgain(row, linkRow, said);
  }

  private sayAgain(row: number, linkRow: number, said: number): void {
    const { world, links, entities, kernel } = this.run;
    const link = world.links[linkRow];
    if (link === undefined || links.said[linkRow] !== said || !this.isAlive(row)) return;
    kernel.cause = entities.lastLife[row]! - 1;
    if (entities.effective[row] === presence.open) this.send(row, link, code.renew);
  }
}
