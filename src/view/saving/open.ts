import type { Topology } from "../../document/topology.ts";
import { hands } from "../hands/hands.ts";
import { blankTopology, openDocument } from "../state/document-store.ts";
import { kinds } from "../state/kinds.ts";
import { nowOpen, saveNow } from "./autosave.ts";
import { forgetExample } from "./which-example.ts";
import { unsaved } from "./journal.ts";
import { fetchKept, fetchLast } from "./shelf.ts";
import { joinTabs } from "./tabs.ts";

/** A name for a document in this browser; it is no part of the document. */
const freshId = (): string => crypto.randomUUID();

/** Opens a document that is not on the shelf yet. It gets there at once if a person made it, else with its first change. */
export function openNew(document: Topology, options: { readonly made: boolean }): void {
  const id = freshId();
  nowOpen(id, document);
  openDocument(document);
  void joinTabs(id);
  if (options.made) saveNow();
}

/** An empty page. */
export function openBlank(): void {
  openNew(blankTopology, { made: false });
}

/** Opens a document of the shelf; false if it isn't there or is no document any more. */
export async function openKept(id: string): Promise<boolean> {
  const [kept, { admit }] = await Promise.all([fetchKept(id).catch(() => null), hands.fetch()]);
  if (kept === null) return false;
  const admitted = admit(kept.document, kinds());
  if (!admitted.ok) return false;
  nowOpen(id, admitted.document);
  forgetExample();
  openDocument(admitted.document);
  await joinTabs(id);
  return true;
}

/** The document that was saved last. False if there is none. */
export async function openLast(): Promise<boolean> {
  const last = await fetchLast().catch(() => null);
  return last !== null && (await openKept(last));
}

/** What a closing tab had no time to save. False if there is nothing of the kind. */
export async function openUnsaved(): Promise<boolean> {
  const entry = unsaved();
  if (entry === null) return false;
  const admitted = (await hands.fetch()).admitText(entry.text, kinds());
  if (!admitted.ok) return false;
  nowOpen(entry.id, admitted.document);
  openDocument(admitted.document);
  void joinTabs(entry.id).then(saveNow);
  return true;
}
