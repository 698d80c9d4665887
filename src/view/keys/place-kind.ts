import type { KindDeclaration } from "../../document/kind-declaration.ts";
import { placeFree, titleStrip } from "../../document/layout.ts";
import type { Point } from "../../document/place-free.ts";
import { mayStand } from "../../document/rules.ts";
import type { NodeId, Topology } from "../../document/topology.ts";
import { ancestorsOf, inOrder } from "../../document/tree.ts";
import { viewMiddle } from "../canvas/camera.ts";
import { doTidily, refuseStanding } from "../canvas/doing.ts";
import { currentDocument, currentSelection, select } from "../state/document-store.ts";
import { kindOf, kinds } from "../state/kinds.ts";
import { reveal } from "../state/ui-store.ts";
import { kindWords, words } from "../words/words.ts";

/** Places a new node of a kind at a free and sensible place, selects it and brings it into sight. */
export function placeKind(kindId: string): void {
  const kind = kindOf(kindId);
  if (kind === null) return;
  const document = currentDocument();
  const parent = sensibleParent(document, kind);
  if (parent === undefined) {
    const reason = words()("nowhereToPlace", { kind: kindWords(kindId).name });
    return refuseStanding(reason, kindId, null, viewMiddle(), (holder) => ({
      type: "add",
      nodes: [{ kind: kindId, parent: holder, position: { x: 12, y: titleStrip } }],
    }));
  }
  const position = placeFree(document, kinds(), parent, kind.size, parent === null ? around(viewMiddle(), kind) : inTheCorner);
  const created = doTidily({ type: "add", nodes: [{ kind: kindId, parent, position }] });
  if (created === null) return;
  select(created);
  reveal(created);
}

/** In what is selected, or in what that stands in; else on the canvas; else in the first thing that may hold it. */
function sensibleParent(document: Topology, kind: KindDeclaration): NodeId | null | undefined {
  const chosen = currentSelection().filter((id) => Object.hasOwn(document.nodes, id));
  const around = chosen.flatMap((id) => [document.nodes[id]!, ...ancestorsOf(document, id)]);
  const near = around.find((node) => holds(node.kind, kind));
  if (near !== undefined) return near.id;
  if (mayStand(kind, null).ok) return null;
  return inOrder(document.nodes).find((node) => holds(node.kind, kind))?.id;
}

const holds = (parentKind: string, kind: KindDeclaration): boolean => {
  const parent = kindOf(parentKind);
  return parent !== null && mayStand(kind, parent).ok;
};

const inTheCorner: Point = { x: 0, y: 0 };
const around = (middle: Point, { size }: KindDeclaration): Point => ({ x: middle.x - size.width / 2, y: middle.y - size.height / 2 });
