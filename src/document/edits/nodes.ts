import type { Command, Move, NewNode } from "../commands.ts";
import type { Named } from "../namer.ts";
import type { LinkRecord, NodeRecord, ScheduledAct, SettingValue, SettingValues } from "../topology.ts";
import { childrenOf, own, withDescendants } from "../tree.ts";
import type { Planned } from "./change.ts";
import { nextOrder, nodeOf, refused, type Context } from "./context.ts";

type Of<T extends Command["type"]> = Extract<Command, { readonly type: T }>;

export function planAdd(context: Context, { nodes }: Of<"add">): Planned {
  const added = new Map<string, NodeRecord>();
  let order = nextOrder(context.document.nodes);
  for (const wanted of nodes) {
    const { id, name } = named(context, wanted);
    if (isTaken(context, id) || added.has(id)) return refused("duplicate-id", ["nodes", id], { id });
    const { kind, parent, position, size, settings = {} } = wanted;
    added.set(id, { id, kind, name, order: order++, parent, position, ...(size && { size }), settings });
  }
  return { nodes: added, created: [...added.keys()] };
}

/** One id for a node or a link: an act's target must be clear. */
function isTaken({ document }: Context, id: string): boolean {
  return own(document.nodes, id) !== undefined || own(document.links, id) !== undefined;
}

function named({ kinds, namer }: Context, wanted: NewNode): Named {
  const stem = kinds.get(wanted.kind)?.stem ?? "node";
  if (wanted.id === undefined && wanted.name === undefined) return namer().node(stem, stem);
  if (wanted.id !== undefined) namer().take(wanted.id);
  const id = wanted.id ?? namer().id(stem);
  return { id, name: wanted.name ?? namer().name(id) };
}

export function planMove(context: Context, { moves }: Of<"move">): Planned {
  const moved = new Map<string, NodeRecord>();
  for (const move of moves) {
    const node = moved.get(move.id) ?? nodeOf(context, move.id);
    if ("error" in node) return node;
    moved.set(move.id, movedTo(node, move));
  }
  return { nodes: moved };
}

function movedTo(node: NodeRecord, { position, parent = node.parent }: Move): NodeRecord {
  return { ...node, position: { x: position.x, y: position.y }, parent };
}

/** Dragging a frame's top or left edge moves its corner; what stands in it stays where it is on the canvas. */
export function planResize(context: Context, { id, size, position }: Of<"resize">): Planned {
  const node = nodeOf(context, id);
  if ("error" in node) return node;
  const { size: _, ...rest } = node;
  const corner = position ?? node.position;
  const [dx, dy] = [node.position.x - corner.x, node.position.y - corner.y];
  const changed = new Map<string, NodeRecord>([[id, { ...rest, ...(size && { size }), position: { x: corner.x, y: corner.y } }]]);
  if (dx === 0 && dy === 0) return { nodes: changed };
  for (const child of childrenOf(context.document, id)) {
    changed.set(child.id, { ...child, position: { x: child.position.x + dx, y: child.position.y + dy } });
  }
  return { nodes: changed };
}

export function planRename(context: Context, { id, name }: Of<"rename">): Planned {
  const node = nodeOf(context, id);
  return "error" in node ? node : { nodes: new Map([[id, { ...node, name }]]) };
}

export function planConfigure({ document }: Context, { id, settings }: Of<"configure">): Planned {
  const node = own(document.nodes, id);
  if (node !== undefined) return { nodes: new Map([[id, { ...node, settings: merged(node.settings, settings) }]]) };
  const link = own(document.links, id);
  if (link !== undefined) return { links: new Map([[id, { ...link, settings: merged(link.settings, settings) }]]) };
  return refused("unknown-node", ["nodes", id], { id });
}

function merged(old: SettingValues, given: Readonly<Record<string, SettingValue | null>>): SettingValues {
  const settings: Record<string, SettingValue> = { ...old };
  for (const [name, value] of Object.entries(given)) {
    if (value === null) delete settings[name];
    else settings[name] = value;
  }
  return settings;
}

/** What is already gone was wanted gone: it is passed over. */
export function planRemove({ document }: Context, { ids }: Of<"remove">): Planned {
  const gone = new Set(ids);
  const nodes = new Map<string, null>(withDescendants(document, ids).map((node) => [node.id, null]));
  const isCutOff = (link: LinkRecord) => gone.has(link.id) || nodes.has(link.from) || nodes.has(link.to);
  const links = new Map<string, null>(
    Object.values(document.links)
      .filter(isCutOff)
      .map((link) => [link.id, null]),
  );
  const aimsAtThem = (act: ScheduledAct) => nodes.has(act.target) || links.has(act.target);
  const schedule = new Map<string, null>(
    Object.values(document.schedule)
      .filter(aimsAtThem)
      .map((act) => [act.id, null]),
  );
  return { nodes, links, schedule };
}
