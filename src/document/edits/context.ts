import { fault, type AdmitError } from "../admit-error.ts";
import type { KindMap } from "../kind-declaration.ts";
import type { Namer } from "../namer.ts";
import type { LinkRecord, NodeRecord, Topology } from "../topology.ts";
import { own } from "../tree.ts";

/** What planning a command needs beside the command. Planning reads; `carryOut` checks and writes. */
export interface Context {
  readonly document: Topology;
  readonly kinds: KindMap;
  /** Made when it is first needed: it reads the whole document. */
  readonly namer: () => Namer;
}

type Refused = { readonly error: AdmitError };

export function refused(code: string, path: readonly (string | number)[], values: Readonly<Record<string, string | number>>): Refused {
  return { error: fault(code, path, values) };
}

export function nodeOf({ document }: Context, id: string): NodeRecord | Refused {
  return own(document.nodes, id) ?? refused("unknown-node", ["nodes", id], { id });
}

export function linkOf({ document }: Context, id: string): LinkRecord | Refused {
  return own(document.links, id) ?? refused("unknown-link", ["links", id], { id });
}

export function nextOrder(records: Readonly<Record<string, { readonly order: number }>>): number {
  let highest = -1;
  for (const { order } of Object.values(records)) if (order > highest) highest = order;
  return highest + 1;
}
