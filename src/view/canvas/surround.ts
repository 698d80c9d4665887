import { useCallback, useSyncExternalStore } from "react";
import { insetsOf } from "../../document/layout.ts";
import type { NodeId } from "../../document/topology.ts";
import { withDescendants } from "../../document/tree.ts";
import { surround, type Aimed, type Surroundings, type Tally } from "../kit/surroundings.ts";
import { currentDocument, useDocument } from "../state/document-store.ts";
import { kindOf, kinds } from "../state/kinds.ts";
import { leaseOf } from "../state/leases.ts";
import { run } from "../state/run-state.ts";
import { currentCounters, currentStatus, currentTime, runEvents, useFact, useNodeStatus } from "../state/run-store.ts";
import { Throttle, Topic } from "../state/topic.ts";
import { useUi } from "../state/ui-store.ts";
import { countText, rateText, sinceText } from "../words/format.ts";
import { useKindWords, useLanguage } from "../words/words.ts";
import { letOut, useCanvas, wantHeight } from "./canvas-store.ts";
import { useDrawing } from "./drawing.ts";
import { beginLink, verdictOf } from "./linking.ts";
import { useMode } from "./modes.ts";

const tallyEveryMs = 250;
const tallied = new Topic();
const tallies = new Throttle(tallyEveryMs, () => tallied.tell());
runEvents.onFrame(({ statuses }) => {
  if (statuses.length > 0) tallies.request();
});

function useAimed(id: NodeId): Aimed {
  const aimed = useCanvas(({ aim }): Aimed => (aim?.frame !== id ? null : aim.refusal === null ? "allowed" : "forbidden"));
  const drawn = useMode((context) => context.drawn);
  if (aimed !== null || drawn === null || drawn.from === id) return aimed;
  return verdictOf(drawn.from, id, drawn.role).ok ? "allowed" : null;
}

/** Counted anew at most four times a second, only while it is shown, and told apart by its figures. */
function useTally(id: NodeId): Tally | null {
  const shown = useCanvas(({ detail }) => detail === "glyph" || detail === "far");
  const subscribe = useCallback((listener: () => void) => (shown ? tallied.subscribe(listener) : () => undefined), [shown]);
  const figures = useSyncExternalStore(subscribe, () => (shown ? tallyOf(id) : ""));
  if (figures === "") return null;
  const [running, busy, doubtful, dead] = figures.split(" ").map(Number) as [number, number, number, number];
  return { running, busy, doubtful, dead };
}

function tallyOf(id: NodeId): string {
  const counts = { running: 0, busy: 0, doubtful: 0, draining: 0, dead: 0, idle: 0 };
  for (const node of withDescendants(currentDocument(), [id])) {
    const tone = node.id === id ? undefined : run.statuses.get(node.id)?.tone;
    if (tone !== undefined) counts[tone]++;
  }
  return [counts.running, counts.busy, counts.doubtful + counts.draining, counts.dead].join(" ");
}

const surroundings: Surroundings = {
  useRecord: (id) => useDocument(({ document }) => document.nodes[id]),
  useStatus: useNodeStatus,
  useFact,
  useSelected: (id) => useDocument(({ selection }) => selection.includes(id)),
  useSpokenOf: (id) => useUi(({ spokenOf }) => spokenOf.includes(id)),
  useTabStop: (id) => useCanvas(({ focused }) => focused === id),
  useAimed,
  useHeight: (id) => useDrawing(({ boxes }) => boxes.get(id)?.height ?? 0),
  useWidth: (id) => useDrawing(({ boxes }) => boxes.get(id)?.width ?? 0),
  useNear: () => useCanvas(({ detail }) => detail === "card"),
  usePresenting: () => useUi(({ presenting }) => presenting),
  useLanguage: () => useLanguage(({ language }) => language),
  useKindWords,
  useTally,
  declarationOf: kindOf,
  nameOf: (id) => currentDocument().nodes[id]?.name ?? id,
  placeOf: (id) => useDrawing.getState().boxes.get(id) ?? { x: 0, y: 0 },
  footOf: (record) => insetsOf(record, kinds()).foot,
  followClock: runEvents.onTime,
  followStatus: runEvents.onStatus,
  followCounters: runEvents.onCounters,
  nowUs: () => currentTime().nowUs,
  statusOf: currentStatus,
  countersOf: currentCounters,
  leaseOf,
  wantHeight,
  letOut,
  beginLink,
  rate: rateText,
  // Tenths matter while one watches something happen; later they would only be wide.
  since: (us) => (us < 10_000_000 ? sinceText(us) : `${Math.floor(us / 1_000_000)} s`),
  count: countText,
};

surround(surroundings);
