import { hashString } from "../../base/random.ts";
import { presence } from "../../engine/entities.ts";
import type { Hosting } from "../../engine/hosting.ts";
import { whatNumber } from "../../engine/journal.ts";
import { makeTable } from "../../engine/kernel/table.ts";
import { lease } from "../../engine/machines/lease.ts";
import { code } from "../../engine/protocol.ts";
import type { Run } from "../../engine/run.ts";
import type { LinkConfig } from "../../engine/world.ts";
import type { settings } from "./declaration.ts";

export type RegistrySettings = (typeof settings)["defaults"];

/** The entries of all registries: one lease an instance, link and incarnation; whoever watches is told of changes. */
export class Leases {
  readonly table;
  readonly life: Hosting;
  readonly held: number;
  private readonly run: Run;

  constructor(run: Run) {
    this.run = run;
    this.table = run.keep(
      makeTable({
        state: "i32",
        registry: "i32",
        link: "i32",
        entity: "i32",
        address: "i32",
        service: "u32",
        sinceUs: "f64",
        renewedUs: "f64",
      }),
    );
    this.life = run.host(lease, {
      column: this.table,
      delayUs: (row) => this.ttlUs(this.table.registry[row]!),
      effects: {
        registered: (row) => this.changed(row, "registered"),
        withdrawn: (row) => this.changed(row, "withdrawn"),
        expired: (row) => this.expired(row),
      },
      onChange: (row) => {
        this.table.sinceUs[row] = run.kernel.nowUs;
        run.touch(this.table.registry[row]!);
      },
    });
    this.held = this.life.machine.stateOf("held");
    run.receive(code.renew, (registry, link, address) => this.renew(registry, link, address));
    run.receive(code.withdraw, (registry, link, address) => this.withdraw(registry, link, address));
    run.receive(code.look, (registry, link, generation) => this.look(registry, link, generation));
  }

  settingsOf(registry: number): RegistrySettings {
    return this.run.node(registry).settings as unknown as RegistrySettings;
  }

  ttlUs(registry: number): number {
    return Math.round(this.settingsOf(registry).ttlMs * 1000);
  }

  /** The addresses of a service's instances whose leases are held, in the order in which they registered. */
  instancesOf(registry: number, service: string): number[] {
    const wanted = hashString(service);
    return this.heldAt(registry)
      .filter((row) => this.table.service[row] === wanted)
      .map((row) => this.table.address[row]!);
  }

  *rowsAt(registry: number): Iterable<number> {
    for (let row = 0; row < this.table.length; row++) if (this.table.registry[row] === registry) yield row;
  }

  heldAt(registry: number): number[] {
    return [...this.rowsAt(registry)].filter((row) => this.table.state[row] === this.held);
  }

  lookupsAt(registry: number): readonly LinkConfig[] {
    return this.run.world.nodes[registry]?.incoming.filter((link) => link.role === "discover" || link.role === "source") ?? [];
  }

  /** Takes on an instance as if it had long been registered. */
  adopt(registry: number, link: LinkConfig, address: number): void {
    const row = this.find(registry, link.row, address);
    this.run.links.lease[link.row] = row + 1;
    this.life.place(row, "held");
    this.life.delays.start(row, this.ttlUs(registry));
  }

  serviceOf(entity: number): string {
    return (this.run.world.nodes[entity]?.settings as { service?: string } | undefined)?.service ?? "";
  }

  private renew(registry: number, linkRow: number, address: number): void {
    const { links, kernel } = this.run;
    if (!this.isHeard(registry, linkRow, address)) return;
    const newest = links.lease[linkRow]! - 1;
    const isNewest = newest >= 0 && this.table.address[newest] === address && this.table.registry[newest] === registry;
    const row = isNewest ? newest : this.find(registry, linkRow, address);
    links.lease[linkRow] = row + 1;
    this.table.renewedUs[row] = kernel.nowUs;
    this.rename(row);
    this.life.send(row, this.life.machine.eventOf(this.table.state[row] === this.held ? "RENEW" : "REGISTER"));
  }

  private withdraw(registry: number, linkRow: number, address: number): void {
    if (this.isHeard(registry, linkRow, address))
      this.life.send(this.find(registry, linkRow, address), this.life.machine.eventOf("WITHDRAW"));
  }

  private look(registry: number, linkRow: number, generation: number): void {
    const { links, world, discovery } = this.run;
    const link = world.links[linkRow];
    if (link === undefined || links.generation[linkRow] !== generation || !discovery.reaches(link, link.from, registry)) return;
    links.watching[linkRow] = this.settingsOf(registry).consumers === "watch" ? 1 : 0;
    discovery.tell(link, this.instancesOf(registry, serviceWantedBy(link)), false);
  }

  private isHeard(registry: number, linkRow: number, address: number): boolean {
    const link = this.run.world.links[linkRow];
    return link !== undefined && address >= 0 && this.run.discovery.reaches(link, link.from, registry);
  }

  /** An entry has come or gone: it is written down, and whoever watches is told. */
  private changed(row: number, what: "registered" | "withdrawn" | "expired"): void {
    const { journal, addresses } = this.run;
    const incarnation = addresses.incarnation[this.table.address[row]!]!;
    journal.write(whatNumber[what], this.table.registry[row]!, this.table.entity[row]!, -1, incarnation, 0, 0);
    this.tellWatchers(this.table.registry[row]!, this.table.service[row]!);
  }

  private expired(row: number): void {
    // Silence: its cause is the last that was heard of the silent one.
    const last = this.run.network.lastWord(this.table.address[row]!, -1);
    if (last > 0) this.run.kernel.cause = last - 1;
    this.changed(row, "expired");
  }

  private tellWatchers(registry: number, service: number): void {
    const { kernel, entities, links, discovery } = this.run;
    if (this.settingsOf(registry).consumers !== "watch" || entities.effective[registry] !== presence.open) return;
    const cause = kernel.cause;
    for (const link of this.lookupsAt(registry)) {
      const wanted = serviceWantedBy(link);
      if (links.watching[link.row] === 0 || hashString(wanted) !== service) continue;
      kernel.cause = cause;
      discovery.tell(link, this.instancesOf(registry, wanted), true);
    }
    kernel.cause = cause;
  }

  /** It registers under the name that it has now. */
  private rename(row: number): void {
    const before = this.table.service[row]!;
    const now = hashString(this.serviceOf(this.table.entity[row]!));
    if (before === now) return;
    this.table.service[row] = now;
    if (this.table.state[row] !== this.held) return;
    this.tellWatchers(this.table.registry[row]!, before);
    this.tellWatchers(this.table.registry[row]!, now);
  }

  private find(registry: number, link: number, address: number): number {
    const { table } = this;
    for (const row of this.rowsAt(registry)) if (table.address[row] === address && table.link[row] === link) return row;
    const row = table.add();
    table.registry[row] = registry;
    table.link[row] = link;
    table.address[row] = address;
    table.entity[row] = this.run.addresses.owner[address]!;
    table.service[row] = hashString(this.serviceOf(table.entity[row]!));
    return row;
  }
}

function serviceWantedBy(link: LinkConfig): string {
  return (link.settings as unknown as { service: string }).service;
}
