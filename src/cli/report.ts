import type { Verdict } from "./assertion.ts";
import { durationText } from "./duration.ts";
import type { Summary } from "./summary.ts";
import { table } from "./table.ts";
import { reportWords, type Language, type ReportWords } from "./words.ts";

/** The run for a person to read. */
export function reportText(summary: Summary, verdicts: readonly Verdict[], language: Language): string {
  const words = reportWords(language);
  const { file, seed, forMs, events, traceSha256 } = summary;
  const lines = [
    `${file} · ${words.seed} ${seed} · ${durationText(forMs)} · ${events} ${words.events}`,
    ...requestLines(summary, words),
    ...targetLines(summary, words),
    ...detectionLines(summary, words),
    ...assertionLines(verdicts, words),
    "",
    `${words.trace} ${traceSha256}`,
  ];
  return `${lines.join("\n")}\n`;
}

function requestLines({ requests, latencyMs }: Summary, words: ReportWords): string[] {
  const outcomes = (["issued", "served", "failed", "timedOut", "inFlight"] as const).map((key) => [words[key], requests[key]]);
  const latencies = (["p50", "p95", "p99"] as const).map((key) => `${key} ${latencyMs[key] === null ? "–" : durationText(latencyMs[key])}`);
  return ["", words.requests, ...table(outcomes), "", words.latency, `  ${latencies.join(" · ")}`];
}

function targetLines({ targets }: Summary, words: ReportWords): string[] {
  if (targets.length === 0) return [];
  const rows = targets.map(({ name, balancer, served, failed, state }) => [name, balancer, served, failed, state]);
  return ["", words.targets, ...table([[words.target, words.balancer, words.served, words.failed, words.state], ...rows])];
}

function detectionLines({ detections }: Summary, words: ReportWords): string[] {
  if (detections.length === 0) return [];
  const rows = detections.map(({ node, observer, faultAtMs, detectedAtMs, foreseen, predictedMs, backAtMs }) => {
    const since = (ms: number | null): string => (ms === null ? words.notYet : durationText(ms - faultAtMs));
    const predicted = foreseen === "in-time" ? predictedMs!.map(durationText).join(" … ") : words[foreseen];
    return [node, observer, durationText(faultAtMs), since(detectedAtMs), predicted, since(backAtMs)];
  });
  return [
    "",
    words.detections,
    ...table([[words.node, words.observer, words.fault, words.detected, words.predicted, words.back], ...rows]),
  ];
}

function assertionLines(verdicts: readonly Verdict[], words: ReportWords): string[] {
  if (verdicts.length === 0) return [];
  const rows = verdicts.map(({ text, holds, measured }) => [
    holds ? "✓" : "✕",
    text,
    measured === null ? words.nothing : `${words.measured} ${measured}`,
  ]);
  return ["", words.assertions, ...table(rows)];
}
