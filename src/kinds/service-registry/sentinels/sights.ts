import { uniform } from "../../../base/random.ts";
import { presence } from "../../../engine/entities.ts";
import { hop } from "../../../engine/feed.ts";
import { priority } from "../../../engine/kernel/kernel.ts";
import { makeTable } from "../../../engine/kernel/table.ts";
import { code } from "../../../engine/protocol.ts";
import type { Run } from "../../../engine/run.ts";
import type { Leases } from "../leases.ts";
import type { WatchRules } from "../systems/system.ts";
import type { Replication } from "./replication.ts";
import { pingUs } from "./timing.ts";

/** By entry of the directory (`entries.ts`). */
const columns = {
  /** When the PING was sent that has no answer yet; 0: none is under way. */
  unansweredUs: "f64",
  pingedUs: "f64",
  pongUs: "f64",
  /** Its end of the connection was closed; tried anew every second. */
  isClosed: "u8",
  triedUs: "f64",
  infoUs: "f64",
  askedInfoUs: "f64",
  /** As its last INFO has it: the address of its master (+ 1; 0: it says that it is one), its offset, whether it is connected. */
  source: "i32",
  offset: "i32",
  isLinked: "u8",
  /** Since when it says so. */
  sinceUs: "f64",
  /** Told to follow the new master: 1; does so: 2. */
  reconfigured: "u8",
  toldUs: "f64",
} as const;

/** It has not said yet whose replica it is. */
const unknown = -1;

/** What a sentinel says to an instance. Above: an address (`order` + 1 + address) that it is to replicate from. */
const says = { ping: 0, info: 1, order: 2 } as const;

export interface SightsUsers {
  /** An instance's INFO has come. */
  informed(row: number): void;
  /** An order has reached an instance, which does it. */
  ordered(row: number, source: number): void;
}

/** What one sentinel sees of one instance: it pings it every second, and asks it what it is (INFO). */
export class Sights {
  readonly table = makeTable(columns);
  private readonly run: Run;
  private readonly leases: Leases;
  private readonly replication: Replication;
  private readonly users: SightsUsers;

  constructor(run: Run, leases: Leases, replication: Replication, users: SightsUsers) {
    this.run = run;
    this.leases = leases;
    this.replication = replication;
    this.users = users;
    run.keep(this.table);
    run.receive(code.sentinelAsks, (_, row, what) => this.arrive(row, what));
    run.receive(code.sentinelHears, (_, row, what) => this.hear(row, what));
  }

  /** A new connection to it. `warm`: as if it had long been looked at. */
  begin(row: number, warm: boolean, infoUs: number): void {
    const { table, run } = this;
    while (table.length <= row) table.add();
    table.clear(row);
    const luck = run.luckOf(this.leases.table.registry[row]!, `sight ${run.world.nodeIds[this.leases.table.entity[row]!]!}`);
    const { nowUs } = run.kernel;
    table.pongUs[row] = warm ? nowUs - uniform(luck, 0) * pingUs : nowUs;
    table.infoUs[row] = warm ? nowUs - uniform(luck, 1) * infoUs : -infoUs;
    table.askedInfoUs[row] = table.infoUs[row]!;
    table.pingedUs[row] = table.pongUs[row]!;
    table.triedUs[row] = -pingUs;
    table.source[row] = unknown;
    if (warm) this.read(row);
  }

  /** With each tick: an unanswered PING waits for its answer; a closed connection is tried anew. */
  look(row: number, downAfterUs: number, infoEveryUs: number): void {
    const { table } = this;
    const { nowUs } = this.run.kernel;
    if (this.meets(row) === presence.refuse) table.isClosed[row] = 1;
    if (table.isClosed[row] === 1) return this.reconnect(row);
    if (nowUs - Math.max(table.infoUs[row]!, table.askedInfoUs[row]!) > infoEveryUs) {
      table.askedInfoUs[row] = nowUs;
      this.say(row, says.info);
    }
    const everyUs = Math.min(downAfterUs, pingUs);
    if (nowUs - table.pongUs[row]! > everyUs && nowUs - table.pingedUs[row]! > everyUs / 2) this.ping(row);
  }

  isSilentFor(row: number, spanUs: number): boolean {
    const sinceUs = this.table.unansweredUs[row]!;
    return sinceUs !== 0 && this.run.kernel.nowUs - sinceUs > spanUs;
  }

  /** When it will be down, if it does not answer; null: it does. */
  downUs(row: number, { downAfterUs }: WatchRules): number | null {
    const sinceUs = this.table.unansweredUs[row]!;
    const isOverdue = sinceUs !== 0 && this.run.kernel.nowUs - sinceUs > 2 * this.leases.wires.latencyUs(row);
    return isOverdue ? sinceUs + downAfterUs : null;
  }

  isConnected(row: number): boolean {
    return this.table.isClosed[row] === 0;
  }

  /** SLAVEOF an address, or (−1) NO ONE. */
  order(row: number, source: number): void {
    this.say(row, says.order + 1 + source);
  }

  private reconnect(row: number): void {
    const { table } = this;
    const { nowUs } = this.run.kernel;
    if (nowUs - table.triedUs[row]! < pingUs) return;
    table.triedUs[row] = nowUs;
    if (this.meets(row) !== presence.refuse) table.isClosed[row] = 0;
    this.ping(row);
  }

  private ping(row: number): void {
    const { table } = this;
    table.pingedUs[row] = this.run.kernel.nowUs;
    if (table.unansweredUs[row] === 0) table.unansweredUs[row] = this.run.kernel.nowUs;
    this.say(row, says.ping);
  }

  private say(row: number, what: number): void {
    const { kernel, feed } = this.run;
    const { registry, entity } = this.leases.table;
    const latencyUs = this.leases.wires.latencyUs(row);
    kernel.after(latencyUs, priority.arrival, code.sentinelAsks, registry[row]!, row, what);
    const drawn = what >= says.order ? hop.tell : hop.probe;
    if (feed.on)
      feed.hop(kernel.nowUs, kernel.nowUs + latencyUs, registry[row]!, entity[row]!, this.leases.wires.drawn(row), drawn, -1, -1);
  }

  /** How it is met now: open, refusing, or silent, also where the wire to it is cut. */
  private meets(row: number): number {
    const { registry, address } = this.leases.table;
    return this.leases.wires.isWhole(row) ? this.run.network.meets(address[row]!, registry[row]!) : presence.silent;
  }

  private arrive(row: number, what: number): void {
    const { kernel } = this.run;
    if (this.meets(row) !== presence.open) return;
    if (what >= says.order) return this.users.ordered(row, what - says.order - 1);
    if (what === says.info) this.read(row);
    kernel.after(this.leases.wires.latencyUs(row), priority.completion, code.sentinelHears, this.leases.table.registry[row]!, row, what);
  }

  /** What an instance says of itself. */
  private read(row: number): void {
    const { table, replication } = this;
    const address = this.leases.table.address[row]!;
    if (!replication.isTold(address)) return;
    const source = replication.sourceOf(address) + 1;
    if (table.source[row] !== source) table.sinceUs[row] = this.run.kernel.nowUs;
    table.source[row] = source;
    table.offset[row] = replication.offsetOf(address);
    table.isLinked[row] = replication.isLinked(address) ? 1 : 0;
  }

  private hear(row: number, what: number): void {
    const { table, run } = this;
    const sentinel = this.leases.table.registry[row]!;
    if (run.entities.effective[sentinel] !== presence.open || this.meets(row) !== presence.open) return;
    if (what === says.ping) {
      table.pongUs[row] = run.kernel.nowUs;
      table.unansweredUs[row] = 0;
      return;
    }
    table.infoUs[row] = run.kernel.nowUs;
    this.users.informed(row);
  }
}
