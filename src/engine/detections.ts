import type { JournalRow } from "./journal.ts";
import type { Run } from "./run.ts";
import type { Detection } from "./status.ts";
import { foreseen } from "./vocabulary.ts";

const noticed = new Set([
  "target-down",
  "passed-over",
  "target-removed",
  "expired",
  "withdrawn",
  "critical",
  "replica-down",
  "demoted",
  "took-address",
]);
const returned = new Set(["target-up", "readmitted", "target-added", "registered", "passing"]);

interface Watched {
  readonly observer: number;
  readonly node: number;
  readonly detection: { -readonly [K in keyof Detection]: Detection[K] };
  /** It was back in the list, but still had to pass its checks. */
  listed: boolean;
  /** An edit took the thing from it: it watches it no more. */
  isOff: boolean;
}

/** A row for each fault and each of those who watch it: when they were to notice, when they did, when it was back. */
export function detections(run: Run): Detection[] {
  const { journal, world } = run;
  const watched: Watched[] = [];
  for (const id of journal.kept(0)) {
    const row = journal.find(id)!;
    const { what, who: observer, whom: node, at, a, b } = row;
    const atMs = at / 1000;
    if (what === "predicted") {
      const predictedMs = b < 0 ? null : ([a / 1000, b / 1000] as const);
      const told = { foreseen: foreseen(b), predictedMs };
      const ids = { node: world.nodeIds[node]!, observer: world.nodeIds[observer]! };
      watched.push({
        observer,
        node,
        listed: false,
        isOff: false,
        detection: { ...ids, faultAtMs: atMs, detectedAtMs: null, ...told, backAtMs: null },
      });
      continue;
    }
    if (!isObservation(row)) continue;
    const ofPair = watched.filter((one) => one.observer === observer && one.node === node);
    // What it has no way to notice is not what it has noticed.
    const last = ofPair.findLast(({ detection }) => detection.foreseen !== "never") ?? ofPair.at(-1);
    if (last === undefined) continue;
    if (isByHand(run, row)) last.isOff = true;
    else learn(last, what, atMs);
  }
  return watched.filter(({ isOff, detection }) => !isOff || detection.detectedAtMs !== null).map((one) => one.detection);
}

/** Who takes an address from a master that it outranks has found nothing amiss with it. */
function isObservation({ what, a }: JournalRow): boolean {
  return what === "took-address" ? a === 0 : noticed.has(what) || returned.has(what);
}

/** What an edit of the document does is no observation. */
function isByHand({ journal }: Run, { what, cause }: JournalRow): boolean {
  return what === "target-removed" && journal.what(cause) === "edited";
}

function learn(one: Watched, what: string, atMs: number): void {
  const { detection } = one;
  if (noticed.has(what)) {
    detection.detectedAtMs ??= atMs;
    return;
  }
  const mayImprove = detection.backAtMs === null || (one.listed && what === "target-up");
  if (!mayImprove || (detection.detectedAtMs === null && what === "target-added")) return;
  detection.backAtMs = atMs;
  one.listed = what === "target-added";
}
