import { useEffect, useState } from "react";
import type { Topology } from "../../document/topology.ts";
import { openNew } from "../saving/open.ts";
import { send } from "../state/run-store.ts";
import { openDialog } from "../state/ui-store.ts";

/** Says what is known by now; false once the dialog has been closed, and nobody waits for more. */
export type Tell<Value> = (known: Value) => boolean;

/** What a dialog shows is played when it is opened, and told as it becomes known; `null` before anything is. */
export function usePlayed<Value>(play: (tell: Tell<Value>) => Promise<void>): Value | null {
  const [known, setKnown] = useState<Value | null>(null);
  useEffect(() => {
    let isOpen = true;
    void play((next) => {
      if (isOpen) setKnown(next);
      return isOpen;
    });
    return () => {
      isOpen = false;
    };
  }, [play]);
  return known;
}

/** From a figure to the document that was played for it, as one that nobody has made anything in yet. */
export function openPlayed(document: Topology): void {
  openDialog(null);
  openNew(document, { made: false });
}

/** The same, and it begins at once. */
export function watchPlayed(story: Topology): void {
  openPlayed(story);
  send({ type: "play" });
}
