import { titleStrip } from "../../document/layout.ts";
import type { NodeId } from "../../document/topology.ts";
import { inOrder } from "../../document/tree.ts";
import { doTidily } from "../canvas/doing.ts";
import { nodeInHand } from "../canvas/in-hand.ts";
import { toast } from "../shell/toast.ts";
import { currentDocument, select } from "../state/document-store.ts";
import { reveal, useUi } from "../state/ui-store.ts";
import { words } from "../words/words.ts";
import { imageOf, instanceKind, mayRunOn } from "./image-of.ts";

/** `docker run`, so many times: instances of the image on the machine, as one step to undo. */
export function runImage(image: string, machine: NodeId, times: number): void {
  const kind = instanceKind();
  if (kind === null) return;
  const settings = { [kind.instanceOf!]: image };
  const position = { x: 12, y: titleStrip };
  const created = doTidily({
    type: "add",
    nodes: Array.from({ length: times }, () => ({ kind: kind.id, parent: machine, position, settings })),
  });
  if (created === null) return;
  select(created);
  reveal(created);
}

/** Machines that it could run on, in the document's order. */
export function machines(): readonly NodeId[] {
  return inOrder(currentDocument().nodes).flatMap(({ id }) => (mayRunOn(id) ? [id] : []));
}

/** Asks where the image in hand is to be run: of the thing in hand, or the one that is named. */
export function askToRun(named: string | null = null, on: NodeId | null = null): void {
  const id = nodeInHand();
  const node = id === null ? undefined : currentDocument().nodes[id];
  const image = named ?? imageOf(node);
  if (image === null) return toast.note(words()("runNothing"));
  const [first] = machines();
  if (first === undefined) return toast.note(words()("runNowhere"));
  const here = on ?? node?.parent ?? null;
  useUi.setState({ dialog: "run", running: { image, machine: here !== null && mayRunOn(here) ? here : first } });
}
