import { mayStand } from "../../document/rules.ts";
import type { KindDeclaration } from "../../document/kind-declaration.ts";
import type { NodeId, NodeRecord } from "../../document/topology.ts";
import { currentDocument } from "../state/document-store.ts";
import { kindOf, kinds } from "../state/kinds.ts";

/** The image that a thing is, builds, or is made of. */
export function imageOf(node: NodeRecord | undefined): string | null {
  const kind = node === undefined ? null : kindOf(node.kind);
  const setting = kind?.packages ?? kind?.builds ?? kind?.instanceOf;
  if (node === undefined || kind === null || setting === undefined) return null;
  return String(node.settings[setting] ?? kind.settings.defaults[setting as never]);
}

/** The kind that an image becomes when it is run. */
export function instanceKind(): KindDeclaration | null {
  return [...kinds().values()].find(({ instanceOf }) => instanceOf !== undefined) ?? null;
}

export function mayRunOn(frame: NodeId): boolean {
  const instance = instanceKind();
  const place = kindOf(currentDocument().nodes[frame]?.kind ?? "");
  return instance !== null && place !== null && mayStand(instance, place).ok;
}

/** Images that are let go over a machine don't come to stand there: they are run. */
export function runsOn(dragged: readonly NodeRecord[], frame: NodeId | null): boolean {
  return frame !== null && dragged.every(({ kind }) => kindOf(kind)?.packages !== undefined) && mayRunOn(frame);
}
