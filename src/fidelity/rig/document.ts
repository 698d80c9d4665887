import { admit } from "../../document/admit.ts";
import type { LinkRecord, NodeRecord, SettingValues, Topology } from "../../document/topology.ts";
import { kinds } from "../../kinds/registry.ts";
import { NotUnderstood } from "../recorded-case.ts";
import parts from "./parts.json";

type Begin = Partial<Pick<Topology, "seed" | "start">>;

/** A wire within one machine. */
export const loopback = { latencyMs: 0 };

/** What a rig consists of, as a document that the playground admits. */
export function documentOf(nodes: readonly NodeRecord[], links: readonly LinkRecord[], { seed = 1, start = "warm" }: Begin = {}): Topology {
  const byId = (records: readonly { readonly id: string }[]) => Object.fromEntries(records.map((record) => [record.id, record]));
  const title = { en: "The rig of a recorded case" };
  const draft = { format: "breakwater", version: 1, title, seed, start, nodes: byId(nodes), links: byId(links), schedule: {} };
  const admission = admit(draft, kinds);
  if (!admission.ok) throw new NotUnderstood(`the playground refuses it: ${JSON.stringify(admission.errors[0])}`);
  return admission.document;
}

export function node(
  id: string,
  part: keyof typeof parts,
  order: number,
  settings: SettingValues,
  parent: string | null = null,
): NodeRecord {
  const { kind, settings: usual } = parts[part];
  return { id, kind, name: id, order, parent, position: { x: order * 200, y: 0 }, settings: { ...usual, ...settings } };
}

export function link(from: string, to: string, role: string, order: number, settings: SettingValues): LinkRecord {
  return { id: `${from}-${to}`, order, from, to, role, settings };
}
