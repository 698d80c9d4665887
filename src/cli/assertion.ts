import { BadInput } from "./bad-input.ts";
import { durationUs } from "./duration.ts";
import type { Summary } from "./summary.ts";

/** "failed<=5", "p99<200ms", "failed<=1%", "detection(web-2)<=4s": what a run must have measured. */
export interface Assertion {
  readonly text: string;
  readonly metric: Metric;
  /** The node it asks about; null: the whole run. */
  readonly node: string | null;
  readonly operator: Operator;
  readonly bound: number;
  /** The bound is a share, in per cent, of the requests issued. */
  readonly percent: boolean;
}

export interface Verdict {
  readonly text: string;
  readonly holds: boolean;
  /** In the metric's own unit (requests, milliseconds, per cent); null: there was nothing to measure, and it does not hold. */
  readonly measured: number | null;
}

type Operator = "<=" | ">=" | "<" | ">" | "==" | "!=";
const counts = ["issued", "served", "failed", "timedOut", "inFlight", "lost"] as const;
const times = ["p50", "p95", "p99", "detection", "recovery"] as const;
/** What can be asked of one node as well as of the run. */
const ofNodes: readonly Metric[] = ["served", "failed", "detection", "recovery"];
type Metric = (typeof counts)[number] | (typeof times)[number];

export const metrics: readonly Metric[] = [...counts, ...times];

export function parseAssertion(text: string): Assertion {
  const [, name = "", node, operator, value = ""] = /^\s*(\w+)(?:\((.+)\))?\s*(<=|>=|==|!=|<|>)\s*(\S+)\s*$/.exec(text) ?? [];
  const metric = metrics.find((known) => known === name);
  if (operator === undefined) throw new BadInput("not-an-assertion", `--assert ${text}`);
  if (metric === undefined) throw new BadInput("unknown-metric", `--assert ${text}`, { metric: name, metrics: metrics.join(", ") });
  if (node !== undefined && !ofNodes.includes(metric)) throw new BadInput("not-of-a-node", `--assert ${text}`, { metric });
  const percent = value.endsWith("%");
  const bound = boundOf(value, metric, percent && node === undefined);
  if (bound === null) throw new BadInput("not-a-bound", `--assert ${text}`, { value });
  return { text, metric, node: node ?? null, operator: operator as Operator, bound, percent };
}

/** A count, a per cent of a count, or a time in milliseconds ("4s", "250ms" or bare). */
function boundOf(value: string, metric: Metric, percent: boolean): number | null {
  const isTime = (times as readonly string[]).includes(metric);
  const bare = percent ? value.slice(0, -1) : value;
  if (/^\d+(\.\d+)?$/.test(bare)) return percent && isTime ? null : Number(bare);
  const us = isTime ? durationUs(value) : null;
  return us === null ? null : us / 1000;
}

export function verdict(assertion: Assertion, summary: Summary): Verdict {
  const value = measure(assertion, summary);
  const { issued } = summary.requests;
  const measured = value !== null && assertion.percent ? (issued === 0 ? null : (value / issued) * 100) : value;
  return { text: assertion.text, measured, holds: measured !== null && compare(measured, assertion.operator, assertion.bound) };
}

function compare(measured: number, operator: Operator, bound: number): boolean {
  switch (operator) {
    case "<=":
      return measured <= bound;
    case ">=":
      return measured >= bound;
    case "<":
      return measured < bound;
    case ">":
      return measured > bound;
    case "==":
      return measured === bound;
    case "!=":
      return measured !== bound;
  }
}

function measure({ metric, node }: Assertion, summary: Summary): number | null {
  switch (metric) {
    case "detection":
      return slowest(summary, node, ({ detectedAtMs }) => detectedAtMs);
    case "recovery":
      return slowest(summary, node, ({ backAtMs }) => backAtMs);
    case "p50":
    case "p95":
    case "p99":
      return summary.latencyMs[metric];
    case "lost":
      return summary.requests.failed + summary.requests.timedOut;
    default:
      return node === null ? summary.requests[metric] : ofTarget(summary, node, metric);
  }
}

/** From the fault to what was asked for, at the slowest observer; infinite where one never saw it. */
function slowest(
  { detections }: Summary,
  node: string | null,
  instant: (detection: Summary["detections"][number]) => number | null,
): number | null {
  const asked = detections.filter((detection) => node === null || detection.node === node);
  if (asked.length === 0) return null;
  return Math.max(...asked.map((detection) => (instant(detection) ?? Infinity) - detection.faultAtMs));
}

/** Over all balancers that send to it. */
function ofTarget({ targets }: Summary, node: string, metric: string): number | null {
  const asked = targets.filter(({ name }) => name === node);
  if (asked.length === 0) return null;
  return asked.reduce((sum, target) => sum + (metric === "served" ? target.served : target.failed), 0);
}
