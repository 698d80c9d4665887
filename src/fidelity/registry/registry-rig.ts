import { admit } from "../../document/admit.ts";
import type { LinkRecord, NodeRecord, SettingValues, Topology } from "../../document/topology.ts";
import { Simulation } from "../../engine/simulation.ts";
import type { PartStatus } from "../../engine/status.ts";
import { kinds } from "../../kinds/registry.ts";
import { NotUnderstood } from "../recorded-case.ts";
import parts from "../rig/parts.json";

export interface RegistryRigOptions {
  readonly registry: SettingValues;
  /** The instances, by name, each on a machine of its own, which stands in a site of its own. */
  readonly instances: readonly string[];
  readonly instance?: SettingValues;
  readonly registration?: (name: string, index: number) => SettingValues;
  readonly seed?: number;
}

const loopback = { latencyMs: 0 };

/** What the registries were recorded on: instances, a registry, and two who ask it, one by its API and one by DNS. */
export class RegistryRig {
  readonly simulation: Simulation;

  constructor(options: RegistryRigOptions) {
    this.simulation = new Simulation({ document: documentOf(options), kinds, watch: true });
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

function documentOf({ registry, instances, instance = {}, registration = () => ({}), seed = 1 }: RegistryRigOptions): Topology {
  const nodes = [
    node("api", "caller", 0, null, {}),
    node("dns", "caller", 1, null, {}),
    node("registry", "directory", 2, null, registry),
    ...instances.flatMap((name, index) => [
      node(`site-${name}`, "site", 3 * index + 3, null, {}),
      node(`on-${name}`, "machine", 3 * index + 4, `site-${name}`, {}),
      node(name, "instance", 3 * index + 5, `on-${name}`, { startMs: 0, ...instance, ...portOf(index) }),
    ]),
  ];
  const links = [
    link("api", "registry", "discover", 0, { ...loopback, reads: "watch" }),
    link("dns", "registry", "discover", 1, { ...loopback, reads: "dns" }),
    ...instances.map((name, index) => link(name, "registry", "register", index + 2, { ...loopback, ...registration(name, index) })),
  ];
  const byId = (records: readonly { readonly id: string }[]) => Object.fromEntries(records.map((record) => [record.id, record]));
  const title = { en: "The rig of a recorded case" };
  const draft = { format: "breakwater", version: 1, title, seed, start: "warm", nodes: byId(nodes), links: byId(links), schedule: {} };
  const admission = admit(draft, kinds);
  if (!admission.ok) throw new NotUnderstood(`the playground refuses it: ${JSON.stringify(admission.errors[0])}`);
  return admission.document;
}

/** The recordings' instances listen on 9101, 9102, … */
const portOf = (index: number): SettingValues => ({ port: 9101 + index });

function node(id: string, part: keyof typeof parts, order: number, parent: string | null, settings: SettingValues): NodeRecord {
  const { kind, settings: usual } = parts[part];
  return { id, kind, name: id, order, parent, position: { x: order * 200, y: 0 }, settings: { ...usual, ...settings } };
}

function link(from: string, to: string, role: string, order: number, settings: SettingValues): LinkRecord {
  return { id: `${from}-${to}`, order, from, to, role, settings };
}
