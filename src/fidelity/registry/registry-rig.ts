import type { SettingValues, Topology } from "../../document/topology.ts";
import { Simulation } from "../../engine/simulation.ts";
import type { PartStatus } from "../../engine/status.ts";
import { kinds } from "../../kinds/registry.ts";
import { NotUnderstood } from "../recorded-case.ts";
import { documentOf, link, loopback, node } from "../rig/document.ts";

export interface RegistryRigOptions {
  readonly registry: SettingValues;
  /** The instances, by name, each on a machine of its own, which stands in a site of its own. */
  readonly instances: readonly string[];
  readonly instance?: SettingValues;
  readonly registration?: (name: string, index: number) => SettingValues;
  readonly seed?: number;
}

/** What the registries were recorded on: instances, a registry, and two who ask it, one by its API and one by DNS. */
export class RegistryRig {
  readonly simulation: Simulation;

  constructor(options: RegistryRigOptions) {
    this.simulation = new Simulation({ document: discovered(options), kinds, watch: true });
  }

  until(atMs: number): void {
    this.simulation.runUntil(Math.round(atMs * 1000));
  }

  get nowMs(): number {
    return this.simulation.nowUs / 1000;
  }

  act(act: string, target: string): void {
    this.simulation.act({ act, target });
  }

  /** Sets a node or a link otherwise; a registration that is set otherwise is sent again. */
  set(id: string, settings: SettingValues): void {
    const { document } = this.simulation;
    const where = id in document.nodes ? "nodes" : "links";
    const record = document[where][id]!;
    const changed = { ...record, settings: { ...record.settings, ...settings } };
    this.simulation.edit({ ...document, [where]: { ...document[where], [id]: changed } });
  }

  /** When something happened after an instant, in ms of the run; null: not yet. */
  whenMs(what: string, afterMs: number, about?: string): number | null {
    const { journal } = this.simulation;
    for (let id = 0; id < journal.length; id++) {
      const row = journal.what(id) === what ? journal.row(id) : null;
      if (row !== null && row.atUs / 1000 >= afterMs && (about === undefined || row.whom === about || row.who === about))
        return row.atUs / 1000;
    }
    return null;
  }

  /** What the registry's directory shows. */
  get entries(): readonly PartStatus[] {
    return (this.simulation.status("registry")?.parts ?? []).filter(({ state }) => state !== "expired" && state !== "absent");
  }

  /** What a consumer believes: by the API, or by DNS. */
  known(consumer: "api" | "dns"): readonly PartStatus[] {
    return this.simulation.status(consumer)?.parts ?? [];
  }

  factMs(instance: string, key: string): number {
    const entry = this.entries.find(({ node }) => node === instance);
    const value = entry?.facts.find((fact) => fact.key === key)?.value;
    if (typeof value !== "number") throw new NotUnderstood(`the registry has no "${key}" of ${instance}`);
    return value / 1000;
  }
}

function discovered({ registry, instances, instance = {}, registration = () => ({}), seed = 1 }: RegistryRigOptions): Topology {
  const nodes = [
    node("api", "caller", 0, {}),
    node("dns", "caller", 1, {}),
    node("registry", "directory", 2, registry),
    ...instances.flatMap((name, index) => [
      node(`site-${name}`, "site", 3 * index + 3, {}),
      node(`on-${name}`, "machine", 3 * index + 4, {}, `site-${name}`),
      node(name, "instance", 3 * index + 5, { startMs: 0, ...instance, ...portOf(index) }, `on-${name}`),
    ]),
  ];
  const links = [
    link("api", "registry", "discover", 0, { ...loopback, reads: "watch" }),
    link("dns", "registry", "discover", 1, { ...loopback, reads: "dns" }),
    ...instances.map((name, index) => link(name, "registry", "register", index + 2, { ...loopback, ...registration(name, index) })),
  ];
  return documentOf(nodes, links, { seed });
}

/** The recordings' instances listen on 9101, 9102, … */
const portOf = (index: number): SettingValues => ({ port: 9101 + index });
