import { titleStrip } from "../../document/layout.ts";
import { mayStand } from "../../document/rules.ts";
import type { NodeId, NodeRecord } from "../../document/topology.ts";
import { inOrder, outermost, withDescendants } from "../../document/tree.ts";
import { currentDocument, currentSelection } from "../state/document-store.ts";
import { kindOf } from "../state/kinds.ts";
import { viewMiddle } from "./camera.ts";
import { doTidily, snap } from "./doing.ts";

/** Inside a frame: its top left corner, from which a free place is looked for. */
const corner = { x: 12, y: titleStrip };

/** What would be moved with a node: all that is selected with it, what stands in something selected left out. */
function movedWith(id: NodeId): readonly NodeRecord[] {
  const { nodes } = currentDocument();
  const selected = currentSelection().filter((other) => nodes[other] !== undefined);
  return outermost(currentDocument(), selected.includes(id) ? selected : [id]);
}

/** Everywhere else that a node, with what is selected, may be moved: frames in the document's order, then the canvas (null). */
export function homesFor(id: NodeId): (NodeId | null)[] {
  const document = currentDocument();
  const moved = movedWith(id);
  const inside = new Set(
    withDescendants(
      document,
      moved.map((node) => node.id),
    ).map((node) => node.id),
  );
  const homes = [...inOrder(document.nodes).map((node) => node.id), null];
  return homes.filter(
    (home) => (home === null || !inside.has(home)) && moved.some(({ parent }) => parent !== home) && allMayStand(moved, home),
  );
}

function allMayStand(moved: readonly NodeRecord[], home: NodeId | null): boolean {
  const frame = home === null ? null : kindOf(currentDocument().nodes[home]!.kind);
  return moved.every(({ kind }) => {
    const child = kindOf(kind);
    return child !== null && mayStand(child, frame).ok;
  });
}

/** Moves it there, as a drop would, to a free place. */
export function moveInto(id: NodeId, home: NodeId | null): void {
  const position = home === null ? snap(viewMiddle()) : corner;
  doTidily({ type: "move", moves: movedWith(id).map((node) => ({ id: node.id, parent: home, position })) });
}
