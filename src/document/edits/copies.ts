import type { Command } from "../commands.ts";
import { fault } from "../admit-error.ts";
import { fitFrames, sizeOf } from "../layout.ts";
import { limits } from "../limits.ts";
import type { Named } from "../namer.ts";
import type { Size } from "../place-free.ts";
import { mayStand } from "../rules.ts";
import type { LinkRecord, NodeId, NodeRecord } from "../topology.ts";
import { inOrder, outermost, own, withDescendants } from "../tree.ts";
import type { Planned } from "./change.ts";
import { nextOrder, refused, type Context } from "./context.ts";

type Of<T extends Command["type"]> = Extract<Command, { readonly type: T }>;

/** How far from the original a copy is put; `tidied` finds it a free place. */
const pasteOffset = { x: 24, y: 24 };
const gap = 12;

/**
 * A copy of web-3 is called web-4 and is linked as web-3 was: what stands among the copied is linked among itself,
 * and a link from or to the outside is made again for each copy (another target, another instance in the registry).
 */
export function planDuplicate(context: Context, { ids, times }: Of<"duplicate">): Planned {
  const { document } = context;
  if (!Number.isSafeInteger(times) || times < 1 || times > limits.copies) {
    return refused("not-allowed-times", ["nodes"], { found: times, max: limits.copies });
  }
  const roots = outermost(document, ids);
  const nodes = withDescendants(
    document,
    roots.map((node) => node.id),
  );
  const copied = new Set(nodes.map((node) => node.id));
  const links = inOrder(document.links).filter((link) => copied.has(link.from) || copied.has(link.to));
  if (nodes.length * times > limits.nodes) {
    return { error: fault("too-many-nodes", ["nodes"], { limit: limits.nodes, found: nodes.length * times }) };
  }
  const span = spanOf(context, roots);
  const copier = createCopier(context);
  const stay = new Set(roots.map((node) => node.id));
  for (let copy = 1; copy <= times; copy++) {
    copier.copy(nodes, links, (node) =>
      stay.has(node.id) ? { parent: node.parent, position: shifted(node, placeInRows(copy, span)) } : null,
    );
  }
  return copier.planned();
}

export function planPaste(context: Context, { fragment, parent, offset = pasteOffset }: Of<"paste">): Planned {
  const copier = createCopier(context);
  const nodes = inOrder(fragment.nodes);
  const homes = new Map<NodeId, NodeId | null>();
  for (const root of nodes.filter((node) => own(fragment.nodes, node.parent ?? "") === undefined)) {
    const home = homeOf(context, root, parent);
    if (home !== null && typeof home === "object") return home;
    homes.set(root.id, home);
  }
  copier.copy(nodes, inOrder(fragment.links), (node) => {
    const home = homes.get(node.id);
    return home === undefined ? null : { parent: home, position: shifted(node, offset) };
  });
  return copier.planned();
}

/** Where it was told to go, or else where it came from, or else the canvas: the first of these in which it may stand. */
function homeOf(
  { document, kinds }: Context,
  root: NodeRecord,
  wanted: NodeId | null | undefined,
): NodeId | null | Extract<Planned, { error: unknown }> {
  const kind = kinds.get(root.kind);
  if (kind === undefined) return refused("unknown-kind", ["nodes", root.id, "kind"], { kind: root.kind });
  const candidates = [...(wanted === undefined ? [] : [wanted]), root.parent, null];
  for (const candidate of candidates) {
    const node = candidate === null ? null : own(document.nodes, candidate);
    const home = node === null ? null : kinds.get(node?.kind ?? "");
    if (home !== undefined && mayStand(kind, home).ok) return candidate;
  }
  const verdict = mayStand(kind, null);
  return refused(
    verdict.ok ? "not-on-canvas" : verdict.code,
    ["nodes", root.id, "parent"],
    verdict.ok ? {} : { ...verdict.values, id: root.id },
  );
}

type Place = Pick<NodeRecord, "parent" | "position">;

interface Copier {
  /** Copies nodes, in the given order, and links that touch them. `place` says where a root goes; null: in its parent's copy. */
  copy(nodes: readonly NodeRecord[], links: readonly LinkRecord[], place: (original: NodeRecord) => Place | null): void;
  planned(): Planned;
}

function createCopier({ document, namer }: Context): Copier {
  const nodes = new Map<NodeId, NodeRecord>();
  const links = new Map<string, LinkRecord>();
  const next = { node: nextOrder(document.nodes), link: nextOrder(document.links) };
  return {
    copy(originals, touching, place) {
      const renamed = new Map<NodeId, Named>(originals.map(({ id, name }) => [id, namer().copyOf(id, name)]));
      const idOf = (id: NodeId) => renamed.get(id)?.id ?? id;
      for (const original of originals) {
        const inside = { parent: original.parent === null ? null : idOf(original.parent), position: original.position };
        const copy = { ...original, ...renamed.get(original.id), ...(place(original) ?? inside), order: next.node++ };
        nodes.set(copy.id, copy);
      }
      for (const link of touching) {
        const [from, to] = [idOf(link.from), idOf(link.to)];
        const id = namer().link(from, to);
        links.set(id, { ...link, id, from, to, order: next.link++ });
      }
    },
    planned: () => ({ nodes, links, created: [...nodes.keys(), ...links.keys()] }),
  };
}

function shifted({ position }: NodeRecord, by: NodeRecord["position"]): NodeRecord["position"] {
  return { x: position.x + by.x, y: position.y + by.y };
}

const rowLength = 10;

/** The original is the first in the first row. */
function placeInRows(copy: number, { width, height }: Size): NodeRecord["position"] {
  return { x: (copy % rowLength) * (width + gap), y: Math.floor(copy / rowLength) * (height + gap) };
}

/** The box around some siblings. */
function spanOf({ document, kinds }: Context, nodes: readonly NodeRecord[]): Size {
  const frames = fitFrames(document, kinds);
  const boxes = nodes.map((node) => ({ ...node.position, ...(frames.get(node.id) ?? sizeOf(node, kinds)) }));
  const length = (start: number[], end: number[]) => (boxes.length === 0 ? 0 : Math.max(...end) - Math.min(...start));
  return {
    width: length(
      boxes.map(({ x }) => x),
      boxes.map(({ x, width }) => x + width),
    ),
    height: length(
      boxes.map(({ y }) => y),
      boxes.map(({ y, height }) => y + height),
    ),
  };
}
