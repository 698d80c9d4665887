import { isFrame, titleStrip } from "../../document/layout.ts";
import { mayStand, type Refusal } from "../../document/rules.ts";
import type { NodeId, NodeRecord } from "../../document/topology.ts";
import { inOrder, outermost, withDescendants } from "../../document/tree.ts";
import { currentDocument, currentSelection } from "../state/document-store.ts";
import { kindOf, kinds } from "../state/kinds.ts";
import { refusalText } from "../words/refusals.ts";
import { viewMiddle } from "./camera.ts";
import { doTidily } from "./doing.ts";
import { snap } from "./geometry.ts";

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
  const moved = movedWith(id);
  return placesFor(moved).filter((home) => refusalOf(moved, home) === null);
}

export interface RefusedHome {
  readonly home: NodeId | null;
  readonly reason: string;
}

/** Every other frame, and the canvas, where it may not stand, and why. */
export function refusedHomes(id: NodeId): RefusedHome[] {
  const moved = movedWith(id);
  return placesFor(moved).flatMap((home) => {
    const refusal = refusalOf(moved, home);
    return refusal === null ? [] : [{ home, reason: refusalText(refusal) }];
  });
}

/** Frames and the canvas, but for where it stands already and what stands in it. */
function placesFor(moved: readonly NodeRecord[]): (NodeId | null)[] {
  const document = currentDocument();
  const inside = new Set(
    withDescendants(
      document,
      moved.map((node) => node.id),
    ).map((node) => node.id),
  );
  const frames = inOrder(document.nodes).filter((node) => isFrame(node, kinds()));
  const homes = [...frames.map((node) => node.id), null];
  return homes.filter((home) => (home === null || !inside.has(home)) && moved.some(({ parent }) => parent !== home));
}

/** Why one of them may not stand there. */
function refusalOf(moved: readonly NodeRecord[], home: NodeId | null): Refusal | null {
  const frame = home === null ? null : kindOf(currentDocument().nodes[home]!.kind);
  for (const { kind } of moved) {
    const child = kindOf(kind);
    const verdict = child === null ? null : mayStand(child, frame);
    if (verdict !== null && !verdict.ok) return verdict;
  }
  return null;
}

/** Moves it there, as a drop would, to a free place. */
export function moveInto(id: NodeId, home: NodeId | null): void {
  const position = home === null ? snap(viewMiddle()) : corner;
  doTidily({ type: "move", moves: movedWith(id).map((node) => ({ id: node.id, parent: home, position })) });
}
