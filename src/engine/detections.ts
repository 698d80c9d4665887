import { whats } from "./journal.ts";
import type { Run } from "./run.ts";
import type { Detection } from "./status.ts";

const noticed = new Set(["target-down", "target-removed", "expired", "withdrawn"]);
const returned = new Set(["target-up", "target-added", "registered"]);

/** A row for each fault and each of those who watch it: when they were to notice, when they did, when it was back. */
export function detections(run: Run): Detection[] {
  const { journal, world } = run;
  const found: { -readonly [K in keyof Detection]: Detection[K] }[] = [];
  const rows: { observer: number; node: number }[] = [];
  for (const id of journal.kept(0)) {
    const { rows: table, row } = journal.find(id)!;
    const what = whats[table.what[row]!]!;
    const observer = table.who[row]! - 1;
    const node = table.whom[row]! - 1;
    const atMs = table.at[row]! / 1000;
    if (what === "predicted") {
      found.push({
        node: world.nodeIds[node]!,
        observer: world.nodeIds[observer]!,
        faultAtMs: atMs,
        detectedAtMs: null,
        predictedMs: [table.a[row]! / 1000, table.b[row]! / 1000],
        backAtMs: null,
      });
      rows.push({ observer, node });
    } else if (noticed.has(what)) settle(found, rows, observer, node, (detection) => (detection.detectedAtMs ??= atMs));
    else if (returned.has(what)) settle(found, rows, observer, node, (detection) => (detection.backAtMs = returnAt(detection, what, atMs)));
  }
  return found;
}

function settle<T>(found: readonly T[], rows: readonly { observer: number; node: number }[], observer: number, node: number, apply: (one: T) => void): void {
  for (let index = found.length - 1; index >= 0; index--) {
    if (rows[index]!.observer !== observer || rows[index]!.node !== node) continue;
    return apply(found[index]!);
  }
}

/** A target that was only added is back when it is up; where nobody checks it, adding it is all there is. */
function returnAt(detection: Detection, what: string, atMs: number): number | null {
  if (detection.detectedAtMs === null) return detection.backAtMs;
  if (what === "target-up") return detection.backAtMs === null || detection.backAtMs < atMs ? (detection.backAtMs ?? atMs) : detection.backAtMs;
  return detection.backAtMs ?? atMs;
}
