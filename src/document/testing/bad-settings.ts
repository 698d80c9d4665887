import type { Topology } from "../topology.ts";
import rows from "./bad-settings.json" with { type: "json" };
import { sample } from "./sample.ts";

/** A setting that makes no sense, done to the sample: refused with a code and place, or played, with these warnings. */
export interface BadSetting {
  readonly what: string;
  readonly refused?: string;
  readonly warnings?: readonly string[];
  readonly document: Topology;
}

type Row = Omit<BadSetting, "document"> & { readonly set?: Readonly<Record<string, object>>; readonly remove?: readonly string[] };

export const badSettings: readonly BadSetting[] = (rows as unknown as readonly Row[]).map(({ set = {}, remove = [], ...row }) => ({
  ...row,
  document: spoilt(set, remove),
}));

function spoilt(set: Readonly<Record<string, object>>, remove: readonly string[]): Topology {
  const document = sample() as unknown as Record<"nodes" | "links" | "schedule", Record<string, { settings: object; target: string }>>;
  for (const [id, settings] of Object.entries(set)) {
    const record = document.nodes[id] ?? document.links[id];
    if (record === undefined) throw new Error(`The sample has no ${id}`);
    record.settings = { ...record.settings, ...settings };
  }
  for (const id of remove) {
    delete document.links[id];
    for (const [act, { target }] of Object.entries(document.schedule)) if (target === id) delete document.schedule[act];
  }
  return document as unknown as Topology;
}
