import { formatAddress, presence } from "./entities.ts";
import { makeTable, type Checkpointed } from "./kernel/table.ts";
import type { Run } from "./run.ts";
import type { LinkConfig } from "./world.ts";

/** Who has which address: given when a thing is created, left when it is gone, and never handed out twice. */
export class Addressing implements Checkpointed {
  private readonly run: Run;
  private readonly counts = makeTable({ ranges: "i32", serial: "i32" }, 1);

  constructor(run: Run) {
    this.run = run;
    this.counts.add();
  }

  /** A range of its own, for a machine. */
  newRange(): number {
    return ++this.counts.ranges[0]!;
  }

  /** Gives a thing a new address in the range of its machine (or of the network), and lets it answer there. */
  give(row: number, port: number): void {
    const { addresses, entities } = this.run;
    const machine = entities.parent[row]! - 1;
    const ranged = machine >= 0 && entities.range[machine]! > 0;
    const address = addresses.add();
    addresses.owner[address] = row;
    addresses.incarnation[address] = entities.incarnation[row]!;
    addresses.holder[address] = row + 1;
    addresses.machine[address] = ranged ? machine + 1 : 0;
    addresses.range[address] = ranged ? entities.range[machine]! : 0;
    addresses.serial[address] = ranged ? ++entities.serial[machine]! + 1 : ++this.counts.serial[0]! + 1;
    addresses.port[address] = port;
    entities.address[row] = address + 1;
    for (const link of this.run.node(row).incoming) {
      this.tellOutdated(link);
      this.capture(link);
    }
  }

  /** Gives a thing its machine's own address, with a port: the one that it has left, if that is still the same. */
  giveAt(row: number, machine: number, port: number): void {
    const { addresses, entities } = this.run;
    if (entities.address[row] !== 0) this.leave(row);
    const lost = entities.lostAddress[row]! - 1;
    const isSame = lost >= 0 && addresses.range[lost] === entities.range[machine] && addresses.port[lost] === port;
    const address = isSame ? lost : addresses.add();
    addresses.owner[address] = row;
    addresses.incarnation[address] = entities.incarnation[row]!;
    addresses.holder[address] = row + 1;
    addresses.machine[address] = machine + 1;
    addresses.range[address] = entities.range[machine]!;
    addresses.serial[address] = 1;
    addresses.port[address] = port;
    entities.address[row] = address + 1;
    for (const link of this.run.node(row).incoming) {
      this.tellOutdated(link);
      this.capture(link);
    }
  }

  /** A caller by fixed address that has none yet takes the one that its target has now. */
  capture(link: LinkConfig): void {
    const { links, entities } = this.run;
    if (links.address[link.row] !== 0 || entities.address[link.to] === 0 || !("finds" in link.settings)) return;
    links.address[link.row] = entities.address[link.to]!;
    this.run.of(link.from).addressed?.(link.from, link);
  }

  /** A balancer's configuration still has the address that its target had. Callers find out when they call. */
  private tellOutdated({ row, from, to, role, settings }: LinkConfig): void {
    const held = this.run.links.address[row]!;
    const isFixed = role === "forward" && (settings as { finds?: string }).finds === "address";
    if (isFixed && held !== 0 && held !== this.run.entities.address[to] && this.run.entities.effective[from] === presence.open)
      this.run.note("stale", from, to);
  }

  /** The thing is gone from its address, which is never handed out again. */
  leave(row: number): void {
    const address = this.run.entities.address[row]! - 1;
    if (address < 0) return;
    this.run.addresses.holder[address] = 0;
    this.run.addresses.lastLife[address] = this.run.entities.lastLife[row]!;
    this.run.entities.address[row] = 0;
    this.run.entities.lostAddress[row] = address + 1;
  }

  /** A thing that comes back as what it was takes the address that it had left. */
  takeAgain(row: number): void {
    const { addresses, entities } = this.run;
    const address = entities.lostAddress[row]! - 1;
    if (address < 0) return;
    addresses.holder[address] = row + 1;
    entities.address[row] = address + 1;
    for (const link of this.run.node(row).incoming) this.capture(link);
  }

  show(address: number): string {
    const { range, serial, port, owner } = this.run.addresses;
    const { path } = (this.run.world.nodes[owner[address]!]?.settings ?? {}) as { readonly path?: string };
    return formatAddress(range[address]!, serial[address]!, port[address]!) + (path === undefined ? "" : `/${path}`);
  }

  save(): unknown {
    return this.counts.save();
  }

  load(saved: unknown): void {
    this.counts.load(saved);
  }
}
