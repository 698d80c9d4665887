import type { NodeId } from "../document/topology.ts";
import { unreachable } from "../base/assert.ts";
import { compare } from "./comparison.ts";
import type { MakeEngine } from "./engine-port.ts";
import { isolationMatrix } from "./isolation.ts";
import { journeyOf } from "./journey.ts";
import type { Line } from "./lines.ts";
import type { Ask, NodeDetail, Replay } from "./protocol.ts";
import type { Run } from "./run.ts";
import { waysToFind } from "./ways-to-find.ts";

const bucketsMax = 5_000;

export interface Asked {
  readonly run: Run;
  readonly line: Line;
  readonly make: MakeEngine;
  /** Whether the run hashes its trace itself. */
  readonly digests: boolean;
}

/** What the protocol says beside `Answer`. */
export function answerTo(ask: Ask, asked: Asked): unknown {
  const { run, line } = asked;
  switch (ask.about) {
    case "journey":
      return journeyOf(run, ask.client, ask.number);
    case "node":
      return nodeDetail(run, ask.id);
    case "layers":
      return run.engine.about(ask.id)?.stacks() ?? [];
    case "consumers":
      return run.engine.about(ask.id)?.consumers() ?? [];
    case "timeline":
      return line.chronicle.buckets(ask.fromUs, ask.toUs, Math.min(bucketsMax, Math.max(1, Math.floor(ask.buckets))));
    case "marks":
      return line.chronicle.captions(ask.fromUs, ask.toUs);
    case "isolation":
      return isolationMatrix(ask.document, asked.make);
    case "comparison":
      return compare(ask.trial, asked.make);
    case "ways-to-find":
      return waysToFind(ask.document, asked.make);
    case "digest":
      return digest(asked);
    case "inputs":
      return { ...run.recipe } satisfies Replay;
    default:
      return unreachable(ask);
  }
}

function nodeDetail({ engine }: Run, id: NodeId): NodeDetail | null {
  const counters = engine.countersOf(id);
  const status = engine.status(id);
  if (counters === null || status === null) return null;
  const detections = engine.detections().filter(({ node, observer }) => node === id || observer === id);
  const { furtherCharts, given, processes } = engine.about(id) ?? { furtherCharts: [], given: {}, processes: null };
  return { id, chart: engine.chart(id), furtherCharts, given, processes, facts: status.facts, detections, counters };
}

/** The whole replay is played once more to hash its trace, unless the run hashes as it goes (at a fifth of its speed). */
function digest({ run, make, digests }: Asked): string {
  if (digests) return run.engine.digest();
  const { document, seed, cold, inputs } = run.recipe;
  const replay = make({ document, seed, cold, inputs: inputs.filter(({ atUs }) => atUs <= run.nowUs), digest: true });
  replay.runUntil(run.nowUs);
  return replay.digest();
}
