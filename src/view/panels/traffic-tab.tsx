import { lazy, Suspense } from "react";
import type { LinkId, NodeId } from "../../document/topology.ts";
import type { Counters } from "../../runtime/protocol.ts";
import { useLinkRate, useNodeCounters } from "../state/run-store.ts";
import { countText, latencyText, rateText } from "../words/format.ts";
import { useWords } from "../words/words.ts";
import { Row } from "./row.tsx";

const Plots = lazy(() => import("./plots.tsx"));

/** What went through one node, in figures and as it went. */
export function NodeTraffic({ id }: { readonly id: NodeId }) {
  return (
    <>
      <CounterRows counters={useNodeCounters(id)} />
      <Suspense fallback={null}>
        <Plots of={id} width={256} />
      </Suspense>
    </>
  );
}

export function LinkTraffic({ id }: { readonly id: LinkId }) {
  const t = useWords();
  const rate = useLinkRate(id);
  return (
    <>
      <Row label={t("requestsPerSecond")} value={countText(rate.requests)} />
      <Row label={t("othersPerSecond")} value={countText(rate.others)} />
    </>
  );
}

export function CounterRows({ counters }: { readonly counters: Counters }) {
  const t = useWords();
  return (
    <>
      <Row label={t("issued")} value={countText(counters.issued)} />
      <Row label={t("served")} value={countText(counters.served)} />
      <Row label={t("failed")} value={countText(counters.failed)} />
      <Row label={t("timedOut")} value={countText(counters.timedOut)} />
      <Row label={t("inFlight")} value={countText(counters.inFlight)} />
      <Row label={t("rate")} value={rateText(counters.ratePerSecond)} />
      <Row label="p50" value={latencyText(counters.p50Us)} />
      <Row label="p95" value={latencyText(counters.p95Us)} />
      <Row label="p99" value={latencyText(counters.p99Us)} />
    </>
  );
}
