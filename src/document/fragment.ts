import type { LinkRecord, NodeRecord } from "./topology.ts";

/** A piece of a document, as it lies on the clipboard. A root keeps the name of the parent it was copied from. */
export interface Fragment {
  readonly format: "breakwater-fragment";
  readonly version: 1;
  readonly nodes: Readonly<Record<string, NodeRecord>>;
  readonly links: Readonly<Record<string, LinkRecord>>;
}
