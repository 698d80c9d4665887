import type { Command } from "../../document/commands.ts";
import { titleStrip } from "../../document/layout.ts";
import { createNamer } from "../../document/namer.ts";
import { tidied } from "../../document/tidy-drop.ts";
import type { NodeId } from "../../document/topology.ts";
import { canvasWord } from "../kit/kit-words.ts";
import { toast } from "../shell/toast.ts";
import { currentDocument, select, useDocument } from "../state/document-store.ts";
import { dispatch } from "../state/editing.ts";
import { kindOf, kinds } from "../state/kinds.ts";
import { currentLanguage, kindWords } from "../words/words.ts";
import { holderFor } from "./aiming.ts";
import { grid, snap, type Point } from "./geometry.ts";

const taken = (): ReadonlySet<string> => useDocument.getState().history.taken;

/** Does a command so that nothing overlaps afterwards, as one step; a refusal is told. Gives what it made. */
export function doTidily(command: Command, options: { readonly mergeKey?: string } = {}): readonly string[] | null {
  const done = dispatch(tidied(currentDocument(), command, kinds(), taken()), options);
  if (done.ok) return done.created;
  toast.refuse(done.message);
  return null;
}

/** An id for something that another command of the same step must name. */
export const freshId = (kindId: string): NodeId => createNamer(currentDocument(), taken()).id(kindOf(kindId)?.stem ?? "node");

/** Refuses, and offers to make the frame that is missing, with what was to stand there in it: one step. */
export function refuseStanding(reason: string, kindId: string, frame: NodeId | null, at: Point, within: (parent: NodeId) => Command): void {
  const holder = holderFor(kindId, frame);
  if (holder === null) return toast.refuse(reason);
  const label = canvasWord(currentLanguage(), "createAround", { kind: kindWords(holder).name });
  toast.note(reason, { label, run: () => createAround(holder, frame, at, within) });
}

function createAround(holder: string, frame: NodeId | null, at: Point, within: (parent: NodeId) => Command): void {
  const id = freshId(holder);
  const position = snap({ x: at.x - grid, y: at.y - titleStrip });
  const created = doTidily({
    type: "together",
    label: "add",
    commands: [{ type: "add", nodes: [{ kind: holder, id, parent: frame, position }] }, within(id)],
  });
  if (created !== null) select(created);
}
