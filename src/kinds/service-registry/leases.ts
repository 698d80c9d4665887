import { hashString, uniform } from "../../base/random.ts";
import { presence } from "../../engine/entities.ts";
import type { Hosting } from "../../engine/hosting.ts";
import { whatNumber } from "../../engine/journal.ts";
import { lease } from "../../engine/machines/lease.ts";
import { code } from "../../engine/protocol.ts";
import type { Run } from "../../engine/run.ts";
import type { LinkConfig } from "../../engine/world.ts";
import type { RegistrySettings } from "./declaration.ts";
import { said, type Said } from "./members/answers.ts";
import type { EntryWrite } from "./members/writes.ts";
import type { Down, LeaseUsers } from "./lease-users.ts";
import { EntryWires } from "./entry-wires.ts";
import { makeEntries, RegistryStates, type Entries } from "./entries.ts";
import { metaOf, type Registration } from "./metadata.ts";
import type { Clock, RegistrySystem } from "./systems/system.ts";
import { systemOf } from "./systems/systems.ts";

type LeaseEvent = "REGISTER" | "RENEW" | "FORGET" | "LIST" | EntryEvent;
/** What befalls an entry that several members may have to agree on. */
type EntryEvent = Exclude<EntryWrite, "ENTER">;
export type Change = "registered" | "withdrawn" | "expired" | "passing" | "warning" | "deregistered" | "replaced" | Down;

/** An ended entry is kept (and shown) this long, so that one sees it go; after that its row may be used again. */
export const shownUs = 30_000_000;

/** The entries of all registries and what befalls them: they come in, are renewed, lapse, and are removed. */
export class Leases {
  readonly table: Entries;
  readonly states: RegistryStates;
  readonly life: Hosting;
  readonly wires: EntryWires;
  private readonly run: Run;
  private readonly users: LeaseUsers;

  constructor(run: Run, users: LeaseUsers) {
    this.run = run;
    this.users = users;
    this.table = run.keep(makeEntries());
    this.states = run.keep(new RegistryStates());
    this.wires = new EntryWires(run, this.table);
    this.life = run.host(lease, {
      column: this.table,
      delayUs: (row, delay) => this.delayUs(row, delay),
      effects: {
        registered: (row) => this.changed(row, "registered"),
        withdrawn: (row) => this.gone(row, "withdrawn"),
        expired: (row) => this.silent(row, "expired"),
        deregistered: (row) => this.silent(row, "deregistered"),
        passed: (row) => this.changed(row, "passing"),
        warned: (row) => this.changed(row, "warning"),
        failed: (row) => this.silent(row, users.downIs(row)),
      },
      mayEnd: (row) => this.mayEnd(row),
      onChange: (row) => {
        this.table.sinceUs[row] = run.kernel.nowUs;
        run.touch(this.table.registry[row]!);
      },
    });
    run.receive(code.renew, (registry, link, address) => this.heard(registry, said.renews, link, address));
    run.receive(code.withdraw, (registry, link, address) => this.heard(registry, said.withdraws, link, address));
    run.receive(code.closed, (registry, link, address) => this.heard(registry, said.closed, link, address));
  }

  settingsOf(registry: number): RegistrySettings {
    return this.run.node(registry).settings as unknown as RegistrySettings;
  }

  systemOf(registry: number): RegistrySystem {
    return systemOf(this.settingsOf(registry));
  }

  clockOf(row: number): Clock {
    const registry = this.table.registry[row]!;
    return {
      nowUs: this.run.kernel.nowUs,
      bornUs: this.run.entities.sinceUs[registry]!,
      registeredUs: this.table.registeredUs[row]!,
      phase: uniform(this.run.luckOf(registry, "ticks"), 0),
    };
  }

  isHeld(row: number): boolean {
    return this.life.is(row, "held");
  }

  /** Whether it stands in the catalogue, well or not. */
  isListed(row: number): boolean {
    return !this.life.is(row, "absent") && !this.life.is(row, "expired");
  }

  /** Whether consumers who ask for healthy ones may have it. */
  isWell(row: number): boolean {
    return this.isHeld(row) || this.life.is(row, "passing");
  }

  *rowsAt(registry: number): Iterable<number> {
    for (let row = 0; row < this.table.length; row++) if (this.table.registry[row] === registry) yield row;
  }

  /** The catalogue, in the order in which the entries were made. */
  listedAt(registry: number): number[] {
    const { serial } = this.table;
    return [...this.rowsAt(registry)].filter((row) => this.isListed(row)).sort((a, b) => serial[a]! - serial[b]!);
  }

  registrationOf(row: number): Registration | null {
    const link = this.run.world.links[this.table.link[row]!];
    return link?.role === "register" ? (link.settings as unknown as Registration) : null;
  }

  /** On which an entry's instance stands; −1: on none. */
  machineOf(row: number): number {
    return this.run.addresses.machine[this.table.address[row]!]! - 1;
  }

  serviceOf(entity: number): string {
    return (this.run.world.nodes[entity]?.settings as { service?: string } | undefined)?.service ?? "";
  }

  send(row: number, event: LeaseEvent): boolean {
    return this.life.send(row, this.life.machine.eventOf(event));
  }

  /** Takes on an instance as if it had long been registered. */
  adopt(registry: number, link: LinkConfig, address: number): void {
    const row = this.find(registry, link.row, address);
    const system = this.systemOf(registry);
    this.run.links.lease[link.row] = row + 1;
    this.table.renewals[row] = 1;
    this.table.isCached[row] = 1;
    this.life.place(row, system.entry === "lease" ? "held" : "passing");
    if (this.keepsTime(registry)) this.startLapse(row);
    this.users.entered(row, true);
  }

  /** The registry is up (again): the time of all entries begins anew (etcd, measured). */
  restart(registry: number): void {
    const system = this.systemOf(registry);
    for (const row of this.listedAt(registry)) {
      if (this.life.is(row, "critical")) this.start(row, system.reapUs(this.settingsOf(registry), this.clockOf(row)));
      else this.startLapse(row, system.graceUs(this.settingsOf(registry)));
      this.users.entered(row, false);
    }
  }

  /** The registry is down: nothing expires; what it kept in memory alone is gone. */
  halt(registry: number): void {
    const { remembers } = this.systemOf(registry);
    for (const row of this.rowsAt(registry)) {
      this.life.delays.stop(row);
      this.table.generation[row]!++;
      if (!remembers && this.isListed(row)) this.send(row, "FORGET");
    }
  }

  /** The registry is no more, or goes by other rules: nothing of it stays. */
  drop(registry: number): void {
    for (const row of this.rowsAt(registry)) {
      this.life.place(row, "absent");
      this.table.generation[row]!++;
    }
  }

  keepsTime(registry: number): boolean {
    return this.users.keepsTime(registry);
  }

  isReady(registry: number): boolean {
    return this.run.entities.effective[registry] === presence.open && this.states.table.isReady[registry] === 1;
  }

  /** The settings of its registry, as they are for this entry. */
  settingsFor(row: number): RegistrySettings {
    return this.settingsAsked(this.table.registry[row]!, this.registrationOf(row)?.asksTtlMs ?? 0);
  }

  /** The settings of a registry for an instance that asks for a time of its own; 0: it asks for none. */
  settingsAsked(registry: number, askedMs: number): RegistrySettings {
    const settings = this.settingsOf(registry);
    return askedMs === 0 ? settings : { ...settings, ttlMs: askedMs, sessionMs: askedMs };
  }

  private startLapse(row: number, graceUs = 0): void {
    const registry = this.table.registry[row]!;
    this.start(row, this.systemOf(registry).lapseUs(this.settingsFor(row), this.clockOf(row)) + graceUs);
  }

  private start(row: number, lengthUs: number): void {
    if (lengthUs === Infinity) this.life.delays.stop(row);
    else this.life.delays.start(row, lengthUs);
  }

  private delayUs(row: number, delay: string): number {
    const registry = this.table.registry[row]!;
    const system = this.systemOf(registry);
    const length = delay === "reap" ? system.reapUs : system.lapseUs;
    return length(this.settingsFor(row), this.clockOf(row));
  }

  /** What an instance says over the wire. */
  private heard(registry: number, what: Said, linkRow: number, address: number): void {
    if (!this.isHeard(registry, linkRow, address)) return this.users.unheard(registry, linkRow);
    if (this.users.isTaken(registry, what, linkRow, address)) return;
    if (this.states.table.isReady[registry] === 1) this.hear(registry, what, linkRow, address);
  }

  /** What an instance says, to whomever it was said. */
  hear(registry: number, what: Said, linkRow: number, address: number): void {
    if (what === said.renews) return this.renew(registry, linkRow, address);
    const row = this.find(registry, linkRow, address);
    if (what === said.withdraws) return this.befall(row, "WITHDRAW");
    // The instance's machine has closed its connection: that ends a connection's lease, and means nothing to any other.
    if (this.systemOf(registry).hearsClosing && this.isListed(row)) this.befall(row, "EVICT");
  }

  /** What the members of a registry have agreed on takes effect at one of them. */
  agreed(registry: number, what: EntryWrite, linkRow: number, address: number): void {
    const row = this.find(registry, linkRow, address);
    if (what !== "ENTER") this.send(row, what);
    else {
      this.rename(row);
      if (!this.isListed(row)) this.enter(row);
    }
    if (!this.keepsTime(registry)) this.life.delays.stop(row);
  }

  /** It does at once where nobody else is to be asked, and where nothing but its time changes. */
  befall(row: number, what: EntryEvent): void {
    const { machine } = this.life;
    const state = this.table.state[row]!;
    const isTimeOnly = machine.next(state, machine.eventOf(what)) === state;
    if (isTimeOnly || !this.users.isProposed(row, what)) this.send(row, what);
  }

  /** An entry's time is over: of several members the leader alone counts, and has the others agree. */
  private mayEnd(row: number): boolean {
    if (!this.keepsTime(this.table.registry[row]!)) return false;
    const what = this.life.is(row, "held") ? "EVICT" : this.life.is(row, "critical") ? "REAP" : "FAIL";
    return !this.users.isProposed(row, what);
  }

  private renew(registry: number, linkRow: number, address: number): void {
    const row = this.newest(registry, linkRow, address);
    const isNew = !this.isListed(row);
    this.table.renewedUs[row] = this.run.kernel.nowUs;
    const isProposed = (isNew || this.saysOther(row)) && this.users.isProposed(row, "ENTER");
    if (!isProposed) this.rename(row);
    if (isNew && !isProposed) this.enter(row);
    if (!isNew) {
      this.table.renewals[row]!++;
      this.users.renewed(row);
      this.renewed(row);
    }
  }

  /** What a renewal means: of a lease, more time; of a status, that the instance says that it is well. */
  private renewed(row: number): void {
    const registry = this.table.registry[row]!;
    const system = this.systemOf(registry);
    if (system.entry === "lease") this.send(row, "RENEW");
    else if (system.checks === undefined) this.befall(row, this.registrationOf(row)?.says === "warning" ? "WARN" : "PASS");
  }

  private enter(row: number): void {
    const { table, run } = this;
    const registry = table.registry[row]!;
    const system = this.systemOf(registry);
    table.registeredUs[row] = run.kernel.nowUs;
    table.serial[row] = ++this.states.table.serial[registry]!;
    table.renewals[row] = 0;
    const before = this.replacedBy(row);
    if (system.entry === "lease") this.send(row, "REGISTER");
    else {
      this.send(row, "LIST");
      // Consul: the same id again keeps the status that it had ([M] reregister_same_id_other_port).
      const carried = before >= 0 && this.registrationOf(row)?.identity === "same" && this.table.agentSays[before] === 1;
      if (carried || system.begins(this.settingsOf(registry)) === "passing") this.send(row, "PASS");
    }
    this.users.entered(row, false);
  }

  /** An instance that registers under the same id takes the place of the one before it. */
  private replacedBy(row: number): number {
    const { table } = this;
    const registry = table.registry[row]!;
    if (!this.systemOf(registry).replaces && this.registrationOf(row)?.identity !== "same") return -1;
    let found = -1;
    for (const other of this.listedAt(registry)) {
      if (other === row || table.link[other] !== table.link[row]) continue;
      table.agentSays[other] = this.isWell(other) ? 1 : 0;
      this.life.place(other, "absent");
      this.gone(other, "replaced");
      found = other;
    }
    return found;
  }

  private isHeard(registry: number, linkRow: number, address: number): boolean {
    const link = this.run.world.links[linkRow];
    if (link === undefined || address < 0 || !this.run.members.of(link.to).includes(registry)) return false;
    return this.run.discovery.reaches(link, link.from, registry);
  }

  /** An entry has come, gone, or is better or worse: it is written down, and consumers may learn of it. */
  private changed(row: number, what: Change): void {
    const { journal, addresses, kernel } = this.run;
    const { registry, entity, address, service } = this.table;
    const a = what === "deregistered" ? kernel.nowUs - this.table.renewedUs[row]! : 0;
    journal.write(whatNumber[what], registry[row]!, entity[row]!, -1, addresses.incarnation[address[row]!]!, a, 0);
    this.users.changed(registry[row]!, service[row]!);
  }

  private gone(row: number, what: Change): void {
    this.table.generation[row]!++;
    this.users.left(row);
    this.changed(row, what);
  }

  /** Silence: its cause is the last that was heard of the silent one. */
  private silent(row: number, what: "expired" | "deregistered" | Down): void {
    const last = this.run.network.lastWord(this.table.address[row]!, -1);
    if (last > 0) this.run.kernel.cause = last - 1;
    if (what === "expired" || what === "deregistered") this.gone(row, what);
    else this.changed(row, what);
  }

  private saysOther(row: number): boolean {
    const { service, meta, entity } = this.table;
    return service[row] !== hashString(this.serviceOf(entity[row]!)) || meta[row] !== metaOf(this.registrationOf(row));
  }

  /** It registers under the name, and with the words about itself, that it has now. */
  private rename(row: number): void {
    const { table, users } = this;
    const [serviceBefore, metaBefore] = [table.service[row]!, table.meta[row]!];
    table.service[row] = hashString(this.serviceOf(table.entity[row]!));
    table.meta[row] = metaOf(this.registrationOf(row));
    if (!this.isListed(row)) return;
    const isRenamed = serviceBefore !== table.service[row];
    if (isRenamed) users.changed(table.registry[row]!, serviceBefore);
    if (isRenamed || metaBefore !== table.meta[row]) users.changed(table.registry[row]!, table.service[row]!);
  }

  /** The entry of an instance, if it is in the catalogue; −1: it is not. */
  entryOf(registry: number, linkRow: number, address: number): number {
    for (const row of this.rowsAt(registry))
      if (this.table.address[row] === address && this.table.link[row] === linkRow && this.isListed(row)) return row;
    return -1;
  }

  private newest(registry: number, linkRow: number, address: number): number {
    const { links } = this.run;
    const newest = links.lease[linkRow]! - 1;
    const isNewest =
      newest >= 0 &&
      this.table.address[newest] === address &&
      this.table.registry[newest] === registry &&
      this.table.link[newest] === linkRow;
    const row = isNewest ? newest : this.find(registry, linkRow, address);
    links.lease[linkRow] = row + 1;
    return row;
  }

  private find(registry: number, link: number, address: number): number {
    const { table } = this;
    let free = -1;
    for (const row of this.rowsAt(registry)) {
      if (table.address[row] === address && table.link[row] === link) return row;
      if (free < 0 && this.isForgotten(row)) free = row;
    }
    return this.write(free < 0 ? table.add() : free, registry, link, address);
  }

  /** It ended so long ago that nobody is shown it any more. */
  private isForgotten(row: number): boolean {
    return !this.isListed(row) && this.run.kernel.nowUs > this.table.sinceUs[row]! + shownUs;
  }

  private write(row: number, registry: number, link: number, address: number): number {
    const { table, run } = this;
    const generation = table.generation[row]! + 1;
    for (const name of ["renewals", "isCached", "checkedUs", "results", "fails", "passes", "agentSays", "heardUs", "isSilent"] as const)
      table[name][row] = 0;
    this.life.place(row, "absent");
    table.generation[row] = generation;
    table.registry[row] = registry;
    table.link[row] = link;
    table.address[row] = address;
    table.entity[row] = run.addresses.owner[address]!;
    table.service[row] = hashString(this.serviceOf(table.entity[row]!));
    table.meta[row] = metaOf(this.registrationOf(row));
    table.renewedUs[row] = 0;
    table.registeredUs[row] = run.kernel.nowUs;
    table.serial[row] = ++this.states.table.serial[registry]!;
    return row;
  }
}
