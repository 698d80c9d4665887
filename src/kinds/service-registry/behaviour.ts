import { uniform } from "../../base/random.ts";
import type { Found, Lookup } from "../../engine/discovery.ts";
import { presence } from "../../engine/entities.ts";
import type { Behaviour, Fault, OwnStatus, Renewal } from "../../engine/kind.ts";
import { priority } from "../../engine/kernel/kernel.ts";
import { code } from "../../engine/protocol.ts";
import type { Window } from "../../engine/policies/detection.ts";
import type { Run } from "../../engine/run.ts";
import { Standing } from "../../engine/standing.ts";
import type { ChartDescription, Fact, PartStatus } from "../../engine/status.ts";
import type { LinkConfig, NodeConfig } from "../../engine/world.ts";
import type { RegistrySettings } from "./declaration.ts";
import { Cluster } from "./cluster.ts";
import { Directory } from "./directory.ts";
import { Examinations } from "./examinations.ts";
import { expiryWindow, forgetsWithinUs } from "./expiry-window.ts";
import { Leases } from "./leases.ts";
import type { Down } from "./lease-users.ts";
import type { Registration } from "./metadata.ts";
import { Machines } from "./machines.ts";
import { leaseParts } from "./parts.ts";
import { answerOf, asksForReplicas } from "./sentinels/answers.ts";
import { seen } from "./sentinels/shown.ts";
import { failoverWindow, failoverWithinUs } from "./sentinels/failover-window.ts";
import { readersOf } from "./readers.ts";
import { Sweeps } from "./sweeps.ts";

export function behaviour(run: Run): Behaviour {
  return new ServiceRegistries(run);
}

/** Knows who is there, by the rules of its system, and tells consumers. */
class ServiceRegistries implements Behaviour {
  private readonly run: Run;
  private readonly leases: Leases;
  private readonly directory: Directory;
  private readonly examinations: Examinations;
  private readonly machines: Machines;
  private readonly sweeps: Sweeps;
  private readonly cluster: Cluster;
  private readonly standing: Standing;

  constructor(run: Run) {
    this.run = run;
    this.leases = new Leases(run, {
      entered: (row, warm) => this.entered(row, warm),
      left: (row) => this.sweeps.counted(this.leases.table.registry[row]!, -1),
      renewed: (row) => this.sweeps.renewed(this.leases.table.registry[row]!),
      changed: (registry, service) => this.changed(registry, service),
      isTaken: (registry, what, link, address) => this.cluster.isTaken(registry, what, link, address),
      unheard: (registry, link) => this.cluster.unheard(registry, link),
      isProposed: (row, what) => this.cluster.isProposed(row, what),
      keepsTime: (registry) => this.cluster.keepsTime(registry),
      downIs: (row) => this.downIs(row),
    });
    this.directory = new Directory(run, this.leases, (registry, wanted) =>
      this.cluster.watches(registry) ? answerOf(this.cluster.sentinels, registry, wanted) : null,
    );
    this.examinations = new Examinations(run, this.leases);
    this.machines = new Machines(run, this.leases);
    this.sweeps = new Sweeps(run, this.leases);
    this.cluster = new Cluster(run, this.leases, {
      serves: (row) => this.serves(row),
      leaderless: (row, forLong) => this.leaderless(row, forLong),
      answersChanged: (row, service) => this.directory.changed(row, service),
    });
    this.standing = new Standing(run, { opened: (row) => this.opened(row), gone: (row) => this.gone(row) });
    run.receive(code.comesBack, (registry, _, generation) => this.ready(registry, generation));
  }

  create(row: number, warm: boolean): void {
    this.leases.states.has(row);
    this.standing.create(row, warm);
    this.leases.states.table.isReady[row] = warm ? 1 : 0;
    this.cluster.create(row, warm);
  }

  settle(row: number, warm: boolean): void {
    this.cluster.settle(row, warm);
    if (warm) this.sweeps.begin(row, true);
  }

  configure(row: number, before: NodeConfig): void {
    const { run } = this;
    run.touch(row);
    const old = before.settings as unknown as RegistrySettings;
    const now = this.leases.settingsOf(row);
    if (old.system !== now.system) this.switchSystem(row);
    this.cluster.gather(row);
    const asksOtherwise = old.system !== now.system || old.consumers !== now.consumers;
    for (const link of readersOf(this.run, row)) if (asksOtherwise && run.links.upstream[link.row] !== 0) run.discovery.lost(link);
  }

  /** Another program at the same address: it knows nobody, until they register with it. */
  private switchSystem(row: number): void {
    const { table } = this.leases.states;
    this.leases.drop(row);
    this.cluster.forget(row);
    table.generation[row]!++;
    table.expected[row] = 0;
    table.isMerging[row] = 0;
    for (const link of this.run.node(row).incoming) {
      if (link.role !== "register") continue;
      this.run.links.beating[link.row] = 0;
      this.run.of(link.from).registerAnew?.(link.from);
    }
    if (this.run.entities.effective[row] === presence.open) this.sweeps.begin(row, false);
  }

  remove(row: number): void {
    this.standing.remove(row);
    this.leases.drop(row);
  }

  act(row: number, act: string): boolean {
    return this.standing.act(row, act) ?? false;
  }

  placeUp(row: number): void {
    this.standing.send(row, "PLACE_UP");
  }

  placeDown(row: number): void {
    this.standing.send(row, "PLACE_DOWN");
  }

  adopt(row: number, link: LinkConfig, address: number): void {
    if (this.cluster.watches(row)) return this.cluster.sentinels.adopt(this.fellows(row), link, address);
    for (const member of this.fellows(row)) this.leases.adopt(member, link, address);
    this.cluster.adopted(row, link.row, address);
  }

  fellows(row: number): readonly number[] {
    return this.cluster.fellows(row);
  }

  lookUp(row: number, link: LinkConfig): readonly Found[] {
    return this.directory.answer(row, link);
  }

  lookup(row: number, link: LinkConfig): Lookup {
    return this.directory.lookup(row, link);
  }

  renewal(row: number, link: LinkConfig): Renewal {
    const system = this.leases.systemOf(row);
    const { asksTtlMs } = link.settings as unknown as Registration;
    return { everyUs: system.renewUs(this.leases.settingsAsked(row, asksTtlMs)), hearsClosing: system.hearsClosing };
  }

  predict(row: number, node: number, fault: Fault, wire: number): Window | null {
    if (this.cluster.watches(row)) return failoverWindow(this.run, this.cluster.sentinels, this.leases, row, node, fault, wire);
    const keeper = this.cluster.keeperOf(row);
    if (keeper < 0 || !this.leases.isReady(row) || !this.leases.isReady(keeper)) return null;
    const window = expiryWindow(this.run, this.leases, keeper, node, fault, wire);
    return window === null ? null : [window[0], window[1] + this.cluster.lagUs(row)];
  }

  forgetsWithinUs(row: number): readonly number[] | null {
    if (this.cluster.watches(row)) return failoverWithinUs(this.cluster.sentinels, row);
    return forgetsWithinUs(this.run, this.leases, row);
  }

  status(row: number): OwnStatus {
    const { table } = this.leases.states;
    const instances = this.leases.listedAt(row).filter((one) => this.leases.isWell(one)).length;
    const preserving: readonly Fact[] = table.isPreserving[row] === 1 ? [{ key: "self-preservation", value: "on", unit: "word" }] : [];
    const facts: readonly Fact[] = [{ key: "instances", value: instances, unit: "count" }, ...preserving, ...this.cluster.facts(row)];
    return { ...this.standing.status(row), facts, parts: this.parts(row) };
  }

  private parts(row: number): PartStatus[] {
    const seenBy = (entry: number) => seen(this.cluster.sentinels, this.leases, entry);
    return leaseParts(this.run, this.leases, row, this.cluster.watches(row) ? seenBy : () => ({}));
  }

  chart(row: number): ChartDescription {
    return this.standing.life.machine.describe(this.run.entities.state[row]!);
  }

  furtherCharts(row: number): readonly ChartDescription[] {
    const chart = this.cluster.chart(row);
    return chart === null ? [] : [chart];
  }

  /** What sentinels find of an instance concerns those who ask for replicas; of another master they tell by themselves. */
  private changed(registry: number, service: number): void {
    this.directory.changed(registry, service, this.cluster.watches(registry) ? asksForReplicas : undefined);
  }

  private downIs(row: number): Down {
    if (!this.cluster.watches(this.leases.table.registry[row]!)) return "critical";
    return this.cluster.sentinels.isMaster(row) ? "subjectively-down" : "replica-down";
  }

  private entered(row: number, warm: boolean): void {
    this.cluster.sentinels.entered(row, warm);
    if (this.leases.table.renewals[row] === 0) this.sweeps.counted(this.leases.table.registry[row]!, 1);
    if (!this.cluster.keepsTime(this.leases.table.registry[row]!)) return;
    this.examinations.begin(row, warm);
    this.machines.begin(row);
  }

  /** It listens again. It answers at once, or after its election. */
  private opened(row: number): void {
    const settings = this.leases.settingsOf(row);
    const { table } = this.leases.states;
    if (this.cluster.opened(row)) return;
    const [fromUs, toUs] = this.leases.systemOf(row).comesBackUs(settings);
    if (toUs === 0) return this.ready(row, table.generation[row]!);
    const share = uniform(this.run.luckOf(row, "election"), table.generation[row]!);
    const waitUs = Math.floor(fromUs + share * (toUs - fromUs));
    this.run.kernel.after(waitUs, priority.timer, code.comesBack, row, 0, table.generation[row]!);
  }

  private ready(row: number, generation: number): void {
    const { table } = this.leases.states;
    if (table.generation[row] !== generation || this.run.entities.effective[row] !== presence.open) return;
    table.isReady[row] = 1;
    this.leases.restart(row);
    this.sweeps.begin(row, false);
  }

  /** It is down: nothing expires, and whoever asked it has lost its connection. */
  private gone(row: number): void {
    const { table } = this.leases.states;
    this.cluster.gone(row);
    table.isReady[row] = 0;
    table.generation[row]!++;
    table.isMerging[row] = 0;
    this.leases.halt(row);
    this.shakeOff(row);
  }

  /** One of several members answers from now on. */
  private serves(row: number): void {
    this.leases.states.table.isReady[row] = 1;
    this.run.touch(row);
  }

  /** One of several members knows of no leader: it answers nobody, and in the end its readers ask another. */
  private leaderless(row: number, forLong: boolean): void {
    this.leases.states.table.isReady[row] = 0;
    this.run.touch(row);
    if (forLong && !this.leases.settingsOf(row).staleReads) this.shakeOff(row);
  }

  /** Whoever reads it goes on with what it knows, and asks anew: another member, if there is one. */
  private shakeOff(row: number): void {
    const { run } = this;
    const { cause } = run.kernel;
    for (const link of readersOf(run, row)) {
      run.kernel.cause = cause;
      run.discovery.giveUp(link);
      run.discovery.lost(link);
    }
    run.kernel.cause = cause;
  }
}
