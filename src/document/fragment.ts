import { fault, type AdmitError } from "./admit-error.ts";
import type { KindMap } from "./kind-declaration.ts";
import { limits } from "./limits.ts";
import { locate } from "./locate.ts";
import { parseText } from "./parse-text.ts";
import { admitLink, admitNode, type Checked } from "./records.ts";
import { checkLink, checkNode } from "./references.ts";
import type { LinkRecord, NodeId, NodeRecord, Topology } from "./topology.ts";
import { own, withDescendants } from "./tree.ts";

/** A piece of a document, as it lies on the clipboard. A root keeps the name of the parent it was copied from. */
export interface Fragment {
  readonly format: "breakwater-fragment";
  readonly version: 1;
  readonly nodes: Readonly<Record<NodeId, NodeRecord>>;
  readonly links: Readonly<Record<string, LinkRecord>>;
}

/** The nodes, all that stands in them, and the links among these. */
export function copyFragment(document: Topology, ids: Iterable<NodeId>): Fragment {
  const nodes = new Map(withDescendants(document, ids).map((node) => [node.id, node]));
  const links = Object.values(document.links).filter((link) => nodes.has(link.from) && nodes.has(link.to));
  return {
    format: "breakwater-fragment",
    version: 1,
    nodes: Object.fromEntries(nodes),
    links: Object.fromEntries(links.map((link) => [link.id, link])),
  };
}

export function fragmentText(fragment: Fragment): string {
  return JSON.stringify(fragment, null, 2);
}

export type FragmentAdmission =
  { readonly ok: true; readonly fragment: Fragment } | { readonly ok: false; readonly errors: readonly AdmitError[] };

/** The clipboard's gate. Any text can lie there: one that is no fragment gives the single error `not-a-fragment`. */
export function admitFragment(text: string, kinds: KindMap): FragmentAdmission {
  if (!/^\s*\{/u.test(text.slice(0, 1000))) return { ok: false, errors: [fault("not-a-fragment", [])] };
  const parsed = parseText(text);
  if (parsed.errors !== undefined) return { ok: false, errors: parsed.errors };
  const raw = parsed.value as Record<string, unknown>;
  if (raw["format"] !== "breakwater-fragment" || raw["version"] !== 1) return { ok: false, errors: [fault("not-a-fragment", [])] };
  const { fragment, errors } = readFragment(raw, kinds);
  return errors.length === 0 ? { ok: true, fragment } : { ok: false, errors: locate(text, errors) };
}

function readFragment(raw: Record<string, unknown>, kinds: KindMap): { fragment: Fragment; errors: AdmitError[] } {
  const errors: AdmitError[] = [];
  const nodes = readEach(raw, "nodes", errors, (id, value) => admitNode(id, value, kinds));
  const links = readEach(raw, "links", errors, admitLink);
  const fragment: Fragment = { format: "breakwater-fragment", version: 1, nodes, links };
  return { fragment, errors: errors.length > 0 ? errors : checkFragment(fragment, kinds) };
}

function readEach<T>(
  raw: Record<string, unknown>,
  field: "nodes" | "links",
  errors: AdmitError[],
  read: (id: string, value: unknown) => Checked<T>,
): Record<string, T> {
  const records: Record<string, T> = {};
  const given = raw[field];
  if (typeof given !== "object" || given === null || Array.isArray(given)) {
    errors.push(fault("wrong-type", [field], { expected: "object", found: typeof given }));
    return records;
  }
  for (const [id, value] of Object.entries(given)) {
    const checked = read(id, value);
    if (checked.errors === undefined) records[id] = checked.record;
    else errors.push(...checked.errors);
    if (errors.length >= limits.errors) break;
  }
  return records;
}

/** A root's parent is not in it, so whether it may stand where it is put is found out when it is pasted. */
function checkFragment({ nodes, links }: Fragment, kinds: KindMap): AdmitError[] {
  const isRoot = (node: NodeRecord) => own(nodes, node.parent ?? "") === undefined;
  const rooted = Object.values(nodes).map((node) => [node.id, isRoot(node) ? { ...node, parent: null } : node] as const);
  const piece = { nodes: Object.fromEntries(rooted), links } as unknown as Topology;
  const found = [
    ...Object.values(nodes)
      .filter((node) => !isRoot(node))
      .map((node) => checkNode(piece, node, kinds)),
    ...Object.values(links).map((link) => checkLink(piece, link, kinds)),
  ];
  return found.filter((error) => error !== null).slice(0, limits.errors);
}
