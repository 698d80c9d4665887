import { presence } from "../../engine/entities.ts";
import { isOfAnswers, type Fault } from "../../engine/kind.ts";
import { priority } from "../../engine/kernel/kernel.ts";
import { copyOfRecords } from "../../engine/kernel/records.ts";
import type { Window } from "../../engine/policies/detection.ts";
import { code } from "../../engine/protocol.ts";
import type { Run } from "../../engine/run.ts";

export interface RouterConfig {
  /** The virtual router that it belongs to; empty: to none. */
  readonly virtualRouter: string;
  readonly routerPriority: number;
  readonly preempt: boolean;
  readonly advertMs: number;
}

export type RouterRole = "none" | "backup" | "master";

interface Member {
  role: RouterRole;
  /** Timers that were set for another serial are void. */
  serial: number;
}

/** Advertisements are multicast on the network that the routers stand on; one takes as long as over a drawn link. */
const wireUs = 500;
/** RFC 5798 §6.1: `Master_Down_Interval` is three advertisements and the skew. */
const missedMax = 3;
const priorities = 256;

/**
 * VRRP ([D] RFC 5798): routers of one name share the address of the first of them, whose holder is the master. It advertises itself; who
 * hears nothing for three advertisements and its skew takes the address over, by a gratuitous ARP, at once. Routers that are
 * cut off from each other are masters both, each for those who are on its side; of two on one side the address is whose who announced it last.
 */
export class VirtualRouters {
  private readonly run: Run;
  private readonly configOf: (row: number) => RouterConfig;
  private members = new Map<number, Member>();

  constructor(run: Run, configOf: (row: number) => RouterConfig) {
    this.run = run;
    this.configOf = configOf;
    run.receive(code.advertDue, (row, serial) => this.due(row, serial));
    run.receive(code.masterDown, (row, serial) => this.missed(row, serial));
    run.receive(code.advert, (row, from, heard) => this.hear(row, from, heard));
  }

  roleOf(row: number): RouterRole {
    return this.configOf(row).virtualRouter === "" ? "none" : (this.members.get(row)?.role ?? "none");
  }

  /** It has come up, as a backup that waits for a master; `warm`: as if the best of them had long been it. */
  start(row: number, warm: boolean): void {
    if (this.configOf(row).virtualRouter === "") return;
    if (warm && this.best(row) === row) this.lead(row, false);
    else this.follow(row, this.downUs(row));
  }

  /** It is gone; if it says so (`cleanly`), the others need not wait. */
  stop(row: number, cleanly: boolean): void {
    const member = this.members.get(row);
    if (member === undefined) return;
    if (cleanly && member.role === "master") this.advertise(row, 0);
    member.role = "none";
    member.serial++;
  }

  /** Its settings are others: it begins anew, but who leads goes on. */
  configure(row: number): void {
    const { virtualRouter } = this.configOf(row);
    const role = this.members.get(row)?.role ?? "none";
    if (virtualRouter === "") return this.stop(row, true);
    if (this.run.entities.effective[row] === presence.open && role !== "master") this.follow(row, this.downUs(row));
  }

  /** The master of its virtual router in a piece of the network; −1: there is none, or it belongs to no virtual router. */
  masterIn(row: number, island: number): number {
    if (this.configOf(row).virtualRouter === "") return -1;
    return this.group(row).find((other) => this.run.entities.island[other] === island && this.roleOf(other) === "master") ?? -1;
  }

  /** When a backup will take the address over from a master that is heard no more; undefined: it is not the one that does. */
  takesOver(row: number, master: number, fault: Fault): Window | undefined {
    if (this.roleOf(row) !== "backup" || this.roleOf(master) !== "master" || isOfAnswers(fault)) return undefined;
    if (this.masterIn(row, this.run.entities.island[row]!) !== master || this.nextTo(master) !== row) return undefined;
    const lastUs = fault === "cut-off" ? 0 : wireUs;
    return [this.downUs(row) - this.advertUs(master) + lastUs, this.downUs(row) + lastUs];
  }

  /** Of the backups that hear a master, the one that waits the shortest. */
  private nextTo(master: number): number {
    const { entities, predictions } = this.run;
    const hears = (one: number) => entities.island[one] === entities.island[master] && !predictions.sharesFault(one);
    const backups = this.group(master).filter((one) => this.roleOf(one) === "backup" && hears(one));
    return backups.reduce((next, one) => (this.downUs(one) < this.downUs(next) ? one : next), backups[0] ?? -1);
  }

  private follow(row: number, waitUs: number): void {
    const member = this.of(row);
    member.role = "backup";
    member.serial++;
    this.run.kernel.after(waitUs, priority.timer, code.masterDown, row, member.serial, 0);
    this.run.touch(row);
  }

  private lead(row: number, isTold: boolean): void {
    const member = this.of(row);
    member.role = "master";
    member.serial++;
    const before = this.holder(row);
    const isPreempting = this.outranks(row, before);
    this.announce(row);
    if (isTold) this.run.note("took-address", row, before, isPreempting ? 1 : 0);
    this.advertise(row, this.configOf(row).routerPriority);
    this.advertiseLater(row, member);
    this.run.touch(row);
  }

  /** A gratuitous ARP: whoever sends to the address reaches this one from now on. */
  private announce(row: number): void {
    const { addresses, entities } = this.run;
    const first = this.first(row);
    const address = entities.address[first]! > 0 ? entities.address[first]! : entities.lostAddress[first]!;
    if (address > 0) addresses.holder[address - 1] = row + 1;
    this.run.upstreams.version++;
  }

  /** It has heard the master all the time, and goes before it. */
  private outranks(row: number, master: number): boolean {
    const { entities } = this.run;
    const isHeard = entities.effective[master] === presence.open && entities.island[master] === entities.island[row];
    return isHeard && this.configOf(master).routerPriority < this.configOf(row).routerPriority;
  }

  private due(row: number, serial: number): void {
    const member = this.members.get(row);
    if (member?.serial !== serial || this.run.entities.effective[row] !== presence.open) return;
    this.run.kernel.cause = -1;
    this.advertise(row, this.configOf(row).routerPriority);
    this.advertiseLater(row, member);
  }

  private missed(row: number, serial: number): void {
    if (this.members.get(row)?.serial !== serial || this.run.entities.effective[row] !== presence.open) return;
    this.run.kernel.cause = Math.max(-1, this.run.entities.lastLife[this.holder(row)]! - 1);
    this.lead(row, true);
  }

  private hear(row: number, from: number, heard: number): void {
    const { entities } = this.run;
    const { preempt, routerPriority } = this.configOf(row);
    const isLost = entities.effective[row] !== presence.open || entities.island[row] !== entities.island[from];
    const member = this.members.get(row);
    if (isLost || member === undefined || member.role === "none") return;
    if (member.role === "backup") {
      if (heard === 0) this.follow(row, this.skewUs(row));
      else if (!preempt || heard >= routerPriority) this.follow(row, this.downUs(row));
      return;
    }
    if (heard > routerPriority || (heard === routerPriority && from < row)) {
      this.follow(row, this.downUs(row));
      this.announce(from);
    } else this.advertise(row, routerPriority);
  }

  private advertise(row: number, how: number): void {
    for (const other of this.group(row)) if (other !== row) this.run.kernel.after(wireUs, priority.arrival, code.advert, other, row, how);
  }

  private advertiseLater(row: number, { serial }: Member): void {
    this.run.kernel.after(this.advertUs(row), priority.timer, code.advertDue, row, serial, 0);
  }

  /** All of its name, in the order in which they were drawn. */
  private group(row: number): number[] {
    const { virtualRouter } = this.configOf(row);
    const { order, nodes } = this.run.world;
    return order.filter((other) => nodes[other]?.settings["virtualRouter"] === virtualRouter);
  }

  private first(row: number): number {
    return this.group(row)[0] ?? row;
  }

  /** The one with the highest priority, the first of equals, of those that are there. */
  private best(row: number): number {
    return this.group(row).reduce((best, one) => (this.configOf(one).routerPriority > this.configOf(best).routerPriority ? one : best));
  }

  private holder(row: number): number {
    const { addresses, entities } = this.run;
    const address = entities.address[this.first(row)]! - 1;
    const holder = address < 0 ? -1 : addresses.holder[address]! - 1;
    return holder < 0 ? row : holder;
  }

  private advertUs(row: number): number {
    return Math.round(this.configOf(row).advertMs * 1000);
  }

  /** RFC 5798 §6.1: `Skew_Time`; the higher the priority, the shorter it is. */
  private skewUs(row: number): number {
    return Math.round(((priorities - this.configOf(row).routerPriority) * this.advertUs(row)) / priorities);
  }

  private downUs(row: number): number {
    return missedMax * this.advertUs(row) + this.skewUs(row);
  }

  private of(row: number): Member {
    let member = this.members.get(row);
    if (member === undefined) this.members.set(row, (member = { role: "none", serial: 0 }));
    return member;
  }

  save(): unknown {
    return copyOfRecords(this.members);
  }

  load(saved: unknown): void {
    this.members = copyOfRecords(saved as ReadonlyMap<number, Member>);
  }
}
