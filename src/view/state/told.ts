import { useEffect, useState } from "react";
import type { Caption } from "../../runtime/protocol.ts";
import { run, topics } from "./run-state.ts";
import { useUi } from "./ui-store.ts";

/** A caption stays at least this long, so that it can be read aloud. */
const readingMs = 2500;

/**
 * The caption to be read now, and those before it. While time passes each stays until it could be read, and then the
 * newest takes its place; stepping and jumping show the newest at once.
 */
export function useTold(): readonly Caption[] {
  const [told, setTold] = useState<readonly Caption[]>(run.captions);
  useEffect(() => {
    let since = -Infinity;
    let shownRow = run.captions.at(-1)?.row ?? -1;
    let timer: ReturnType<typeof setTimeout> | null = null;
    const show = () => {
      timer = null;
      const newest = run.captions.at(-1);
      // After a jump all is forgotten, and nothing has to be read to its end first.
      if (newest === undefined) since = -Infinity;
      else if (newest.row !== shownRow) since = performance.now();
      shownRow = newest?.row ?? -1;
      setTold(run.captions);
    };
    const consider = () => {
      const grew = run.captions.at(-1)?.row === shownRow;
      const waitMs = since + readingMs - performance.now();
      if (grew || !run.time.playing || run.captions.length <= 1 || waitMs <= 0) {
        if (timer !== null) clearTimeout(timer);
        show();
      } else timer ??= setTimeout(show, waitMs);
    };
    const stop = topics.captions.subscribe(consider);
    return () => {
      stop();
      if (timer !== null) clearTimeout(timer);
    };
  }, []);
  useEffect(() => useUi.setState({ spokenOf: told.at(-1)?.nodes ?? [] }), [told]);
  return told;
}
