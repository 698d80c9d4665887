import { useSyncExternalStore } from "react";
import type { LinkId } from "../../document/topology.ts";
import type { Frame } from "../../runtime/protocol.ts";
import { currentDocument } from "../state/document-store.ts";
import { runEvents } from "../state/run-store.ts";
import { Topic } from "../state/topic.ts";

/** Links that are cut now, as the run's log tells it: it speaks of a link by its two ends. */
const cut = new Set<string>();
const changed = new Topic();

runEvents.onFrame((frame: Frame) => {
  const before = cut.size;
  if (frame.fresh) cut.clear();
  let told = frame.fresh && before > 0;
  for (const { what, who, whom } of frame.log) {
    const isCutNow = what === "cut" || what === "cut-there" || what === "cut-back";
    if (!isCutNow && what !== "mended") continue;
    if (isCutNow) cut.add(`${who} ${whom}`);
    else cut.delete(`${who} ${whom}`);
    told = true;
  }
  if (told) changed.tell();
});

export function useIsCut(id: LinkId): boolean {
  return useSyncExternalStore(changed.subscribe, () => isCut(id));
}

export function isCut(id: LinkId): boolean {
  const link = currentDocument().links[id];
  return link !== undefined && cut.has(`${link.from} ${link.to}`);
}
