import { fault, type AdmitError, type Path } from "./admit-error.ts";
import type { KindDeclaration, KindMap } from "./kind-declaration.ts";
import { limits } from "./limits.ts";
import { linkActs } from "./link-settings.ts";
import { mayLink, mayStand } from "./rules.ts";
import type { LinkId, LinkRecord, NodeId, NodeRecord, ScheduledAct, Topology } from "./topology.ts";
import { own } from "./tree.ts";

/**
 * What one record of a document has to do with the others. Each function looks only at what the record hangs on, so
 * that a command is checked at the price of what it changes, by the very rules a whole file is checked by.
 */
export function checkNode(document: Topology, node: NodeRecord, kinds: KindMap): AdmitError | null {
  const path = ["nodes", node.id, "parent"];
  const chain = parentChain(document, node);
  if (chain.end === "missing") return fault("unknown-parent", path, { id: chain.id });
  if (chain.end === "circle") return fault("stands-in-itself", path, { id: node.id });
  if (chain.length > limits.nesting) return fault("nested-too-deep", path, { limit: limits.nesting });
  const parent = node.parent === null ? null : kindOf(document, node.parent, kinds);
  const verdict = mayStand(kindOf(document, node.id, kinds), parent);
  return verdict.ok ? null : fault(verdict.code, path, { ...verdict.values, id: node.id });
}

export function checkLink(document: Topology, link: LinkRecord, kinds: KindMap): AdmitError | null {
  const path = ["links", link.id];
  const lost = (["from", "to"] as const).find((end) => own(document.nodes, link[end]) === undefined);
  if (lost !== undefined) return fault("unknown-node", [...path, lost], { id: link[lost] });
  if (own(document.nodes, link.id) !== undefined) return fault("duplicate-id", [...path, "id"], { id: link.id });
  if (link.from === link.to) return fault("links-itself", [...path, "to"], { id: link.from });
  const verdict = mayLink(kindOf(document, link.from, kinds), kindOf(document, link.to, kinds), link.role);
  if (!verdict.ok) return fault(verdict.code, [...path, "role"], verdict.values);
  const twin = alike(document)
    .get(likeness(link))
    ?.find((id) => id !== link.id);
  if (twin === undefined) return null;
  return fault("duplicate-link", path, { from: link.from, to: link.to, role: link.role, other: twin });
}

export function checkAct(document: Topology, act: ScheduledAct, kinds: KindMap): AdmitError | null {
  const path: Path = ["schedule", act.id];
  const node = own(document.nodes, act.target);
  if (node === undefined && own(document.links, act.target) === undefined) {
    return fault("unknown-target", [...path, "target"], { id: act.target });
  }
  const acts = node === undefined ? linkActs : kindOf(document, node.id, kinds).acts;
  return acts.includes(act.act) ? null : fault("unknown-act", [...path, "act"], { act: act.act, acts: acts.join(", ") });
}

function kindOf(document: Topology, id: NodeId, kinds: KindMap): KindDeclaration {
  return kinds.get((own(document.nodes, id) as NodeRecord).kind) as KindDeclaration;
}

type Chain = { readonly end: "canvas" | "circle"; readonly length: number } | { readonly end: "missing"; readonly id: NodeId };

/** Follows the parents of a node up to the canvas; no further than a document may be nested, plus one. */
function parentChain(document: Topology, node: NodeRecord): Chain {
  const seen = new Set<NodeId>([node.id]);
  let at = node;
  while (at.parent !== null && seen.size <= limits.nesting + 1) {
    const parent = own(document.nodes, at.parent);
    if (parent === undefined) return { end: "missing", id: at.parent };
    if (seen.has(parent.id)) return { end: "circle", length: seen.size };
    seen.add(parent.id);
    at = parent;
  }
  return { end: "canvas", length: seen.size };
}

const groups = new WeakMap<Topology["links"], ReadonlyMap<string, readonly LinkId[]>>();

/** The links of each role between the same two: sound documents have one of each. */
function alike(document: Topology): ReadonlyMap<string, readonly LinkId[]> {
  const known = groups.get(document.links);
  if (known !== undefined) return known;
  const found = new Map<string, LinkId[]>();
  for (const link of Object.values(document.links)) {
    const likes = found.get(likeness(link));
    if (likes === undefined) found.set(likeness(link), [link.id]);
    else likes.push(link.id);
  }
  groups.set(document.links, found);
  return found;
}

/** Ids hold no space. */
function likeness({ from, to, role }: LinkRecord): string {
  return `${from} ${to} ${role}`;
}
