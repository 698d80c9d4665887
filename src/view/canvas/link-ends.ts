import type { Command } from "../../document/commands.ts";
import { titleStrip } from "../../document/layout.ts";
import { mayLink, mayStand } from "../../document/rules.ts";
import type { NodeId } from "../../document/topology.ts";
import { inOrder } from "../../document/tree.ts";
import { toast } from "../shell/toast.ts";
import { currentDocument, select } from "../state/document-store.ts";
import { dispatch } from "../state/editing.ts";
import { kindOf, kinds } from "../state/kinds.ts";
import { refusalText } from "../words/refusals.ts";
import { holderFor } from "./aiming.ts";
import { toCanvas } from "./camera.ts";
import { doTidily, freshId } from "./doing.ts";
import { snap, type Point } from "./geometry.ts";
import { verdictOf } from "./linking.ts";
import type { Drawn } from "./modes.ts";
import { relativeTo } from "./placing.ts";

export function linkTo(from: NodeId, to: NodeId, role: string): void {
  const verdict = verdictOf(from, to, role);
  if (!verdict.ok) return toast.refuse(refusalText(verdict));
  const done = dispatch({ type: "link", from, to, role });
  if (done.ok) select(done.created);
  else toast.refuse(done.message);
}

export interface LinkableEnd {
  readonly to: NodeId;
  readonly role: string;
}

/** Every link that may start at this node and is not there yet. */
export function linkableEnds(from: NodeId): LinkableEnd[] {
  const document = currentDocument();
  const links = Object.values(document.links);
  const isThere = (to: NodeId, role: string) => links.some((link) => link.from === from && link.to === to && link.role === role);
  return inOrder(document.nodes).flatMap(({ id }) => {
    const verdict = verdictOf(from, id);
    return verdict.ok ? verdict.roles.filter((role) => !isThere(id, role)).map((role) => ({ to: id, role })) : [];
  });
}

export interface RefusedEnd {
  readonly to: NodeId;
  readonly reason: string;
}

/** Everything that no further link may lead to from this node, and why. */
export function refusedEnds(from: NodeId): RefusedEnd[] {
  const possible = new Set(linkableEnds(from).map(({ to }) => to));
  const others = inOrder(currentDocument().nodes).filter(({ id }) => id !== from && !possible.has(id));
  return others.map(({ id }) => {
    const verdict = verdictOf(from, id);
    return { to: id, reason: refusalText(verdict.ok ? { code: "duplicate-link" } : verdict) };
  });
}

/** The kinds that could be the end of a link in this role and stand there, in the palette's order. */
export function newEnds({ from, role }: Drawn, parent: NodeId | null): string[] {
  const { nodes } = currentDocument();
  const start = kindOf(nodes[from]?.kind ?? "");
  const frame = parent === null ? null : kindOf(nodes[parent]?.kind ?? "");
  if (start === null) return [];
  return [...kinds().values()]
    .filter((kind) => mayLink(start, kind, role).ok && (mayStand(kind, frame).ok || holderFor(kind.id, parent) !== null))
    .map(({ id }) => id);
}

/** Makes a node where the link was let go, and the link: one step. */
export function linkToNew({ from, role }: Drawn, kindId: string, parent: NodeId | null, pointer: Point): void {
  const kind = kindOf(kindId);
  if (kind === null) return;
  const at = toCanvas(pointer);
  const position = snap(relativeTo(parent, { x: at.x, y: at.y - kind.size.height / 2 }));
  const id = freshId(kindId);
  const created = doTidily({
    type: "together",
    label: "link",
    commands: [...nodesFor(kindId, id, parent, position), { type: "link", from, to: id, role }],
  });
  if (created !== null) select([id]);
}

function nodesFor(kindId: string, id: NodeId, parent: NodeId | null, position: Point): Command[] {
  const frame = parent === null ? null : kindOf(currentDocument().nodes[parent]!.kind);
  if (mayStand(kindOf(kindId)!, frame).ok) return [{ type: "add", nodes: [{ kind: kindId, id, parent, position }] }];
  const holder = holderFor(kindId, parent)!;
  const around = freshId(holder);
  return [
    { type: "add", nodes: [{ kind: holder, id: around, parent, position }] },
    { type: "add", nodes: [{ kind: kindId, id, parent: around, position: { x: 12, y: titleStrip } }] },
  ];
}
