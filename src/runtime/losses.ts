import type { NodeId } from "../document/topology.ts";
import type { LogRow } from "../engine/status.ts";
import type { Rows } from "./engine-port.ts";
import type { Fault } from "./faults.ts";

/** How a burst of losses counts a row: the name of a number in its sentence. */
export const lossParts: Readonly<Record<string, string>> = {
  refused: "refused",
  reset: "reset",
  "connect-timed-out": "unanswered",
  "call-timed-out": "unanswered",
  rejected: "rejected",
  full: "rejected",
  "no-target": "untargeted",
  "queue-timed-out": "outwaited",
  retried: "retried",
  redispatched: "movedOn",
  failed: "failed",
  "timed-out": "timedOut",
};

/** Where a loss comes from if no fault explains it, and how that is told. */
const origins: Readonly<Record<string, { readonly key: string; readonly at: "who" | "whom" }>> = {
  refused: { key: "losses", at: "whom" },
  reset: { key: "losses", at: "whom" },
  "connect-timed-out": { key: "losses", at: "whom" },
  "call-timed-out": { key: "losses", at: "whom" },
  rejected: { key: "queue-full", at: "who" },
  full: { key: "targets-full", at: "who" },
  "no-target": { key: "no-target", at: "who" },
  "queue-timed-out": { key: "queue-too-long", at: "who" },
};

/** Whether a row ends a call that failed: whom it was made to is what the row names. */
export const isCall = ({ what }: LogRow): boolean => origins[what]?.at === "whom";

export interface LossStory {
  readonly key: string;
  readonly node: NodeId | null;
  /** Losses of one story are one caption. */
  readonly group: string;
}

/**
 * Which story a loss belongs to: its fault's, or that of the place where it was first turned away.
 * @param holder whoever had the request in hand when its caller gave up, if it is at fault
 */
export function lossStory(origin: LogRow, fault: Fault | null, holder: NodeId | null): LossStory {
  const story = origins[origin.what];
  if (story === undefined && fault !== null) return { key: "losses", node: holder ?? fault.node, group: `losses ${fault.row}` };
  if (story === undefined) return { key: "lost", node: origin.who, group: `lost ${origin.who}` };
  const place = holder ?? origin[story.at];
  if (fault === null || story.key !== "losses") return { key: story.key, node: place, group: `${story.key} ${place}` };
  return { key: "losses", node: place, group: `losses ${fault.row}` };
}

/** The failure that a retry, a redispatch or a failed request follows from. */
export function originOf(row: LogRow, rows: Rows): LogRow {
  let origin = row;
  let at: LogRow | null = row;
  for (let steps = 0; at !== null && steps < 24; steps++) {
    if (at.client !== row.client || at.number !== row.number) break;
    if (at.what in origins) origin = at;
    at = at.cause === null ? null : rows.row(at.cause);
  }
  return origin;
}
