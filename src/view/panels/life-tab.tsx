import type { NodeId, NodeRecord } from "../../document/topology.ts";
import type { ChartDescription, Detection, Fact, NodeStatus } from "../../runtime/protocol.ts";
import { currentDocument } from "../state/document-store.ts";
import { useNodeDetail } from "../state/answers.ts";
import { currentStatus, useNodeStatus } from "../state/run-store.ts";
import { factText } from "../words/fact-text.ts";
import { clockText, durationText } from "../words/format.ts";
import { useLookup } from "../words/lookup.ts";
import { useKindWords, useWords } from "../words/words.ts";
import { Parts } from "./parts.tsx";
import { ProcessList } from "./process-list.tsx";
import { Row } from "./row.tsx";
import { Statechart } from "./statechart.tsx";

/**
 * How it lives: its machine with the state that is lit now, its figures, and how soon its faults were noticed. Its parts' figures
 * are the newest each time that its own are asked for.
 */
export function LifeTab({ node }: { readonly node: NodeRecord }) {
  const t = useWords();
  const { states, parts } = useKindWords(node.kind);
  const status = useNodeStatus(node.id);
  const detail = useNodeDetail(node.id);
  if (status === null) return <p className="quiet">{t("notInRun")}</p>;
  const [newest, before] = byNewest(detail?.detections ?? []);
  return (
    <>
      {detail?.chart != null && <Statechart chart={detail.chart} names={states} />}
      {detail?.furtherCharts.map((chart) => (
        <FurtherChart key={chart.machine} chart={chart} />
      ))}
      <About status={status} name={states[status.state] ?? status.state} />
      <Facts facts={detail?.facts ?? status.facts} />
      {detail?.processes != null && <ProcessList processes={detail.processes} />}
      <Detections of={newest} on={node.id} />
      <Parts parts={(currentStatus(node.id) ?? status).parts} title={parts ?? t("parts")} />
      <Detections of={before} on={node.id} />
    </>
  );
}

/** What failed last comes before all that is well; what failed before that, after it. */
function byNewest(detections: readonly Detection[]): readonly [newest: readonly Detection[], before: readonly Detection[]] {
  const last = Math.max(...detections.map(({ faultAtMs }) => faultAtMs));
  return [detections.filter(({ faultAtMs }) => faultAtMs === last), detections.filter(({ faultAtMs }) => faultAtMs !== last)];
}

interface DetectionsProps {
  readonly of: readonly Detection[];
  /** On whose panel: who has noticed others says whose fault it was. */
  readonly on: NodeId;
}

function Detections({ of: detections, on }: DetectionsProps) {
  return detections.map((detection) => (
    <DetectionRows key={`${detection.observer} ${detection.node} ${detection.faultAtMs}`} detection={detection} on={on} />
  ));
}

/** A machine that runs beside that of its life: it says in a heading what it is about. */
function FurtherChart({ chart }: { readonly chart: ChartDescription }) {
  const { fact } = useLookup();
  const title = fact(chart.machine) ?? chart.machine;
  const names = Object.fromEntries(chart.states.map((state) => [state, fact(`${chart.machine}.${state}`) ?? state]));
  return (
    <>
      <h3 className="chart-title">{title}</h3>
      <Statechart chart={chart} names={names} />
    </>
  );
}

function About({ status, name }: { readonly status: NodeStatus; readonly name: string }) {
  const t = useWords();
  return (
    <>
      <Row label={t("state")} value={name} />
      <Row label={t("since")} value={clockText(status.sinceUs)} />
      {status.address !== null && <Row label={t("address")} value={status.address} />}
      {status.lostAddress !== null && status.lostAddress !== status.address && (
        <Row label={t("lostAddress")} value={status.lostAddress} struck />
      )}
      <Row label={t("incarnation")} value={`#${status.incarnation}`} />
    </>
  );
}

function Facts({ facts }: { readonly facts: readonly Fact[] }) {
  const { fact: wordOf } = useLookup();
  return facts.map((fact) => <Row key={fact.key} label={wordOf(fact.key) ?? fact.key} value={factText(fact, wordOf)} />);
}

const detectionWords = { "by-requests": "detectionByRequests", perhaps: "detectionPerhaps", never: "detectionNever" } as const;

function DetectionRows({ detection, on }: { readonly detection: Detection; readonly on: NodeId }) {
  const t = useWords();
  const nameOf = (id: string) => currentDocument().nodes[id]?.name ?? id;
  const { faultAtMs, detectedAtMs, foreseen, predictedMs, backAtMs } = detection;
  const from = (ms: number) => durationText(ms * 1000);
  return (
    <div className="mt-2 border-t border-hair pt-2">
      <Row
        label={detection.node === on ? t("fault") : t("faultOf", { name: nameOf(detection.node) })}
        value={clockText(faultAtMs * 1000)}
      />
      <Row
        label={t("noticedBy", { observer: nameOf(detection.observer) })}
        value={detectedAtMs === null ? t(foreseen === "never" ? "notNoticed" : "notYet") : clockText(detectedAtMs * 1000)}
      />
      <Row
        label={t("detectionPredicted")}
        value={foreseen === "in-time" ? predictedMs!.map(from).join(" – ") : t(detectionWords[foreseen])}
      />
      <Row label={t("detectionMeasured")} value={detectedAtMs === null ? "–" : from(detectedAtMs - faultAtMs)} />
      {backAtMs !== null && <Row label={t("backAt")} value={clockText(backAtMs * 1000)} />}
    </div>
  );
}
