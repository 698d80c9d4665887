import { presence } from "../../engine/entities.ts";
import type { Behaviour, Fault, OwnStatus } from "../../engine/kind.ts";
import { predictedExpiryUs } from "../../engine/policies/detection.ts";
import type { Run } from "../../engine/run.ts";
import { Standing } from "../../engine/standing.ts";
import type { ChartDescription } from "../../engine/status.ts";
import type { LinkConfig, NodeConfig } from "../../engine/world.ts";
import { Leases, type RegistrySettings } from "./leases.ts";
import { leaseParts } from "./parts.ts";

export function behaviour(run: Run): Behaviour {
  return new ServiceRegistries(run);
}

/** Keeps a lease for each registered instance, and tells consumers who is there. */
class ServiceRegistries implements Behaviour {
  private readonly run: Run;
  private readonly leases: Leases;
  private readonly standing: Standing;

  constructor(run: Run) {
    this.run = run;
    this.leases = new Leases(run);
    this.standing = new Standing(run, { opened: (row) => this.opened(row), gone: (row) => this.gone(row) });
  }

  create(row: number, warm: boolean): void {
    this.standing.create(row, warm);
  }

  configure(row: number, before: NodeConfig): void {
    this.run.touch(row);
    const { consumers } = before.settings as unknown as RegistrySettings;
    if (consumers === this.leases.settingsOf(row).consumers) return;
    for (const link of this.leases.lookupsAt(row)) if (this.run.links.upstream[link.row] !== 0) this.run.discovery.lost(link);
  }

  remove(row: number): void {
    this.standing.remove(row);
    for (const lease of this.leases.rowsAt(row)) this.leases.life.place(lease, "absent");
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
    this.leases.adopt(row, link, address);
  }

  lookUp(row: number, service: string): number[] {
    return this.leases.instancesOf(row, service);
  }

  predict(row: number, node: number, fault: Fault): readonly [number, number] | null {
    const { table, held } = this.leases;
    if (this.run.entities.effective[row] !== presence.open) return null;
    for (const link of this.run.world.nodes[node]?.links ?? []) {
      const lease = this.run.links.lease[link.row]! - 1;
      if (link.to !== row || link.role !== "register" || lease < 0 || table.state[lease] !== held) continue;
      if (fault === "withdraws") return [link.latencyUs, link.latencyUs];
      const { heartbeatMs } = this.run.node(node).settings as unknown as { heartbeatMs: number };
      const heartbeatUs = Math.round(heartbeatMs * 1000);
      const isCutOff = fault === "cut-off";
      return predictedExpiryUs({ ttlUs: this.leases.ttlUs(row), heartbeatUs, latencyUs: link.latencyUs, isCutOff });
    }
    return null;
  }

  status(row: number): OwnStatus {
    const instances = this.leases.heldAt(row).length;
    const facts = [{ key: "instances", value: instances, unit: "count" }] as const;
    return { ...this.standing.status(row), facts, parts: leaseParts(this.run, this.leases, row) };
  }

  chart(row: number): ChartDescription {
    return this.standing.life.machine.describe(this.run.entities.state[row]!);
  }

  /** It is up again. Its leases were on its disk: each gets a full time to live (etcd, measured). */
  private opened(row: number): void {
    for (const lease of this.leases.heldAt(row)) this.leases.life.delays.start(lease, this.leases.ttlUs(row));
  }

  /** It is down: nothing expires, and whoever watched has lost its connection. */
  private gone(row: number): void {
    for (const lease of this.leases.rowsAt(row)) this.leases.life.delays.stop(lease);
    for (const link of this.leases.lookupsAt(row)) this.run.discovery.lost(link);
  }
}
