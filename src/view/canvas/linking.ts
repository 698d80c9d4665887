import type { Command } from "../../document/commands.ts";
import { mayLink, mayStand, type LinkVerdict } from "../../document/rules.ts";
import type { NodeId } from "../../document/topology.ts";
import { inOrder } from "../../document/tree.ts";
import { toast } from "../shell/toast.ts";
import { currentDocument, dispatch, select } from "../state/document-store.ts";
import { titleStrip } from "../../document/layout.ts";
import { kindOf, kinds } from "../state/kinds.ts";
import { refusalText } from "../words/refusals.ts";
import { endAim, holderFor, showAim } from "./aiming.ts";
import { frameAt } from "./boxes.ts";
import { isOnCanvas, nodeUnder, toCanvas } from "./camera.ts";
import type { Aim } from "./canvas-store.ts";
import { doTidily, freshId, snap } from "./doing.ts";
import { useDrawing } from "./drawing.ts";
import type { Point } from "./geometry.ts";
import { endMode, enter, isMode, openMenu, type Drawn } from "./modes.ts";
import { relativeTo } from "./placing.ts";
import { track } from "./track.ts";

/** A press that goes no farther than this is a click: the line then follows the pointer until the next click. */
const clickPixels = 5;

/** A link follows the pointer from a port until it is let go on a node, or on the canvas, where a new node can be its end. */
export function beginLink(from: NodeId, role: string, { clientX, clientY }: { clientX: number; clientY: number }): void {
  const drawn = { from, role };
  enter({ type: "LINK", drawn });
  showAim({ x: clientX, y: clientY }, null);
  follow(drawn, { x: clientX, y: clientY });
}

function follow(drawn: Drawn, pressedAt: Point | null): void {
  track({
    move: (pointer) => showAim(pointer, aimOf(drawn, pointer)),
    drop: (pointer) => {
      const isClick = pressedAt !== null && Math.hypot(pointer.x - pressedAt.x, pointer.y - pressedAt.y) < clickPixels;
      if (isClick) queueMicrotask(() => (enter({ type: "LINK", drawn }), follow(drawn, null)));
      else if (isOnCanvas(pointer)) letGo(drawn, pointer);
    },
    end: () => {
      endAim();
      if (isMode("linking")) endMode();
    },
  });
}

function aimOf(drawn: Drawn, pointer: Point): Aim | null {
  const to = isOnCanvas(pointer) ? endUnder(drawn, pointer) : null;
  if (to === null) return null;
  const verdict = verdictOf(drawn.from, to, drawn.role);
  return verdict.ok ? { frame: to, ok: true, reason: null } : { frame: to, ok: false, reason: refusalText(verdict) };
}

/** The node under the pointer; the empty room inside a frame that takes no such link is as good as the canvas. */
function endUnder(drawn: Drawn, pointer: Point): NodeId | null {
  const under = nodeUnder(pointer);
  if (under === null || under === drawn.from) return null;
  const kind = kindOf(currentDocument().nodes[under]?.kind ?? "");
  const isRoom = (kind?.places.length ?? 0) > 0 && !verdictOf(drawn.from, under, drawn.role).ok;
  return isRoom ? null : under;
}

export function verdictOf(from: NodeId, to: NodeId, role?: string): LinkVerdict {
  const { nodes } = currentDocument();
  const [start, end] = [kindOf(nodes[from]?.kind ?? ""), kindOf(nodes[to]?.kind ?? "")];
  if (start === null || end === null) return { ok: false, code: "unknown-node", values: { id: to } };
  return from === to ? { ok: false, code: "links-itself", values: {} } : mayLink(start, end, role);
}

function letGo(drawn: Drawn, pointer: Point): void {
  const to = endUnder(drawn, pointer);
  if (to !== null) return linkTo(drawn.from, to, drawn.role);
  if (nodeUnder(pointer) === drawn.from) return;
  const parent = frameAt(currentDocument(), kinds(), useDrawing.getState().boxes, toCanvas(pointer), new Set());
  openMenu({ about: "new end", drawn, parent, at: pointer });
}

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
